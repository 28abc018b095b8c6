// The papers tell the truth about the tree: every file, picture and npm script they name exists.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const { scripts, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;

for (const paper of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])
  describe(paper, () => {
    const text = read(paper).replace(/^```.*?^```$/gms, '');

    it('links to files that exist', () => {
      const links = [...text.matchAll(/\]\(([^)#]+)\)/g)]
        .map(([, link]) => link)
        .filter((link) => !/^https?:/.test(link));
      assert.deepEqual(
        links.filter((link) => !fs.existsSync(path.join(root, link))),
        [],
      );
    });

    it('names files and folders that exist', () => {
      const named = [...text.matchAll(/`((?:src|webview|test|media|l10n)\/[\w/.-]+)`/g)].map(([, name]) => name);
      assert.deepEqual(
        named.filter((name) => !fs.existsSync(path.join(root, name))),
        [],
      );
    });

    it('names npm scripts that exist', () => {
      const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
      );
    });
  });

describe('CONTRIBUTING.md', () => {
  it('gives a reason for every dependency', () => {
    const section = read('CONTRIBUTING.md').split('## Dependencies')[1];
    const silent = Object.keys(devDependencies).filter(
      (name) => !name.startsWith('@types/') && !section.includes(`\`${name}\``),
    );
    assert.deepEqual(silent, []);
  });
});
