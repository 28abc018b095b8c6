// The network's answer to a batch of sentences: scores of all arcs, relations of those that are likely, and parts of speech.
import { writeLogits } from '../../engine/network/outputLayer';
import { arcForward } from './arcScores';
import { joinRows } from './joinedRows';
import { askLabels, labelScores, softmax } from './labelScores';
import { perceptronColumns, type ParserConfig } from './parserConfig';
import type { ParserModel } from './parserModel';
import { runRecurrent } from './parserPass';
import { perceptronForward } from './perceptrons';
import type { SentenceBatch } from './sentenceBatch';
import { chooseSlots } from './wordInputs';

export interface LabelledArc {
  relation: string;
  probability: number;
}

/** What the network says of a sentence of n words. */
export interface ParsedSentence {
  n: number;
  /** [(n+1)²] score of arc h → d at d·(n+1) + h: the logarithm of the head's odds, so a log-potential of trees; 0 is the root. */
  scores: Float64Array;
  /** Best relation of an arc and its probability among the relations that the arc can have: from the root `root` alone, elsewhere all others. */
  relation(head: number, dependent: number): LabelledArc;
  /** [n] */
  upos: string[];
}

/** Relations are made in advance of heads at least this part as likely as a word's best, and of so many at most; others when asked for. */
const LIKELY = Math.log(1 / 20);
const MOST_LIKELY = 3;

export function parseBatch(model: ParserModel, batch: SentenceBatch): ParsedSentence[] {
  const { kernels, network, config } = model;
  const H = config.units;
  const mark = kernels.mark();
  try {
    const trace = runRecurrent(model, batch, chooseSlots(config, batch, null, [], 0), null);
    writeLogits(network, trace);
    const joined = kernels.allocate(batch.rows * 2 * H);
    joinRows(trace, batch, model.get('root'), H, joined);
    const m = perceptronForward(model, joined, batch.rows, null, 0).outputs;
    const { scores } = arcForward(model, batch, m);
    const asked = askLabels(model, batch.rows, m);
    return batch.sentences.map(({ words: n }, lane) => {
      const own = Float64Array.from(scores.subarray(batch.squares[lane], batch.squares[lane + 1]));
      const tags = Array.from({ length: n }, (_, t) => {
        const at = (t * batch.B + lane) * config.tags.length;
        return config.tags[largest(trace.output.logits, at, config.tags.length)];
      });
      return sentenceOf(model, { n, scores: own, upos: tags }, m, asked, batch.starts[lane]);
    });
  } finally {
    kernels.release(mark);
  }
}

/** `m` and `asked` of the sentence begin at row `start`; they are overwritten later. */
function sentenceOf(
  model: ParserModel,
  answer: Omit<ParsedSentence, 'relation'>,
  m: Float32Array,
  asked: Float32Array,
  start: number,
): ParsedSentence {
  const { config } = model;
  const { n, scores } = answer;
  const { labelDependent, labelHead, width } = perceptronColumns(config);
  const L = config.labelWidth;
  const K = asked.length / (m.length / width);
  const known = new Map<number, LabelledArc>();
  for (let d = 1; d <= n; d++)
    for (const h of likelyHeads(scores, n, d)) {
      const head = (start + h) * width + labelHead;
      known.set(d * (n + 1) + h, bestLabel(config, asked, (start + d) * K, m, head, h));
    }
  const dependents = new Float32Array((n + 1) * L);
  const heads = new Float32Array((n + 1) * L);
  for (let row = 0; row <= n; row++) {
    const from = (start + row) * width;
    dependents.set(m.subarray(from + labelDependent, from + labelDependent + L), row * L);
    heads.set(m.subarray(from + labelHead, from + labelHead + L), row * L);
  }
  const later = (h: number, d: number): LabelledArc => {
    const ask = askOne(model, dependents, d * L);
    return bestLabel(config, ask, 0, heads, h * L, h);
  };
  return {
    ...answer,
    relation(h, d) {
      if (!(h >= 0 && h <= n && d >= 1 && d <= n && h !== d))
        throw new RangeError(`no arc from ${h} to ${d} of ${n} words`);
      const key = d * (n + 1) + h;
      const label = known.get(key) ?? later(h, d);
      known.set(key, label);
      return label;
    },
  };
}

function likelyHeads(scores: Float64Array, n: number, d: number): number[] {
  const row = scores.subarray(d * (n + 1), (d + 1) * (n + 1));
  let best = -Infinity;
  for (const score of row) best = Math.max(best, score);
  const heads: number[] = [];
  row.forEach((score, h) => {
    if (h !== d && score >= best + LIKELY) heads.push(h);
  });
  return heads.length <= MOST_LIKELY ? heads : heads.sort((a, b) => row[b] - row[a]).slice(0, MOST_LIKELY);
}

function bestLabel(
  config: ParserConfig,
  asked: Float32Array,
  ask: number,
  m: Float32Array,
  head: number,
  h: number,
): LabelledArc {
  const { relations } = config;
  const scores = new Float64Array(relations.length);
  labelScores(config, asked, ask, m, head, scores, 0);
  const root = relations.indexOf('root');
  if (root >= 0) for (let r = 0; r < scores.length; r++) if ((h === 0) !== (r === root)) scores[r] = -Infinity;
  softmax(scores);
  const best = largest(scores, 0, scores.length);
  return { relation: relations[best], probability: scores[best] };
}

/** q of one row, from m_d beginning at `from`. */
function askOne(model: ParserModel, m: Float32Array, from: number): Float32Array {
  const L = model.config.labelWidth;
  const weights = model.get('W_label');
  const asked = model.get('b_label').slice();
  for (let k = 0; k < L; k++)
    for (let j = 0, at = k * asked.length; j < asked.length; j++, at++) asked[j] += m[from + k] * weights[at];
  return asked;
}

function largest(values: Float32Array | Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[from + k] > values[from + best]) best = k;
  return best;
}
