// Runs the unit tests of kernels and training under every Node but this one, which the unit stage has done.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../vscode/paths';
import { OTHER_RUNTIMES, type Runtime } from './nodes';

const MOCHA = path.join(root, 'node_modules/mocha/bin/mocha.js');
const TESTS = 'test/unit/engine/{kernels,training}*.test.ts';

interface Result {
  passed: number;
  failed: number;
}

/** Runs them in one runtime; one that cannot be had counts as a failure, with the reason. */
function runTests({ name, command }: Runtime): Result {
  const begin = Date.now();
  let result: Result;
  try {
    result = runMocha(command());
  } catch (error) {
    console.log(`    ${name} cannot be had: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  console.log(`    ${name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s`);
  return result;
}

function runMocha([executable, ...flags]: string[]): Result {
  const mocha = ['--import', 'tsx', MOCHA, '--no-color', '--exit', '--reporter', 'dot', '--timeout', '20000', TESTS];
  const { status, stdout, stderr } = spawnSync(executable, [...flags, ...mocha], { cwd: root, encoding: 'utf8' });
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(stdout)?.[1] ?? 0);
  const passed = count('passing');
  // Whoever ends otherwise than with all tests passed has failed, also without saying in how many.
  const failed = status === 0 && passed > 0 ? 0 : Math.max(1, count('failing'));
  if (failed > 0) console.log(`${stdout}${stderr}`);
  return { passed, failed };
}

const results = OTHER_RUNTIMES.map(runTests);
const sum = (key: keyof Result): number => results.reduce((total, result) => total + result[key], 0);
console.log(`  ${sum('passed')} passing`);
if (sum('failed') > 0) console.log(`  ${sum('failed')} failing`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
