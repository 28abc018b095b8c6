// The parser's loss in float64 from its definition, word by word, sharing no code with it.
import type { ParserConfig } from '../../../../src/syntax/parser/parserConfig';
import type { GoldSentence } from '../../../../src/syntax/parser/sentenceBatch';

export type Weights = Map<string, Float64Array>;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** −ln p of one of some scores. */
function surprise(scores: number[], target: number): number {
  const most = Math.max(...scores);
  return Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)) + most - scores[target];
}

/** row · W[first…, columns] + start. */
function affine(row: number[], w: Float64Array, columns: number, start: ArrayLike<number>): number[] {
  return Array.from({ length: columns }, (_, j) => row.reduce((sum, v, i) => sum + v * w[i * columns + j], start[j]));
}

/** One direction of one layer over a sentence; gates are kept in the order forget, input, output, candidate. */
function lstm(inputs: number[][], weights: Weights, suffix: string, H: number, reverse: boolean): number[][] {
  const get = (name: string) => weights.get(name + suffix) ?? new Float64Array();
  let [h, c] = [new Array<number>(H).fill(0), new Array<number>(H).fill(0)];
  const states: number[][] = [];
  const order = inputs.map((_, t) => (reverse ? inputs.length - 1 - t : t));
  for (const t of order) {
    const z = affine(h, get('W_h'), 4 * H, affine(inputs[t], get('W_x'), 4 * H, get('b')));
    c = c.map((v, k) => sigmoid(z[k]) * v + sigmoid(z[H + k]) * Math.tanh(z[3 * H + k]));
    h = c.map((v, k) => sigmoid(z[2 * H + k]) * Math.tanh(v));
    states[t] = h;
  }
  return states;
}

/** Mean over all words of the surprise at heads, relations and (by 0.3) tags. */
export function referenceLoss(config: ParserConfig, weights: Weights, sentences: GoldSentence[]): number {
  const { units: H, arcWidth: A, labelWidth: L, relations, tags, slots } = config;
  const get = (name: string) => weights.get(name) ?? new Float64Array();
  let [sum, tagSum, words] = [0, 0, 0];
  for (const sentence of sentences) {
    let rows = Array.from({ length: sentence.words }, (_, t) =>
      slots.flatMap(({ name, width }, s) => {
        const id = sentence.ids[t * slots.length + s];
        return Array.from(get(`slot.${name}`).subarray(id * width, (id + 1) * width));
      }),
    );
    for (let k = 0; k < config.layers; k++) {
      const forward = lstm(rows, weights, k === 0 ? '' : `_l${k}`, H, false);
      const backward = lstm(rows, weights, `_l${k}_reverse`, H, true);
      rows = forward.map((h, t) => [...h, ...backward[t]]);
    }
    const withRoot = [Array.from(get('root')), ...rows].map((row) =>
      affine(row, get('W_perceptrons'), 2 * (A + L), get('b_perceptrons')).map((z) => (z < 0 ? 0.1 * z : z)),
    );
    for (let d = 0; d < sentence.words; d++) {
      const own = withRoot[d + 1];
      const asked = affine(own.slice(0, A), get('W_arc'), A, get('b_arc'));
      const arcs = withRoot.map((row, h) =>
        h === d + 1 ? -Infinity : asked.reduce((total, v, k) => total + v * row[A + k], 0),
      );
      const head = withRoot[sentence.heads[d]].slice(2 * A + L);
      const labels = affine(own.slice(2 * A, 2 * A + L), get('W_label'), relations.length * (L + 1), get('b_label'));
      const scores = relations.map((_, r) =>
        head.reduce((total, v, k) => total + v * labels[r * (L + 1) + k], labels[r * (L + 1) + L]),
      );
      sum += surprise(arcs, sentence.heads[d]) + surprise(scores, sentence.relations[d]);
      tagSum += surprise(affine(rows[d], get('W_o'), tags.length, get('b_o')), sentence.tags[d]);
      words++;
    }
  }
  return (sum + 0.3 * tagSum) / words;
}
