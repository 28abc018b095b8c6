// Packages the built extension into dist-vsix/gatescope.vsix, as the marketplace would get it, and lists what is inside.
import fs from 'node:fs';
import path from 'node:path';
import { npm, run } from './npmPackages';
import { root, vsixFile } from './paths';

/**
 * Builds for production and packages; returns the package's path. Whoever installs the one before meanwhile reads that to its end: the new
 * one takes its place whole. Throws with vsce's output when it fails or warns.
 */
export function packageExtension(): string {
  const unfinished = vsixFile.replace(/\.vsix$/, `-${process.pid}.vsix`);
  const printed = npm(['run', '--silent', 'package', '--', '--out', unfinished], root);
  const warnings = printed.split('\n').filter((line) => /^\s*WARNING/.test(line));
  if (warnings.length > 0) throw new Error(`vsce warns:\n${warnings.join('\n')}`);
  fs.renameSync(unfinished, vsixFile);
  return vsixFile;
}

/** Paths of the files inside the package, sorted, with the package's own descriptions of itself left out. */
export function packagedFiles(): string[] {
  const listed = run(
    process.execPath,
    [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'ls', '--no-dependencies'],
    root,
  );
  return listed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}
