// Which arcs the gradient follows: norms of words of several characters, shares, and what they are compared with.
import assert from 'node:assert/strict';
import { agreementOf, pairNorms } from '../../../webview/geometry/arcAgreement';

/** [T, T], what `at` says for j ≤ i, else 0. */
function norms(steps: number, at: (i: number, j: number) => number): Float32Array {
  return Float32Array.from({ length: steps * steps }, (_, k) => {
    const [i, j] = [Math.floor(k / steps), k % steps];
    return j <= i ? at(i, j) : 0;
  });
}
const single = (n: number) => Array.from({ length: n }, (_, k) => ({ first: k, last: k }));

describe('how much of a word’s loss rests on a word', () => {
  it('is the norm of the loss that predicts it, one column before it', () => {
    const found = pairNorms(
      single(3),
      norms(3, (i, j) => 10 * i + j + 1),
      3,
    );
    assert.deepEqual(
      [...found].map((value) => (Number.isNaN(value) ? null : value)),
      [...[null, null, null], ...[1, null, null], ...[11, 12, null]],
    );
  });

  it('of words of several characters is the norm of all their blocks side by side', () => {
    const words = [
      { first: 0, last: 1 },
      { first: 3, last: 4 },
    ];
    const found = pairNorms(
      words,
      norms(5, (i, j) => i + j),
      5,
    );
    // Losses at steps 2 and 3, embeddings of columns 0 and 1.
    assert.ok(Math.abs(found[2] - Math.hypot(2, 3, 3, 4)) < 1e-12);
  });

  it('is not known of a word that was predicted before the window, or beside it', () => {
    const found = pairNorms(
      [null, { first: 0, last: 2 }],
      norms(4, () => 1),
      4,
    );
    assert.ok(found.every(Number.isNaN));
  });
});

describe('agreement of arcs and gradient', () => {
  const T = 12;
  /** Every earlier word has the same share, but for the pairs of `strong`. */
  const withStrong = (strong: [earlier: number, later: number][]) =>
    norms(T, (i, j) => (strong.some(([earlier, later]) => earlier === j && later === i + 1) ? 9 : 1));

  it('stands where an arc’s share is above that of pairs as far apart without one', () => {
    const arcs = [
      { earlier: 4, later: 6 },
      { earlier: 7, later: 9 },
    ];
    const [pairs] = agreementOf([{ words: single(T), arcs }], withStrong([[4, 6]]), T);
    const stands = pairs.filter(({ isArc }) => isArc).map(({ earlier, stands }) => [earlier, stands]);
    assert.deepEqual(stands, [
      [4, true],
      [7, false],
    ]);
  });

  it('has shares that add up to one for each later word', () => {
    const [pairs] = agreementOf([{ words: single(T), arcs: [] }], withStrong([]), T);
    for (let later = 1; later < T; later++) {
      const sum = pairs.filter((pair) => pair.later === later).reduce((all, { share }) => all + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
    }
  });

  it('finds strong influence where there is no arc', () => {
    const [pairs] = agreementOf([{ words: single(T), arcs: [] }], withStrong([[3, 7]]), T);
    assert.equal(pairs.find(({ earlier, later }) => earlier === 3 && later === 7)?.stands, true);
  });

  it('is not told from too few pairs', () => {
    const [pairs] = agreementOf(
      [{ words: single(3), arcs: [{ earlier: 0, later: 1 }] }],
      norms(3, () => 1),
      3,
    );
    assert.ok(pairs.every(({ stands }) => stands === null));
  });

  it('is measured against the whole file’s pairs where these are known, lag by lag', () => {
    const arcs = [
      { earlier: 4, later: 6 },
      { earlier: 4, later: 9 },
    ];
    const fileNull = new Map([[2, 0.1]]);
    const [pairs] = agreementOf([{ words: single(T), arcs }], withStrong([]), T, fileNull);
    assert.deepEqual(
      pairs.filter(({ isArc }) => isArc).map(({ lag, stands }) => [lag, stands]),
      [
        [2, true],
        [5, null],
      ],
    );
  });
});
