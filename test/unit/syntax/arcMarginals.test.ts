// Marginals and the partition against sums over all trees, and where numbers are hard.
import assert from 'node:assert/strict';
import { arcMarginals, logPartition } from '../../../src/syntax/trees/arcMarginals';
import { maximumSpanningTree } from '../../../src/syntax/trees/maximumSpanningTree';
import { everyTree, KINDS_OF_SCORES, scoreOf, scoresOf } from './everyTree';

/** The same by summing over every tree, from the largest score down. */
function summed(scores: Float64Array, n: number): { marginals: Float64Array; logPartition: number } {
  const trees = everyTree(n).map((heads) => ({ heads, score: scoreOf(scores, heads) }));
  const marginals = new Float64Array(scores.length);
  const best = Math.max(...trees.map(({ score }) => score));
  if (best === -Infinity) return { marginals, logPartition: -Infinity };
  const total = trees.reduce((sum, { score }) => sum + Math.exp(score - best), 0);
  for (const { heads, score } of trees)
    heads.forEach((head, word) => (marginals[(word + 1) * (n + 1) + head] += Math.exp(score - best) / total));
  return { marginals, logPartition: best + Math.log(total) };
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, of: string): void {
  for (let k = 0; k < expected.length; k++)
    assert.ok(Math.abs(actual[k] - expected[k]) <= tolerance, `${of}, ${k}: ${actual[k]}, not ${expected[k]}`);
}

/** What a word's arcs sum to, for every word. */
function sums(marginals: Float64Array, n: number): number[] {
  return Array.from({ length: n }, (_, word) =>
    marginals.subarray((word + 1) * (n + 1), (word + 2) * (n + 1)).reduce((sum, each) => sum + each, 0),
  );
}

describe('arc marginals', () => {
  for (const kind of KINDS_OF_SCORES)
    it(`are sums over all trees with one root word up to six words, with scores ${kind}`, () => {
      for (let n = 1; n <= 6; n++)
        for (let seed = 0; seed < (n < 6 ? 40 : 4); seed++) {
          const scores = scoresOf(kind, n, seed * 10 + n);
          const [actual, expected] = [arcMarginals(scores, n), summed(scores, n)];
          assertClose(actual.marginals, expected.marginals, 1e-11, `${kind} ${n} ${seed}`);
          if (expected.logPartition === -Infinity) assert.equal(actual.logPartition, -Infinity);
          else assert.ok(Math.abs(actual.logPartition - expected.logPartition) < 1e-10, `${kind} ${n} ${seed}`);
        }
    });

  it('stay exact where two words all but only choose each other', () => {
    // Words 2 and 3 prefer each other by e^100: LU would subtract 1 from 1 + 1e-43.
    const scores = new Float64Array(16);
    scores[2 * 4 + 3] = 100;
    scores[3 * 4 + 2] = 100;
    const [actual, expected] = [arcMarginals(scores, 3), summed(scores, 3)];
    assertClose(actual.marginals, expected.marginals, 1e-14, 'marginals');
    assert.ok(Math.abs(actual.logPartition - expected.logPartition) < 1e-12);
  });

  it('do not change, and the partition shifts, when all arcs of a word score more', () => {
    const scores = scoresOf('any', 5, 3);
    const shifted = scores.map((score, arc) => (Math.floor(arc / 6) === 2 ? score + 5000 : score));
    const [before, after] = [arcMarginals(scores, 5), arcMarginals(shifted, 5)];
    assertClose(after.marginals, before.marginals, 1e-11, 'marginals');
    assert.ok(Math.abs(after.logPartition - before.logPartition - 5000) < 1e-9);
  });

  it('of equal scores over 300 words count Cayley’s n^(n−1) trees', () => {
    const found = logPartition(new Float64Array(301 ** 2), 300);
    assert.ok(Math.abs(found - 299 * Math.log(300)) < 1e-8, String(found));
  });

  it('of 300 confident words are probabilities, and the best tree’s are near 1', () => {
    const n = 300;
    const scores = scoresOf('any', n, 5);
    const best = maximumSpanningTree(scores, n);
    best.forEach((head, word) => (scores[(word + 1) * (n + 1) + head] += 40));
    const { marginals } = arcMarginals(scores, n);
    assertClose(sums(marginals, n), new Float64Array(n).fill(1), 1e-9, 'sums');
    assert.ok(marginals.every((each) => each > -1e-12 && each < 1 + 1e-9));
    best.forEach((head, word) => assert.ok(marginals[(word + 1) * (n + 1) + head] > 0.999));
  });

  it('of no words are none, the one empty tree is certain', () => {
    assert.equal(arcMarginals(new Float64Array(1), 0).logPartition, 0);
  });
});
