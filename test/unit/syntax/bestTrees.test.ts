// The k best trees against all trees in order.
import assert from 'node:assert/strict';
import { bestTrees } from '../../../src/syntax/trees/bestTrees';
import { maximumSpanningTree } from '../../../src/syntax/trees/maximumSpanningTree';
import { everyTree, isSingleRootTree, KINDS_OF_SCORES, scoreOf, scoresOf } from './everyTree';

/** Scores of all possible trees from the best down. */
function scoresInOrder(scores: Float64Array, n: number): number[] {
  const all = everyTree(n).map((heads) => scoreOf(scores, heads));
  return all.filter((score) => score > -Infinity).sort((a, b) => b - a);
}

function assertClose(actual: number[], expected: number[], of: string): void {
  assert.equal(actual.length, expected.length, of);
  actual.forEach((score, at) => assert.ok(Math.abs(score - expected[at]) < 1e-9, `${of}, ${at}: ${score}`));
}

describe('the k best trees', () => {
  for (const kind of KINDS_OF_SCORES)
    it(`are the first of all trees up to six words, none twice, with scores ${kind}`, () => {
      for (let n = 1; n <= 6; n++)
        for (let seed = 0; seed < (n < 6 ? 25 : 4); seed++) {
          const scores = scoresOf(kind, n, seed * 10 + n);
          const trees = bestTrees(scores, n, 10);
          const of = `${kind} ${n} ${seed}`;
          assertClose(
            trees.map(({ heads }) => scoreOf(scores, heads)),
            scoresInOrder(scores, n).slice(0, 10),
            of,
          );
          assert.ok(trees.every(({ heads, score }) => Math.abs(scoreOf(scores, heads) - score) < 1e-9));
          assert.equal(new Set(trees.map(({ heads }) => heads.join())).size, trees.length, of);
        }
    });

  it('are all trees there are when more are asked for', () => {
    const scores = scoresOf('any', 4, 1);
    const trees = bestTrees(scores, 4, 1000);
    assert.equal(trees.length, 64);
    const found = trees.map(({ score }) => score);
    assertClose(found, scoresInOrder(scores, 4), 'all');
  });

  it('are none where no tree is possible', () => {
    assert.deepEqual(bestTrees(new Float64Array(9).fill(-Infinity), 2, 3), []);
  });

  it('differ in the words that count, and each is the best of those that agree in them', () => {
    for (let seed = 0; seed < 20; seed++) {
      const scores = scoresOf('any', 5, seed);
      const words = [1, 3, 4];
      const best = new Map<string, number>();
      for (const heads of everyTree(5)) {
        const key = words.map((word) => heads[word - 1]).join();
        best.set(key, Math.max(best.get(key) ?? -Infinity, scoreOf(scores, heads)));
      }
      const expected = [...best.values()].sort((a, b) => b - a).slice(0, 8);
      const found = bestTrees(scores, 5, 8, words).map(({ score }) => score);
      assertClose(found, expected, String(seed));
    }
  });

  it('of 300 words are trees from the best down', () => {
    const scores = scoresOf('any', 300, 2);
    maximumSpanningTree(scores, 300).forEach((head, word) => (scores[(word + 1) * 301 + head] += 5));
    const trees = bestTrees(scores, 300, 5);
    assert.equal(trees.length, 5);
    trees.forEach(({ heads, score }, at) => {
      assert.ok(isSingleRootTree(heads));
      assert.ok(at === 0 || score <= trees[at - 1].score + 1e-9);
    });
  });
});
