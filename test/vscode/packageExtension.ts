// Packages the built extension into dist-vsix/gatescope.vsix, as the marketplace would get it, and lists what is inside.
import fs from 'node:fs';
import path from 'node:path';
import { run } from './npmPackages';
import { root, vsixFile } from './paths';

const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');

/** Runs `vsce package` (which builds for production first) and returns the package's path; throws on any warning's exit. */
export function packageExtension(): string {
  fs.mkdirSync(path.dirname(vsixFile), { recursive: true });
  run(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsixFile], root);
  return vsixFile;
}

/** Files that go into the package, as `vsce ls` names them, sorted. */
export function packagedFiles(): string[] {
  const printed = run(process.execPath, [vsce, 'ls', '--no-dependencies'], root);
  return printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.includes(' '))
    .sort();
}
