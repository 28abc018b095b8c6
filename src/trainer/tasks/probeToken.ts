// What can be read, by one linear layer, from the states at a token whose class depends on its surroundings: trained on the states in the
// examples that the network was trained on, judged on those in examples that neither has seen.
import { linearReadoutScores, type ReadoutScore } from './readoutScores';
import { sequenceStates } from '../../engine/inspection/sequenceStates';
import type { LanguageModel } from '../../engine/network/languageModel';
import { TRAINING } from '../../text/datasets/splitExamples';
import type { OpenDataset } from './datasetStore';

export interface TokenProbe {
  /** Examples that hold the token, once each: trained on, judged on. */
  training: number;
  judged: number;
  /** From below; `both` are the states of both directions side by side, absent where there is one. */
  layers: { forward: ReadoutScore; reverse?: ReadoutScore; both?: ReadoutScore }[];
  /**
   * Pairs of examples of different classes with the same tokens up to this one: by layer the largest difference of a forward state, which
   * is 0 to the bit in the first layer, and the smallest of a reverse one.
   */
  sameLeft: { pairs: number; forwardLargest: number; reverseSmallest: number | null };
}

interface Occurrence {
  training: boolean;
  label: number;
  left: string;
  /** [layer][direction][H] at the token. */
  states: Float32Array[][];
}

/** Null where the token is in no example that was trained on, or in none that was held out. */
export function probeToken(model: LanguageModel, dataset: OpenDataset, token: number): TokenProbe | null {
  const found = occurrences(model, dataset, token);
  const fit = found.filter(({ training }) => training);
  const judged = found.filter(({ training }) => !training);
  if (fit.length === 0 || judged.length === 0) return null;
  const scoreOf = (rowOf: (occurrence: Occurrence) => Float32Array): ReadoutScore => {
    const side = (some: Occurrence[]) => some.map((each) => ({ row: rowOf(each), label: each.label }));
    return linearReadoutScores(side(fit), side(judged), dataset.labels.length);
  };
  const layers = Array.from({ length: model.config.layers }, (_, layer) => ({
    forward: scoreOf(({ states }) => states[layer][0]),
    ...(model.config.bidirectional && {
      reverse: scoreOf(({ states }) => states[layer][1]),
      both: scoreOf(({ states }) => Float32Array.of(...states[layer][0], ...states[layer][1])),
    }),
  }));
  return { training: fit.length, judged: judged.length, layers, sameLeft: comparePairs(found) };
}

function occurrences(model: LanguageModel, dataset: OpenDataset, token: number): Occurrence[] {
  const { lengths, starts, tokens, parts, classes } = dataset;
  const H = model.config.hiddenUnits;
  const found: Occurrence[] = [];
  lengths.forEach((length, example) => {
    const ids = new Uint16Array(length);
    tokens.read(starts[example], ids);
    const at = ids.indexOf(token);
    if (at < 0) return;
    const { states } = sequenceStates(model, Int32Array.from(ids));
    found.push({
      training: parts[example] === TRAINING,
      label: classes?.[example] ?? 0,
      left: ids.subarray(0, at).join(' '),
      states: states.map((both) => both.map((rows) => rows.slice(at * H, (at + 1) * H))),
    });
  });
  return found;
}

/** Of the first layer: further up a forward state also holds what the layer below read from behind. */
function comparePairs(found: readonly Occurrence[]): TokenProbe['sameLeft'] {
  let [pairs, forwardLargest, reverseSmallest] = [0, 0, Infinity];
  found.forEach((one, at) => {
    for (const other of found.slice(at + 1)) {
      if (one.left !== other.left || one.label === other.label) continue;
      pairs++;
      const [forward, reverse] = [0, 1].map((direction) =>
        one.states[0].length > direction ? difference(one.states[0][direction], other.states[0][direction]) : Infinity,
      );
      forwardLargest = Math.max(forwardLargest, forward);
      reverseSmallest = Math.min(reverseSmallest, reverse);
    }
  });
  return { pairs, forwardLargest, reverseSmallest: Number.isFinite(reverseSmallest) ? reverseSmallest : null };
}

function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);
}
