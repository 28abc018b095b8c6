// Runs the unit tests of kernels and training under every Node but this one, which the unit stage has done.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from '../vscode/paths';
import { OTHER_RUNTIMES, type Runtime } from './nodes';

const MOCHA = path.join(root, 'node_modules/mocha/bin/mocha.js');
/** Runtimes that work at once: two cores or more are to be expected. */
const AT_ONCE = 2;
const TESTS = 'test/unit/engine/{kernels,training}*.test.ts';

/** Bytes of output that a runtime may print. */
const MOST_OUTPUT = 2 ** 26;

interface Result {
  passed: number;
  failed: number;
}

/** Runs them in one runtime; one that cannot be had counts as a failure, with the reason. */
async function runTests({ name, command }: Runtime): Promise<Result> {
  const begin = Date.now();
  let result: Result;
  try {
    result = await runMocha(command());
  } catch (error) {
    console.log(`    ${name} cannot be had: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  console.log(`    ${name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s`);
  return result;
}

async function runMocha([executable, ...flags]: string[]): Promise<Result> {
  const mocha = ['--import', 'tsx', MOCHA, '--no-color', '--exit', '--reporter', 'dot', '--timeout', '20000', TESTS];
  const { succeeded, stdout, stderr } = await new Promise<{ succeeded: boolean; stdout: string; stderr: string }>(
    (resolve) =>
      execFile(executable, [...flags, ...mocha], { cwd: root, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) =>
        resolve({ succeeded: error === null, stdout, stderr }),
      ),
  );
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(stdout)?.[1] ?? 0);
  const passed = count('passing');
  // Whoever ends otherwise than with all tests passed has failed, also without saying in how many.
  const failed = succeeded && passed > 0 ? 0 : Math.max(1, count('failing'));
  if (failed > 0) console.log(`${stdout}${stderr}`);
  return { passed, failed };
}

async function main(): Promise<void> {
  const waiting = [...OTHER_RUNTIMES];
  const results: Result[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await runTests(next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sum = (key: keyof Result): number => results.reduce((total, result) => total + result[key], 0);
  console.log(`  ${sum('passed')} passing`);
  if (sum('failed') > 0) console.log(`  ${sum('failed')} failing`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

void main();
