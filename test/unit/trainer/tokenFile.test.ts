// The token file: what is written is read back, from memory or from the file, and a file of another length is refused.
import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import { openTokenFile, TokenFileWriter } from '../../../src/trainer/tokenFile';
import { Workspace } from './trainerFixture';

describe('the token file', () => {
  const COUNT = 150_000;
  const idAt = (k: number) => (k * 7919) % 65_536;
  let workspace: Workspace;
  let file: string;
  beforeEach(() => {
    workspace = new Workspace();
    file = path.join(workspace.folder, 'tokens.bin');
    const writer = new TokenFileWriter(file);
    for (let k = 0; k < COUNT; k++) writer.add(idAt(k));
    writer.close();
  });
  afterEach(() => workspace.dispose());

  for (const [where, held] of [
    ['memory', COUNT],
    ['the file', 0],
  ] as const)
    it(`gives any stretch of ids back from ${where}`, () => {
      const source = openTokenFile(file, COUNT, held);
      assert.equal(source.length, COUNT);
      for (const position of [0, 65_530, 131_000, COUNT - 65]) {
        const ids = new Uint16Array(65);
        source.read(position, ids);
        assert.deepEqual(
          [...ids],
          Array.from(ids, (_, k) => idAt(position + k)),
        );
      }
      source.close();
    });

  it('is refused when it does not hold as many tokens as the run says', () => {
    truncateSync(file, 1000);
    assert.throws(() => openTokenFile(file, COUNT), /1000 bytes instead of 300000/);
  });

  it('says that the folder cannot be written', () => {
    assert.throws(() => new TokenFileWriter(path.join(file, 'inner')), { code: 'storageUnwritable' });
  });
});
