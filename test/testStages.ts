// The stages of `npm test`: what each runs and how its result is counted.
import path from 'node:path';
import { root } from './vscode/paths';

export interface Stage {
  name: string;
  /** Arguments of Node processes, run one after the other until one fails. */
  commands: string[][];
  /** Needs nothing that the stage before it makes and measures no times: both run at once. */
  alongside?: boolean;
  environment?: Record<string, string>;
}

const tool = (file: string): string => path.join(root, 'node_modules', file);
const tsx = ['--import', 'tsx'];

function mocha(pattern: string, timeout: number, ...more: string[]): string[] {
  return [...tsx, tool('mocha/bin/mocha.js'), '--no-color', '--exit', '--timeout', String(timeout), ...more, pattern];
}

/** Files of tests in two processes, as two cores or more are to be expected. */
const twoAtOnce = ['--parallel', '--jobs', '2'];

const packaging = [...tsx, '--eval', "require('./test/vscode/packageExtension').packageExtension()"];

/** What tests that run at once would install at once. */
const installing = [
  ...tsx,
  '--eval',
  "require('./test/vscode/installServer').ensureServer(); require('./test/vscode/serverNode').ensureServerNode(); require('./test/vscode/chromium').findChromium()",
];

/** In order: what is quick to fail comes first; each stage may use what those before it built. */
export const STAGES: Stage[] = [
  { name: 'types', commands: [[tool('typescript/bin/tsc'), '-p', '.', '--noEmit']] },
  { name: 'lint', alongside: true, commands: [[tool('eslint/bin/eslint.js'), '.']] },
  {
    name: 'format',
    alongside: true,
    commands: [[tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  },
  { name: 'build', commands: [['esbuild.mjs', '--production'], ['test/integration/build.mjs']] },
  { name: 'unit', commands: [mocha('test/unit/**/*.test.ts', 20_000, ...twoAtOnce)] },
  {
    name: 'runtimes',
    commands: [[...tsx, 'test/runtimes/unitTestsPerNode.ts'], mocha('test/runtimes/**/*.test.ts', 60_000)],
  },
  { name: 'webview', commands: [mocha('test/webview/**/*.test.ts', 30_000, ...twoAtOnce)] },
  { name: 'package', commands: [packaging, mocha('test/package/**/*.test.ts', 60_000)] },
  { name: 'integration', commands: [[...tsx, 'test/vscode/runSuite.ts']] },
  {
    name: 'electron',
    commands: [[...tsx, 'test/vscode/electron.ts']],
    environment: { VSCODE_EXECUTABLE: 'test/vscode/electronStandIn.mjs', GATESCOPE_GREP: 'activation' },
  },
  // The longest files lie behind in the alphabet: they come first.
  {
    name: 'e2e',
    commands: [installing, mocha('test/e2e/[a-o]*.test.ts', 90_000, ...twoAtOnce, 'test/e2e/[p-z]*.test.ts')],
  },
];
