// The last few values of a row, fewer than the eight that a pair of vectors takes, go through padded copies here.

import { paddedCopies } from './scratch';

const SLOT: usize = 32;

/** Bytes of a row that whole pairs of vectors cover. */
/*inline*/ export function wholeBytes(units: i32): usize {
  return (<usize>(units & ~7)) << 2;
}

/** Bytes of a row beyond them. */
/*inline*/ export function restBytes(units: i32): usize {
  return (<usize>(units & 7)) << 2;
}

/** Address of copy number `slot`. */
/*inline*/ export function padded(slot: i32): usize {
  return paddedCopies() + SLOT * slot;
}

/** Copies `bytes` from `src` to copy number `slot`; returns its address. */
export function takeRest(slot: i32, src: usize, bytes: usize): usize {
  const copy = padded(slot);
  memory.copy(copy, src, bytes);
  return copy;
}

/** Copies `bytes` of copy number `slot` back. */
export function putRest(slot: i32, dst: usize, bytes: usize): void {
  memory.copy(dst, padded(slot), bytes);
}
