// The shape every source file keeps: one idea, at most 250 lines, opened by a sentence on what it is.
import assert from 'node:assert/strict';
import { filesIn, readSource } from './sourceFiles';

const LONGEST = 250;
const isCode = (file: string): boolean => /\.(ts|mjs|cjs|css)$/.test(file);
const files = ['src', 'webview', 'test'].flatMap((folder) => filesIn(folder, isCode));

describe('a source file', () => {
  it(`has at most ${LONGEST} lines`, () => {
    const lines = (file: string): number => readSource(file).trimEnd().split('\n').length;
    const long = files.filter((file) => lines(file) > LONGEST).map((file) => `${file}: ${lines(file)} lines`);
    assert.deepEqual(long, []);
  });

  it('opens with a comment that says what it is', () => {
    const silent = files.filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(readSource(file)));
    assert.deepEqual(silent, []);
  });

  it('is not a barrel and exports nothing by default', () => {
    const forbidden = /^export (default\b|\* from)/m;
    const wrong = files.filter((file) => /\.ts$/.test(file) && forbidden.test(readSource(file)));
    assert.deepEqual(wrong, []);
  });

  it('leaves nothing to do later', () => {
    const wrong = files.filter(
      (file) => /\b(TODO|FIXME|XXX)\b/.test(readSource(file)) && !file.endsWith('fileShape.test.ts'),
    );
    assert.deepEqual(wrong, []);
  });
});
