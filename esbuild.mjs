// Builds every bundle into dist/: extension, trainer, command line, webview, kernels and the translated strings.
// `node esbuild.mjs` builds all; `node esbuild.mjs kernels l10n` only those; `--production` minifies and drops source maps.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { compileKernels } from './src/engine/kernels/compileKernels.mjs';

const production = process.argv.includes('--production');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

/** Metafiles feed the size budgets of the tests; .vscodeignore keeps them out of the package. */
function writeMetafile(name, metafile) {
  fs.mkdirSync('dist/meta', { recursive: true });
  fs.writeFileSync(`dist/meta/${name}.json`, JSON.stringify(metafile));
}

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
// With mainFields that begin with "main", tfjs brings its node defaults along: 2.2 MB instead of 1.5 MB.
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };
const browser = { ...common, platform: 'browser', target: 'es2022' };

const bundles = {
  extension: { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  trainer: { ...node, entryPoints: { trainer: 'src/trainer/main.ts' } },
  kernelThread: { ...node, entryPoints: { kernelThread: 'src/trainer/kernelThread.ts' } },
  cli: { ...node, entryPoints: { cli: 'src/trainer/commandLine.ts' }, banner: { js: '#!/usr/bin/env node' } },
  webview: { ...browser, format: 'iife', entryPoints: { webview: 'webview/main.ts' } },
  styles: { ...browser, entryPoints: { webview: 'webview/main.css' } },
};

async function buildBundle(name) {
  const { metafile } = await build({ ...bundles[name], outdir: 'dist' });
  writeMetafile(name, metafile);
}

/** Compiles the AssemblyScript kernels; the trainer and the tests read dist/kernels.*.wasm. */
async function buildKernels() {
  await compileKernels('dist');
}

/** Merges l10n/parts/<area>.<language>.json into the one bundle per language that VS Code loads. */
function mergeTranslations() {
  const bundleOf = new Map();
  const origin = new Map();
  for (const file of fs.readdirSync('l10n/parts').sort()) {
    const language = /\.([\w-]+)\.json$/.exec(file)?.[1];
    if (!language) continue;
    const bundle = bundleOf.get(language) ?? {};
    bundleOf.set(language, bundle);
    for (const [key, text] of Object.entries(JSON.parse(fs.readFileSync(path.join('l10n/parts', file), 'utf8')))) {
      const earlier = origin.get(language + key);
      if (earlier && bundle[key] !== text) throw new Error(`l10n: "${key}" differs between ${earlier} and ${file}`);
      bundle[key] = text;
      origin.set(language + key, file);
    }
  }
  fs.mkdirSync('dist/l10n', { recursive: true });
  for (const [language, bundle] of bundleOf)
    fs.writeFileSync(`dist/l10n/bundle.l10n.${language}.json`, JSON.stringify(bundle, null, 1));
}

const tasks = { kernels: buildKernels, l10n: mergeTranslations };
for (const name of Object.keys(bundles)) tasks[name] = () => buildBundle(name);
const unknown = wanted.filter((name) => !(name in tasks));
if (unknown.length > 0) throw new Error(`unknown part ${unknown.join(', ')}; known: ${Object.keys(tasks).join(', ')}`);

fs.mkdirSync('dist', { recursive: true });
await Promise.all((wanted.length > 0 ? wanted : Object.keys(tasks)).map((name) => tasks[name]()));
