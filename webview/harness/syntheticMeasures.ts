// What a trainer might answer about arcs and agreement: numbers that fall with the distance and with attractors, deterministic.
import { JOINED_DISTANCES, type ArcMeasure, type JoinedAnswer, type JoinedCurve } from '../../src/protocol/joined';
import { seededRandom } from './syntheticText';

const ORDERS = ['headFirst', 'dependentFirst', 'both'] as const;
const COUNTS = [2140, 1320, 690, 540, 260, 74, 19];
/** By how much gradients fall with every word, by kind of network; told from a run's id. */
const FALL = { vanilla: 0.55, gru: 0.25, own: 0.3 } as const;

function measure(n: number, excess: number, norm: number): ArcMeasure {
  if (n === 0) return { n, coarse: 0, value: null, share: null };
  const width = 0.7 / Math.sqrt(n);
  const ratio = (of: number, none: number) => ({
    ...{ arc: none * of, none, ratio: of },
    ...{ low: of * Math.exp(-2 * width), high: of * Math.exp(2 * width) },
  });
  return {
    n,
    coarse: Math.round(n / 30),
    value: ratio(excess, norm),
    share: ratio(1 + (excess - 1) * 0.8, 0.02 + norm / 4),
  };
}

export function syntheticJoined(asked: number, runId: string | undefined, cloze: boolean): JoinedAnswer {
  const fall = runId?.startsWith('vanilla') ? FALL.vanilla : runId?.startsWith('gru') ? FALL.gru : FALL.own;
  const random = seededRandom(7 + Math.round(100 * fall));
  const all = 1240;
  const sentences = Math.min(asked, all);
  const part = sentences / 320;
  const curves = (cloze ? (['later', 'earlier'] as const) : (['later'] as const)).flatMap((word) =>
    ORDERS.map((order): JoinedCurve => ({
      ...{ order, asked: word },
      points: JOINED_DISTANCES.map(({ from }, at) => {
        const excess =
          1 + (order === 'headFirst' ? 1.1 : 0.7) * Math.exp(-fall * 1.4 * (from - 1)) + 0.1 * (random() - 0.5);
        const n = Math.round(COUNTS[at] * part * (order === 'both' ? 1 : order === 'headFirst' ? 0.6 : 0.4));
        return measure(n, excess, 0.8 * Math.exp(-fall * (from - 1)));
      }),
    })),
  );
  const names = [
    'case',
    'det',
    'nsubj',
    'nmod',
    'obl',
    'amod',
    'punct',
    'obj',
    'advmod',
    'conj',
    'acl',
    'xcomp',
    'csubj',
  ];
  const relations = names.map((relation, k) => ({
    ...measure(Math.round(part * 900 * 0.72 ** k), 1 + random(), 0.3 + 0.4 * random()),
    ...{ relation, order: k % 3 === 0 ? ('dependentFirst' as const) : ('headFirst' as const), asked: 'later' as const },
  }));
  return {
    ...{ problem: null, reads: cloze ? 'cloze' : 'forward', unit: 'characters', curves, relations, nullByLag: [] },
    ...{ sentences, sentencesInAll: all, words: Math.round(sentences * 15.3), arcs: Math.round(sentences * 14.2) },
    leftOut: { unaligned: 12, unknown: 0, long: 1, unmatched: Math.round(sentences / 3) },
    trees: { source: 'parser', language: 'en', file: null },
    seconds: sentences / 40,
  };
}
