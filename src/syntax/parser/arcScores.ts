// Biaffine scores of arcs (Dozat & Manning 2017): s(h → d) = (m_d W + b) · m_h, of every pair of rows of a sentence; the root is row 0.
// Their softmax over heads is what is trained: J = mean over words of −ln p(head).
import { columnsOf, shifted, transposed, type StridedMatrix } from '../../engine/kernels/matrixKernels';
import { perceptronColumns } from './parserConfig';
import type { ParserModel } from './parserModel';
import type { GoldSentence, SentenceBatch } from './sentenceBatch';

/** In the arena. */
export interface ArcTrace {
  /** m_d W + b of every row [rows,A]. */
  asked: Float32Array;
  /** Squares [n+1,n+1] of all sentences one behind the other: row d, column h; after the loss its gradient. */
  scores: Float32Array;
}

/** In place of the score of a word as its own head. */
const IMPOSSIBLE = -1e9;

export function arcForward(model: ParserModel, batch: SentenceBatch, m: Float32Array): ArcTrace {
  const { kernels, config } = model;
  const A = config.arcWidth;
  const { arcDependent, arcHead, width } = perceptronColumns(config);
  const asked = kernels.allocate(batch.rows * A);
  kernels.fillRows(model.get('b_arc'), asked);
  const dependents = columnsOf(m, width, arcDependent);
  const weights = columnsOf(model.get('W_arc'), A);
  kernels.multiplyStrided(dependents, weights, columnsOf(asked, A), batch.rows, A, A, true);
  const scores = kernels.allocate(batch.squares[batch.B]);
  const heads = columnsOf(m, width, arcHead);
  forEachSquare(batch, scores, (square, start, side) => {
    const own = transposed(shifted(heads, start, 0));
    kernels.multiplyStrided(shifted(columnsOf(asked, A), start, 0), own, square, side, A, side, false);
  });
  for (const [lane, length] of batch.lengths.entries())
    for (let d = 0, at = batch.squares[lane]; d <= length; d++, at += length + 2) scores[at] = IMPOSSIBLE;
  return { asked, scores };
}

/** Leaves the gradient of J in `scores` and returns J. */
export function arcLoss(model: ParserModel, batch: SentenceBatch<GoldSentence>, { scores }: ArcTrace): number {
  const { kernels } = model;
  const longest = batch.T;
  const targets = kernels.allocateInts(longest);
  const [shift, total, picked] = Array.from({ length: 3 }, () => kernels.allocate(longest));
  let sum = 0;
  batch.sentences.forEach(({ words, heads }, lane) => {
    const side = words + 1;
    const first = batch.squares[lane];
    targets.set(heads);
    const of = (values: Float32Array) => values.subarray(0, words);
    const rows = { shift: of(shift), total: of(total), picked: of(picked), targets: targets.subarray(0, words) };
    const logits = scores.subarray(first + side, first + side * side);
    kernels.crossEntropyRows({ logits, ...rows }, side, 1 / batch.words);
    scores.fill(0, first, first + side);
    for (let d = 0; d < words; d++) sum += shift[d] - picked[d] + Math.log(total[d]);
  });
  return sum / batch.words;
}

/**
 * With ∂J/∂s in `scores`: ∂J/∂(m_d W + b) = Σ_h ∂J/∂s · m_h, ∂J/∂m_h = Σ_d ∂J/∂s · (m_d W + b), and from the former ∂J/∂W, ∂J/∂b and
 * ∂J/∂m_d. Writes its columns of `dm` [rows,width].
 */
export function arcBackward(
  model: ParserModel,
  batch: SentenceBatch,
  m: Float32Array,
  { asked, scores }: ArcTrace,
  dm: Float32Array,
  gradient: (name: string) => Float32Array,
): void {
  const { kernels, config } = model;
  const A = config.arcWidth;
  const { arcDependent, arcHead, width } = perceptronColumns(config);
  const dAsked = kernels.allocate(batch.rows * A);
  const of = (values: Float32Array, first: number, start: number) => shifted(columnsOf(values, width, first), start, 0);
  forEachSquare(batch, scores, (square, start, side) => {
    const into = shifted(columnsOf(dAsked, A), start, 0);
    kernels.multiplyStrided(square, of(m, arcHead, start), into, side, side, A, false);
    const from = shifted(columnsOf(asked, A), start, 0);
    kernels.multiplyStrided(transposed(square), from, of(dm, arcHead, start), side, side, A, false);
  });
  const d = columnsOf(dAsked, A);
  const dependents = transposed(columnsOf(m, width, arcDependent));
  kernels.multiplyStrided(dependents, d, columnsOf(gradient('W_arc'), A), A, batch.rows, A, false);
  kernels.sumRows(dAsked, A, gradient('b_arc'), 0, A);
  const weights = transposed(columnsOf(model.get('W_arc'), A));
  kernels.multiplyStrided(d, weights, columnsOf(dm, width, arcDependent), batch.rows, A, A, false);
}

function forEachSquare(
  { lengths, starts, squares }: SentenceBatch,
  scores: Float32Array,
  visit: (square: StridedMatrix, start: number, side: number) => void,
): void {
  lengths.forEach((length, lane) => {
    const side = length + 1;
    visit(columnsOf(scores.subarray(squares[lane], squares[lane + 1]), side), starts[lane], side);
  });
}
