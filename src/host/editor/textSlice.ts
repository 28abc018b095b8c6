// Which part of a document goes to the trainer: a bounded stretch around the cursor, never the whole document.
import type { TextSlice } from '../../protocol/trainerMessages';

/** UTF-16 units left and right of the cursor: 256 tokens of warm-up and 512 columns, with room for words. */
export const SLICE_LEFT = 4000;
export const SLICE_RIGHT = 1200;

export interface SliceBounds {
  start: number;
  end: number;
}

/** Bounds of the slice for a cursor in a document of `length` UTF-16 units. */
export function sliceBounds(cursor: number, length: number): SliceBounds {
  const inside = Math.min(Math.max(cursor, 0), length);
  return { start: Math.max(0, inside - SLICE_LEFT), end: Math.min(length, inside + SLICE_RIGHT) };
}

/** Makes the slice of a text already cut at `bounds`, leaving out half a surrogate pair or half a CRLF at a cut. */
export function makeSlice(text: string, bounds: SliceBounds, length: number, version: number): TextSlice {
  let first = 0;
  let last = text.length;
  if (bounds.start > 0 && last > 0 && (isLowSurrogate(text, 0) || text[0] === '\n')) first = 1;
  if (bounds.end < length && last > first && (isHighSurrogate(text, last - 1) || text[last - 1] === '\r')) last -= 1;
  return {
    text: text.slice(first, last),
    offset: bounds.start + first,
    atStart: bounds.start + first === 0,
    atEnd: bounds.start + last === length,
    version,
  };
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Where an offset lies after an edit that replaced `removed` units at `start` by `inserted`; offsets before it stay. */
export function shiftOffset(offset: number, start: number, removed: number, inserted: number): number {
  return offset >= start + removed ? offset + inserted - removed : offset;
}
