// What the bundles may weigh and hold, read from esbuild's metafiles of the production build.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';

interface Metafile {
  inputs: Record<string, unknown>;
  outputs: Record<string, { bytes: number }>;
}

function metafile(name: string): Metafile {
  const file = path.join(root, 'dist/meta', `${name}.json`);
  assert.ok(fs.existsSync(file), `${file} is missing: run \`node esbuild.mjs --production\``);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Metafile;
}

/** The bytes on disk, so that a stale metafile cannot pass. */
const size = (bundle: string): number => fs.statSync(path.join(root, 'dist', bundle)).size;

const inputs = (name: string, pattern: RegExp): string[] =>
  Object.keys(metafile(name).inputs).filter((input) => pattern.test(input));

const BUDGETS: [bundle: string, bytes: number][] = [
  ['extension.js', 150_000],
  ['webview.js', 700_000],
  ['trainer.js', 1_800_000],
];

describe('bundles', () => {
  for (const [bundle, bytes] of BUDGETS)
    it(`keep ${bundle} below ${bytes / 1000} kB`, () => {
      assert.ok(size(bundle) < bytes, `${bundle} has ${size(bundle)} bytes`);
      assert.ok(size(bundle) > 1000, `${bundle} is empty`);
    });

  it('never load tfjs, the engine or the trainer when the extension activates', () => {
    assert.deepEqual(
      inputs(
        'extension',
        /@tensorflow|^src\/(engine|text)\/|^src\/trainer\/(?!liveTrainer|nodeLauncher|trainerArguments|vectorFlags)/,
      ),
      [],
    );
  });

  it('leave the engine, tfjs and Node out of the inspector', () => {
    assert.deepEqual(inputs('webview', /@tensorflow|^src\/(engine|text|trainer|host)\//), []);
  });

  it('take d3 by its parts', () => {
    assert.deepEqual(inputs('webview', /node_modules\/d3\//), []);
  });

  it('leave the toolkit out of everything but the inspector', () => {
    for (const name of ['extension', 'trainer', 'cli']) assert.deepEqual(inputs(name, /webview-ui-toolkit/), []);
  });
});
