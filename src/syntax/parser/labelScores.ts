// Biaffine scores of relations: s_r(h → d) = q_dr · m_h + q_dr0, where q_d = m_d W + b holds a vector and a number for every relation. They
// are wanted of few pairs only: of gold arcs while training, of likely ones in parsing.
import { columnsOf, transposed } from '../../engine/kernels/matrixKernels';
import { labelColumns, perceptronColumns, type ParserConfig } from './parserConfig';
import type { ParserModel } from './parserModel';
import type { GoldSentence, SentenceBatch } from './sentenceBatch';

/** q of every row [rows, relations·(L+1)], in the arena. */
export function askLabels(model: ParserModel, rows: number, m: Float32Array): Float32Array {
  const { kernels, config } = model;
  const K = labelColumns(config);
  const { labelDependent, width } = perceptronColumns(config);
  const asked = kernels.allocate(rows * K);
  kernels.fillRows(model.get('b_label'), asked);
  const weights = columnsOf(model.get('W_label'), K);
  const from = columnsOf(m, width, labelDependent);
  kernels.multiplyStrided(from, weights, columnsOf(asked, K), rows, config.labelWidth, K, true);
  return asked;
}

/** Scores of all relations for one arc, from q beginning at `ask` and m_h beginning at `head`, into `into` from `to` on. */
export function labelScores(
  { labelWidth: L, relations }: ParserConfig,
  asked: Float32Array,
  ask: number,
  m: Float32Array,
  head: number,
  into: Float32Array | Float64Array,
  to: number,
): void {
  for (let r = 0, at = ask; r < relations.length; r++, at += L + 1) {
    let [even, odd] = [asked[at + L], 0];
    let k = 0;
    for (; k + 1 < L; k += 2) {
      even += asked[at + k] * m[head + k];
      odd += asked[at + k + 1] * m[head + k + 1];
    }
    if (k < L) even += asked[at + k] * m[head + k];
    into[to + r] = even + odd;
  }
}

/**
 * J = mean over words of −ln p(relation of the gold arc), and its gradients: with g = ∂J/∂s, ∂J/∂q_dr = g_r m_h, ∂J/∂q_dr0 = g_r,
 * ∂J/∂m_h = Σ_r g_r q_dr, and from ∂J/∂q those of W, b and m_d. `asked` is overwritten by ∂J/∂q. Writes its columns of `dm`.
 */
export function trainLabels(
  model: ParserModel,
  batch: SentenceBatch<GoldSentence>,
  m: Float32Array,
  dm: Float32Array,
  gradient: (name: string) => Float32Array,
): number {
  const { kernels, config } = model;
  const { labelWidth: L, relations } = config;
  const { rows, words, starts } = batch;
  const R = relations.length;
  const K = labelColumns(config);
  const { labelDependent, labelHead, width } = perceptronColumns(config);
  const asked = askLabels(model, rows, m);
  const scores = kernels.allocate(R);
  let sum = 0;
  for (let row = 0; row < rows; row++) dm.fill(0, row * width + labelHead, row * width + labelHead + L);
  batch.sentences.forEach((sentence, lane) => {
    asked.fill(0, starts[lane] * K, (starts[lane] + 1) * K);
    for (let d = 0; d < sentence.words; d++) {
      const ask = (starts[lane] + 1 + d) * K;
      const head = (starts[lane] + sentence.heads[d]) * width + labelHead;
      labelScores(config, asked, ask, m, head, scores, 0);
      const target = sentence.relations[d];
      if (target >= 0) sum -= softmax(scores)[target] === 0 ? Math.log(1e-30) : Math.log(scores[target]);
      for (let r = 0, at = ask; r < R; r++, at += L + 1) {
        const slope = target < 0 ? 0 : (scores[r] - (r === target ? 1 : 0)) / words;
        asked[at + L] = slope;
        for (let k = 0; k < L; k++) {
          dm[head + k] += slope * asked[at + k];
          asked[at + k] = slope * m[head + k];
        }
      }
    }
  });
  const d = columnsOf(asked, K);
  const dependents = transposed(columnsOf(m, width, labelDependent));
  kernels.multiplyStrided(dependents, d, columnsOf(gradient('W_label'), K), L, rows, K, false);
  kernels.sumRows(asked, K, gradient('b_label'), 0, K);
  const weights = transposed(columnsOf(model.get('W_label'), K));
  kernels.multiplyStrided(d, weights, columnsOf(dm, width, labelDependent), rows, K, L, false);
  return sum / words;
}

/** In place; returns the same array. */
export function softmax<A extends Float32Array | Float64Array>(values: A): A {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value);
  let total = 0;
  for (let k = 0; k < values.length; k++) total += values[k] = Math.exp(values[k] - most);
  for (let k = 0; k < values.length; k++) values[k] /= total;
  return values;
}
