// What the loss of every word of a sentence rests on, in pieces: foretold from what is before it, or restored where it is hidden.
import { groupedLosses, sweepsGroups } from '../../engine/inspection/groupedSweep';
import { laneLosses, lossLanesAtATime, type LaneLoss, type LossLane } from '../../engine/inspection/laneLosses';
import { readingCost } from '../../engine/inspection/readLanes';
import type { LaneState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';

/** Tokens [first, end) of a sentence. */
interface Word {
  first: number;
  end: number;
}

/** Multiplications of a piece of work: some 15 ms. */
const PIECE = 1.5e8;

/**
 * Calls `found` with each of the words and ‖∂J/∂x(t)‖ of every token t, J the sum of the word's losses; yields between pieces. Words come in
 * the order of the text. `hidden` is what a cloze model reads for a token that is hidden, null for a model that reads forward; then no word
 * may begin with the sentence's first token. Returns false where there is no memory for a sentence of this length.
 */
export function* wordLosses<W extends Word>(
  model: LanguageModel,
  before: LaneState,
  ids: Int32Array,
  words: readonly W[],
  hidden: number | null,
  found: (word: W, loss: LaneLoss) => void,
): Generator<void, boolean> {
  const isSwept = hidden === null && sweepsGroups(model);
  const longest = Math.max(1, ...words.map(({ first, end }) => end - first));
  const atATime = isSwept ? sweptAtATime(model, ids.length) : lossLanesAtATime(model, ids.length, longest);
  if (atATime === 0) return false;
  for (let from = 0; from < words.length; from += atATime) {
    const some = words.slice(from, from + atATime);
    const losses = isSwept
      ? groupedLosses(model, before, ids, some)
      : laneLosses(model, before, hidden === null ? foretelling(ids, some) : restoring(ids, some, hidden));
    some.forEach((word, k) => found(word, losses[k]));
    yield;
  }
  return true;
}

function sweptAtATime(model: LanguageModel, T: number): number {
  return Math.max(4, Math.floor(PIECE / (T * readingCost(model))));
}

function foretelling(ids: Int32Array, words: readonly Word[]): LossLane[] {
  // What comes after the last loss changes nothing.
  const read = ids.subarray(0, Math.max(...words.map(({ end }) => end)) - 1);
  return words.map(({ first, end }) => ({
    ids: read,
    losses: Array.from({ length: end - first }, (_, k) => ({ step: first + k - 1, target: ids[first + k] })),
  }));
}

function restoring(ids: Int32Array, words: readonly Word[], hidden: number): LossLane[] {
  return words.map(({ first, end }) => ({
    ids: ids.slice().fill(hidden, first, end),
    losses: Array.from({ length: end - first }, (_, k) => ({ step: first + k, target: ids[first + k] })),
  }));
}
