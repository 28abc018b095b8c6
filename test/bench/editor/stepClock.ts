// How fast a run trains, told from outside: its metrics file says up to which step, the file's time says when that was written.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Metric } from '../../../src/protocol/run';

const LOOK_MILLISECONDS = 15;
const PATIENCE_MILLISECONDS = 60_000;
/** One line is shorter than that. */
const TAIL_BYTES = 2000;

interface Mark {
  step: number;
  /** Milliseconds. */
  time: number;
}

/** The last step in the file and when it was written; null before there is any. */
function readMark(file: string): Mark | null {
  let handle: number;
  try {
    handle = fs.openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    const { size, mtimeMs } = fs.fstatSync(handle);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    fs.readSync(handle, tail, 0, tail.length, size - tail.length);
    const last = tail.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? { step: (JSON.parse(last) as Metric).step, time: mtimeMs } : null;
  } finally {
    fs.closeSync(handle);
  }
}

/** The next mark that is written from now on, of `atLeast` steps. Throws Error when none comes. */
async function nextMark(file: string, atLeast = 0): Promise<Mark> {
  const before = readMark(file);
  const until = performance.now() + PATIENCE_MILLISECONDS;
  while (performance.now() < until) {
    const mark = readMark(file);
    if (mark !== null && mark.step !== before?.step && mark.step >= atLeast) return mark;
    await sleep(LOOK_MILLISECONDS);
  }
  throw new Error(`no step in ${file} within ${PATIENCE_MILLISECONDS / 1000} s`);
}

/** Milliseconds a step of a run that is training, over about `seconds`, everything between its steps included. */
export async function millisecondsPerStep(runFolder: string, seconds: number, atLeast = 0): Promise<number> {
  const file = path.join(runFolder, 'metrics.jsonl');
  const first = await nextMark(file, atLeast);
  await sleep(seconds * 1000);
  const last = await nextMark(file);
  return (last.time - first.time) / (last.step - first.step);
}
