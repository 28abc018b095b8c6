// The oracle of the tree algorithms: all single-root trees over up to six words, one by one, and scores of every kind to try them on.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const trees = new Map<number, Int32Array[]>();

/** Whether every word's heads lead to the root, along one root word. */
export function isSingleRootTree(heads: ArrayLike<number>): boolean {
  const list = Array.from(heads);
  if (list.filter((head) => head === 0).length !== 1) return false;
  return list.every((_, word) => {
    let at = word + 1;
    for (let steps = 0; at !== 0; steps++) {
      if (steps > list.length) return false;
      at = list[at - 1];
    }
    return true;
  });
}

/** All single-root trees over n words, n·n^(n−2) of them, found by trying every combination of heads. */
export function everyTree(n: number): Int32Array[] {
  const known = trees.get(n);
  if (known) return known;
  const found: Int32Array[] = [];
  for (let code = 0; code < (n + 1) ** n; code++) {
    const heads = Int32Array.from({ length: n }, (_, word) => Math.floor(code / (n + 1) ** word) % (n + 1));
    if (isSingleRootTree(heads)) found.push(heads);
  }
  trees.set(n, found);
  return found;
}

/** The sum over a tree's arcs, with the layout written out once more. */
export function scoreOf(scores: Float64Array, heads: Int32Array): number {
  const n = heads.length;
  return heads.reduce((sum, head, word) => sum + scores[(word + 1) * (n + 1) + head], 0);
}

export const KINDS_OF_SCORES = ['any', 'tied', 'far apart', 'with forbidden arcs'] as const;

/** Scores of one kind, negative and positive, the same for the same seed. */
export function scoresOf(kind: (typeof KINDS_OF_SCORES)[number], n: number, seed: number): Float64Array {
  const random = xoroshiro128plus(seed);
  const uniform = (): number => uniformFloat64(random);
  return Float64Array.from({ length: (n + 1) ** 2 }, () => {
    const score = (uniform() - 0.6) * 8;
    if (kind === 'tied') return Math.round(score / 4);
    if (kind === 'far apart') return score * 20;
    return kind === 'with forbidden arcs' && uniform() < 0.45 ? -Infinity : score;
  });
}
