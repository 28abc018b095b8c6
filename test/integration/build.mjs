// Bundles the integration suite (every *.test.ts beside this file) into dist-test/integration.js for the extension host.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const tests = fs.readdirSync(here).filter((name) => name.endsWith('.test.ts'));

/** `import 'all-tests'` registers every test file: found, not listed. */
const allTests = {
  name: 'all-tests',
  setup(plugin) {
    plugin.onResolve({ filter: /^all-tests$/ }, () => ({ path: 'all-tests', namespace: 'all-tests' }));
    plugin.onLoad({ filter: /.*/, namespace: 'all-tests' }, () => ({
      contents: `exports.register = () => {\n${tests.map((name) => `require('./${name}');`).join('\n')}\n};`,
      resolveDir: here,
    }));
  },
};

await build({
  entryPoints: { integration: path.join(here, 'main.ts') },
  outdir: path.resolve(here, '../../dist-test'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  plugins: [allTests],
  logLevel: 'warning',
});
