// THIRD-PARTY-NOTICES.txt names every bundled package; UPDATE_NOTICES=1 writes it anew.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';
import { thirdPartyNotices } from './thirdPartyNotices';

describe('the third-party notices', () => {
  const file = path.join(root, 'THIRD-PARTY-NOTICES.txt');

  it('hold every package of the bundles with its version and licence, and no other', () => {
    const notices = thirdPartyNotices();
    if (process.env.UPDATE_NOTICES === '1') fs.writeFileSync(file, notices);
    assert.ok(fs.readFileSync(file, 'utf8') === notices, 'run `UPDATE_NOTICES=1 npm test -- build package`');
  });
});
