// Arcs beside pairs without an arc: which are compared, and what comes out, against sums done by hand.
import assert from 'node:assert/strict';
import { atOnce } from '../../../src/engine/inspection/pieces';
import { estimateArcs } from '../../../src/labs/arcs/arcStatistics';
import { nullQuantiles } from '../../../src/labs/arcs/nullQuantiles';
import { WordPairs, type Arc } from '../../../src/labs/arcs/wordPairs';

const DISTANCES = [
  { from: 1, to: 1 },
  { from: 2, to: null },
];
const subject: Arc = { relation: 'nsubj:pass', headFirst: false };
const object: Arc = { relation: 'obj', headFirst: true };
const CLOSE = 1e-12;

/** Pairs without an arc: five NOUN–VERB at lag 1 with shares 0.1 … 0.5 and norms 2^1 … 2^5, in sentences of their own. */
function withNulls(): WordPairs {
  const pairs = new WordPairs();
  for (let k = 1; k <= 5; k++) pairs.add(k, 1, 'NOUN', 'VERB', null, 2 ** k, k / 10);
  return pairs;
}

const estimate = (pairs: WordPairs, sentences: number, documents = new Array<string | null>(sentences).fill(null)) =>
  atOnce(estimateArcs([pairs], documents, DISTANCES));

describe('arcs', () => {
  it('are compared with pairs of the same parts of speech at the same distance: shares by means, norms by geometric means', () => {
    const pairs = withNulls();
    pairs.add(0, 1, 'NOUN', 'VERB', subject, 16, 0.6);
    pairs.add(0, 1, 'NOUN', 'VERB', subject, 4, 0.3);
    // Others that do not count: another distance, other parts of speech.
    for (let k = 0; k < 9; k++) pairs.add(6, 2, 'NOUN', 'VERB', null, 1000, 0.9);
    for (let k = 0; k < 9; k++) pairs.add(6, 1, 'NOUN', 'DET', null, 1000, 0.9);
    const { curves, relations, unmatched } = estimate(pairs, 7);
    const [near, far] = curves[1].points;
    assert.deepEqual([curves[1].order, near.n, near.coarse, unmatched, far.n], ['dependentFirst', 2, 0, 0, 0]);
    assert.ok(near.share && Math.abs(near.share.arc - 0.45) < CLOSE && Math.abs(near.share.none - 0.3) < CLOSE);
    assert.ok(Math.abs(near.share.ratio - 1.5) < CLOSE);
    assert.ok(near.value && Math.abs(near.value.arc - 8) < CLOSE && Math.abs(near.value.none - 8) < CLOSE);
    assert.deepEqual([far.share, far.value, curves[0].points[0].n], [null, null, 0]);
    assert.deepEqual(curves[2].points[0], near, 'both orders');
    assert.deepEqual([relations[0].relation, relations[0].order, relations[0].n], ['nsubj', 'dependentFirst', 2]);
  });

  it('are compared by classes of words where fewer than five pairs share their parts of speech, and with nothing without those', () => {
    const pairs = withNulls();
    pairs.add(0, 1, 'PROPN', 'ADJ', object, 8, 0.6);
    pairs.add(0, 1, 'DET', 'ADJ', object, 8, 0.6);
    const { curves, unmatched } = estimate(pairs, 6);
    const [{ n, coarse, share }] = curves[0].points;
    assert.deepEqual([n, coarse, unmatched], [1, 1, 1]);
    assert.ok(share && Math.abs(share.none - 0.3) < CLOSE);
  });

  it('are in no curve where they are punctuation’s, but among the relations', () => {
    const pairs = withNulls();
    pairs.add(0, 1, 'NOUN', 'VERB', { relation: 'punct', headFirst: true }, 8, 0.6);
    const { curves, relations } = estimate(pairs, 6);
    assert.deepEqual(
      curves.flatMap(({ points }) => points.map(({ n }) => n)),
      [0, 0, 0, 0, 0, 0],
    );
    assert.deepEqual(
      relations.map(({ relation, n }) => [relation, n]),
      [['punct', 1]],
    );
  });

  it('have intervals that are the same every time, and wide where documents differ', () => {
    const pairs = new WordPairs();
    // Forty documents of five sentences: their arcs have all or little of the gradient.
    for (let s = 0; s < 200; s++) {
      pairs.add(s, 1, 'NOUN', 'VERB', subject, 1, Math.floor(s / 5) % 2 === 0 ? 0.9 : 0.1);
      for (let k = 0; k < 3; k++) pairs.add(s, 1, 'NOUN', 'VERB', null, 1, 0.25);
    }
    const documents = Array.from({ length: 200 }, (_, s) => `document ${Math.floor(s / 5)}`);
    const width = (found: ReturnType<typeof estimate>) => {
      const { share } = found.curves[1].points[0];
      assert.ok(share && Math.abs(share.ratio - 2) < CLOSE && share.low < 2 && share.high > 2);
      return share.high - share.low;
    };
    const whole = estimate(pairs, 200, documents);
    assert.deepEqual(estimate(pairs, 200, documents), whole);
    assert.ok(width(whole) > 1.6 * width(estimate(pairs, 200)), 'sentences of one document are alike');
  });

  it('of several models are averaged', () => {
    const [one, two] = [withNulls(), withNulls()];
    one.add(0, 1, 'NOUN', 'VERB', subject, 1, 0.2);
    two.add(0, 1, 'NOUN', 'VERB', subject, 1, 0.4);
    const { curves } = atOnce(estimateArcs([one, two], new Array<null>(6).fill(null), DISTANCES));
    const [{ n, share }] = curves[2].points;
    assert.ok(n === 2 && share && Math.abs(share.ratio - 1) < CLOSE);
  });
});

describe('quantiles of pairs without an arc', () => {
  it('are told of lags with thirty pairs, without the arcs', () => {
    const pairs = new WordPairs();
    for (let k = 0; k < 100; k++) pairs.add(0, 2, 'NOUN', 'VERB', null, k, k / 100);
    for (let k = 0; k < 100; k++) pairs.add(0, 2, 'NOUN', 'VERB', subject, 1000, 1);
    for (let k = 0; k < 29; k++) pairs.add(0, 3, 'NOUN', 'VERB', null, 1, 1);
    assert.deepEqual(nullQuantiles(pairs), [
      {
        ...{ lag: 2, n: 100 },
        ...{ value: { half: 50, ninety: 90, ninetyFive: 95 }, share: { half: 0.5, ninety: 0.9, ninetyFive: 0.95 } },
      },
    ]);
  });
});
