// A word's features side by side: x = [table₁(id₁) … tableₙ(idₙ)] at every position of the lanes; nothing in the padding.
import { mix } from '../../engine/kernels/javascriptConnections';
import type { ParserConfig, ParserDropout } from './parserConfig';
import type { ParserModel } from './parserModel';
import type { SentenceBatch } from './sentenceBatch';

/** What a pass read, so that its gradient goes to the same rows. */
export interface ReadSlots {
  /** [T·B,slots] rows of the tables; −1 in the padding and where a row was dropped. */
  ids: Int32Array;
  /** What kept rows are multiplied by. */
  scale: number;
}

/** Chooses the rows that a pass reads: all, or those that dropout leaves, told by `key`. `frequencies` [rows of the first slot]. */
export function chooseSlots(
  { slots }: ParserConfig,
  { sentences, T, B }: SentenceBatch,
  dropout: ParserDropout | null,
  frequencies: ArrayLike<number>,
  key: number,
): ReadSlots {
  const S = slots.length;
  const ids = new Int32Array(T * B * S).fill(-1);
  const chance = (number: number, purpose: number) => (mix(mix(number) ^ mix(key ^ purpose)) >>> 0) / 2 ** 32;
  sentences.forEach((sentence, lane) => {
    for (let t = 0; t < sentence.words; t++)
      for (let s = 0; s < S; s++) {
        const at = (t * B + lane) * S + s;
        let id = sentence.ids[t * S + s];
        if (dropout && s === 0 && chance(at, 1) < dropout.words / (dropout.words + frequencies[id])) id = 0;
        ids[at] = dropout && chance(at, 2) < dropout.slots ? -1 : id;
      }
  });
  return { ids, scale: 1 / (1 - (dropout?.slots ?? 0)) };
}

/** Fills x [T·B,E]. */
export function writeInputs(model: ParserModel, { ids, scale }: ReadSlots, x: Float32Array): void {
  forEachRow(model, ids, (table, from, to, width) => {
    for (let k = 0; k < width; k++) x[to + k] = scale * table[from + k];
  });
}

/** Adds ∂J/∂x [T·B,E] to the gradients of the tables. */
export function addInputGradients(
  model: ParserModel,
  { ids, scale }: ReadSlots,
  dx: Float32Array,
  gradient: (name: string) => Float32Array,
): void {
  forEachRow(
    model,
    ids,
    (table, from, to, width) => {
      for (let k = 0; k < width; k++) table[from + k] += scale * dx[to + k];
    },
    gradient,
  );
}

function forEachRow(
  model: ParserModel,
  ids: Int32Array,
  visit: (table: Float32Array, from: number, to: number, width: number) => void,
  arrayOf = (name: string) => model.get(name),
): void {
  const { slots } = model.config;
  const S = slots.length;
  const E = slots.reduce((sum, { width }) => sum + width, 0);
  let first = 0;
  slots.forEach(({ name, width }, s) => {
    const table = arrayOf(`slot.${name}`);
    for (let at = s, to = first; at < ids.length; at += S, to += E)
      if (ids[at] >= 0) visit(table, ids[at] * width, to, width);
    first += width;
  });
}
