// The packaged extension holds what it needs and nothing else.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { packagedFiles } from '../vscode/packageExtension';
import { vsixFile } from '../vscode/paths';

const NEEDED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES.txt',
  'dist/cli.js',
  'dist/extension.js',
  'dist/kernelThread.js',
  'dist/kernels.relaxed-simd-wide.wasm',
  'dist/kernels.relaxed-simd.wasm',
  'dist/kernels.simd.wasm',
  'dist/l10n/bundle.l10n.ko.json',
  'dist/trainer.js',
  'dist/webview.css',
  'dist/webview.js',
  'media/icon.png',
  'media/inspector-dark.svg',
  'media/inspector-light.svg',
  'media/parser-LICENSE.txt',
  'media/parser-en.safetensors',
  'media/parser-ko.safetensors',
  'package.json',
  'package.nls.json',
  'package.nls.ko.json',
];
/** What the walkthrough shows and the README's pictures. */
const ALLOWED = [/^media\/walkthrough\/[\w-]+\.(svg|md)$/, /^media\/screenshots\/[\w-]+\.png$/];

describe('the packaged extension', () => {
  const files = packagedFiles();

  it('holds every file it needs', () => {
    assert.deepEqual(
      NEEDED.filter((file) => !files.includes(file)),
      [],
    );
  });

  it('holds nothing else', () => {
    const more = files.filter((file) => !NEEDED.includes(file) && !ALLOWED.some((allowed) => allowed.test(file)));
    assert.deepEqual(more, []);
  });

  it('has parsers of at most 5 MB each', () => {
    for (const language of ['en', 'ko'])
      assert.ok(fs.statSync(`media/parser-${language}.safetensors`).size <= 5_000_000, language);
  });

  // Syntax has to work offline, and no package parses dependencies with its weights inside: they are most of what is downloaded.
  it('weighs less than 3 MB besides the parsers', () => {
    const limit = 3_000_000 + 2 * 5_000_000;
    assert.ok(fs.statSync(vsixFile).size < limit, `${fs.statSync(vsixFile).size} bytes`);
  });
});
