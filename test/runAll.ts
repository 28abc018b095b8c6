// `npm test [-- STAGE…]`: runs the stages in order, prints each one's name and time, and ends with what failed and 'N passed, N failed'.
import { spawn } from 'node:child_process';
import { STAGES, type Stage } from './testStages';
import { root } from './vscode/paths';

interface Result {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
  /** What the failing commands printed about their failures. */
  troubles: string[];
}

/** A command that fails without mocha's list of failures is told by its last lines. */
const LAST_LINES = 60;

/** Runs one Node process and returns its output, shown as it comes or not at all. */
function runNode(
  args: string[],
  environment: Record<string, string>,
  shown: boolean,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Uint8Array) => {
      output += String(data);
      if (shown) process.stdout.write(data);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Numbers of tests as mocha or the suite's runner print them; a command without tests counts as one. */
function countTests(output: string, code: number): { passed: number; failed: number } {
  const last = (pattern: RegExp): number | null => {
    const all = [...output.matchAll(pattern)];
    return all.length > 0 ? Number(all[all.length - 1][1]) : null;
  };
  const passed = last(/^\s*(\d+) (?:passing|passed)\b/gm);
  const failed = last(/^\s*(\d+) failing\b/gm) ?? last(/, (\d+) failed\b/gm) ?? 0;
  if (passed === null) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** From mocha's "N failing" on, or the last lines of what was printed. */
function failuresIn(output: string): string {
  const list = output.search(/^\s*\d+ failing\b/m);
  return list >= 0 ? output.slice(list).trim() : output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}

/** Runs a stage; one that is not alone tells what it printed when it is done. */
async function runStage(stage: Stage, alone: boolean): Promise<Result> {
  const begin = Date.now();
  const result: Result = { name: stage.name, passed: 0, failed: 0, seconds: 0, troubles: [] };
  const head = `\n=== ${stage.name}`;
  if (alone) console.log(head);
  let told = '';
  for (const command of stage.commands) {
    const { code, output } = await runNode(command, stage.environment ?? {}, alone);
    told += output;
    const counted = countTests(output, code);
    result.passed += counted.passed;
    result.failed += counted.failed;
    if (code === 0) continue;
    result.troubles.push(failuresIn(output));
    break;
  }
  if (!alone) console.log(`${head}\n${told.trimEnd()}`);
  result.seconds = (Date.now() - begin) / 1000;
  console.log(`=== ${stage.name}: ${result.failed ? 'FAILED' : 'passed'} in ${result.seconds.toFixed(1)} s`);
  return result;
}

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`no stage ${unknown.join(', ')}; there are: ${STAGES.map((stage) => stage.name).join(', ')}`);
    return 2;
  }
  const groups: Stage[][] = [];
  for (const stage of STAGES) {
    if (wanted.length > 0 && !wanted.includes(stage.name)) continue;
    if (stage.alongside && groups.length > 0) groups[groups.length - 1].push(stage);
    else groups.push([stage]);
  }
  const results: Result[] = [];
  for (const group of groups)
    results.push(...(await Promise.all(group.map((stage) => runStage(stage, group.length === 1)))));
  for (const { name, troubles } of results)
    for (const trouble of troubles) console.log(`\n=== what failed in ${name}\n${trouble}`);
  console.log('\nstage         passed  failed  seconds');
  for (const { name, passed, failed, seconds } of results)
    console.log(
      `${name.padEnd(12)}${String(passed).padStart(8)}${String(failed).padStart(8)}${seconds.toFixed(1).padStart(9)}`,
    );
  const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}

void main().then((code) => process.exit(code));
