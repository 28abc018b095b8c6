// The best tree against all trees, and trees whose answer one knows.
import assert from 'node:assert/strict';
import { maximumSpanningTree } from '../../../src/syntax/trees/maximumSpanningTree';
import { everyTree, isSingleRootTree, KINDS_OF_SCORES, scoreOf, scoresOf } from './everyTree';

/** Scores in which the given heads score 1 and all other arcs 0. */
function scoresFor(heads: number[]): Float64Array {
  const n = heads.length;
  const scores = new Float64Array((n + 1) ** 2);
  heads.forEach((head, word) => (scores[(word + 1) * (n + 1) + head] = 1));
  return scores;
}

describe('the maximum spanning tree', () => {
  for (const kind of KINDS_OF_SCORES)
    it(`is the best of all trees with one root word up to six words, with scores ${kind}`, () => {
      for (let n = 1; n <= 6; n++)
        for (let seed = 0; seed < (n < 6 ? 60 : 12); seed++) {
          const scores = scoresOf(kind, n, seed * 10 + n);
          const heads = maximumSpanningTree(scores, n);
          assert.ok(isSingleRootTree(heads), `${kind} ${n} ${seed}: ${heads.join()}`);
          const best = everyTree(n).reduce((most, tree) => Math.max(most, scoreOf(scores, tree)), -Infinity);
          const found = scoreOf(scores, heads);
          assert.ok(found === best || Math.abs(found - best) < 1e-9, `${kind} ${n} ${seed}: ${found}, not ${best}`);
        }
    });

  it('is found where arcs cross', () => {
    // “A hearing is scheduled on the issue today.”: “on” belongs to “hearing”, across “is scheduled”.
    const heads = [2, 4, 4, 0, 7, 7, 2, 4, 4];
    assert.deepEqual([...maximumSpanningTree(scoresFor(heads), 9)], heads);
  });

  it('keeps one root word however much two of them would score', () => {
    const scores = new Float64Array(16).fill(-5);
    for (const word of [1, 2, 3]) scores[word * 4] = 1000;
    assert.equal([...maximumSpanningTree(scores, 3)].filter((head) => head === 0).length, 1);
  });

  it('is exact beside scores that would drown a penalty', () => {
    const scores = new Float64Array([0, 0, 0, 1e15 + 0.25, 0, 1, 1e15, 2, 0]);
    assert.deepEqual([...maximumSpanningTree(scores, 2)], [0, 1]);
  });

  it('takes as few forbidden arcs as it can where it cannot do without', () => {
    const n = 4;
    const scores = new Float64Array((n + 1) ** 2).fill(-Infinity);
    scores[1 * (n + 1)] = 2;
    scores[2 * (n + 1) + 1] = 1;
    scores[3 * (n + 1) + 4] = 5;
    scores[4 * (n + 1) + 3] = 5;
    const heads = [...maximumSpanningTree(scores, n)];
    assert.ok(isSingleRootTree(heads));
    assert.deepEqual(heads.slice(0, 2), [0, 1]);
    assert.equal(heads.filter((head, word) => scores[(word + 1) * (n + 1) + head] === -Infinity).length, 1);
  });

  it('gives equal trees for equal scores, and nothing for no words', () => {
    const scores = new Float64Array(36);
    assert.deepEqual(maximumSpanningTree(scores, 5), maximumSpanningTree(scores.slice(), 5));
    assert.equal(maximumSpanningTree(new Float64Array(1), 0).length, 0);
  });

  it('of 300 words has one root word and every word below it', () => {
    for (const kind of KINDS_OF_SCORES)
      assert.ok(isSingleRootTree(maximumSpanningTree(scoresOf(kind, 300, 7), 300)), kind);
  });
});
