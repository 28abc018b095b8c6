// From the files named on a command line to where a task's examples are.
import { openSync, readSync, closeSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatasetSource } from '../../protocol/taskRun';
import { guessTask } from '../../text/datasets/guessTask';
import type { RunConfig } from '../../protocol/runConfig';

const LOOKED_AT_BYTES = 64 * 1024;

/** What a file seems to be for; 'language' for what cannot be read. */
export function guessTaskOf(file: string): RunConfig['task'] {
  try {
    if (statSync(file).isDirectory()) return 'classification';
    const bytes = Buffer.alloc(LOOKED_AT_BYTES);
    const descriptor = openSync(file, 'r');
    try {
      const length = readSync(descriptor, bytes, 0, LOOKED_AT_BYTES, 0);
      return guessTask(path.basename(file), bytes.subarray(0, length).toString('utf8'));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return 'language';
  }
}

/** Several files without labels of their own have a class each, named after what tells their names apart. */
export function filesOfDataset(files: readonly string[], task: RunConfig['task']): DatasetSource['files'] {
  const paths = files.map((file) => path.resolve(file));
  const unlabelled = task === 'classification' && files.length > 1 && guessTaskOf(files[0]) !== 'classification';
  const labels = unlabelled ? distinguishingNames(paths.map((file) => path.basename(file))) : null;
  return paths.map((file, at) => ({ path: file, label: labels && labels[at] }));
}

/** "rt-polarity.neg" and "rt-polarity.pos" → "neg" and "pos". */
export function distinguishingNames(names: readonly string[]): string[] {
  const parts = names.map((name) => name.split(/[._-]/));
  const same = (at: (each: string[]) => string | undefined) => parts.every((each) => at(each) === at(parts[0]));
  const shortest = Math.min(...parts.map(({ length }) => length));
  let [left, right] = [0, 0];
  while (left + 1 < shortest && same((each) => each[left])) left++;
  while (left + right + 1 < shortest && same((each) => each[each.length - 1 - right])) right++;
  return parts.map((each) => each.slice(left, each.length - right).join('.'));
}
