// A first look at a new place as a whole frame: its one row of gradients, and beside it those of the picture before that are still of the same text.
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import type { DecodedFrame } from './store';

type Shown = Pick<DecodedFrame, 'header' | 'arrays' | 'rows'>;

/**
 * The arrays with matrices [T, T] where the frame has rows, and which of their rows are known; the others are NaN. Rows of the picture
 * before are of weights a few steps older: they bridge the time until the cursor's new place has its own.
 */
export function completed(header: FrameHeader, arrays: FrameArrays, before: Shown | null): Omit<Shown, 'header'> {
  if (!header.rowOnly) return { arrays };
  const T = header.tokens.length;
  const gates = header.keeps ? withKeptGates(header.keeps.columns, arrays, before) : arrays;
  const kept = before === null ? [] : keptRows(header, before);
  const matrices = Object.entries(gates).filter(([name]) => isOfPairs(name));
  const all = { ...gates };
  for (const [name, { values }] of matrices) {
    const matrix = new Float32Array(T * T).fill(NaN);
    const old = before?.arrays[name]?.values;
    if (before && old) for (const i of kept) copyRow(old, before.header.tokens.length, matrix, T, i);
    matrix.set(values, header.focus * T);
    all[name] = { shape: [T, T], values: matrix };
  }
  const rows = Array.from({ length: T }, () => false);
  for (const i of [...kept, header.focus]) rows[i] = true;
  return { arrays: all, rows };
}

/** Whether the picture that a first look leaves its first columns to is the one that is there. */
export function standsBeside({ keeps }: FrameHeader, before: Pick<Shown, 'header'> | null): boolean {
  return keeps === undefined || keeps.picture === before?.header.picture;
}

function withKeptGates(columns: number, arrays: FrameArrays, before: Shown | null): FrameArrays {
  const all = { ...arrays };
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    if (!name.startsWith('gate.')) continue;
    const [steps, units] = shape;
    const together = new Float32Array((columns + steps) * units);
    together.set(before?.arrays[name]?.values.subarray(0, columns * units) ?? []);
    together.set(values, columns * units);
    all[name] = { shape: [columns + steps, units], values: together };
  }
  return all;
}

/** Gradients of a loss by every step: the others are of steps alone. */
const isOfPairs = (name: string): boolean => /^gradient\.(hidden|cell|direct|hiddenPath|input)(_|$)/.test(name);

/** A row up to its own column; of a network that reads both ways both windows are equally long. */
function copyRow(from: Float32Array, fromSteps: number, into: Float32Array, T: number, i: number): void {
  const length = Math.min(fromSteps, T);
  into.fill(0, i * T, (i + 1) * T);
  into.set(from.subarray(i * fromSteps, i * fromSteps + length), i * T);
}

/** Losses whose text, as far as they depend on it, is that of the picture before. */
function keptRows(header: FrameHeader, { header: old, rows, arrays }: Shown): number[] {
  const same = (['runId', 'cell', 'layers', 'bidirectional', 'hiddenUnits'] as const).every(
    (name) => old[name] === header[name],
  );
  if (!same || old.snapshot !== header.snapshot || !('gradient.hidden' in arrays)) return [];
  const [T, oldT] = [header.tokens.length, old.tokens.length];
  let equal = 0;
  while (equal < Math.min(T, oldT) && isSameToken(header, old, equal)) equal++;
  const whole = equal === T && T === oldT;
  if (header.bidirectional && !whole) return [];
  // J(i) is of token i + 1, the last one's of what follows the window.
  const count = whole && header.next === old.next ? T : equal - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => i).filter((i) => rows?.[i] !== false);
}

function isSameToken(a: FrameHeader, b: FrameHeader, t: number): boolean {
  return a.tokens[t].start === b.tokens[t].start && a.tokens[t].text === b.tokens[t].text;
}
