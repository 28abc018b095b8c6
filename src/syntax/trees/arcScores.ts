// How scores of arcs are laid out, and what a tree scores.
//
// Scores are log-potentials in a Float64Array of (n+1)²: that of the arc head h → dependent d at d·(n+1) + h, with words numbered from 1
// and 0 for the root. Row 0 and the diagonal are not used. −Infinity forbids an arc; no score is NaN or +Infinity.

/** Where the arc head → dependent lies; both count words from 1, the root is 0. */
export function arcAt(n: number, head: number, dependent: number): number {
  return dependent * (n + 1) + head;
}

/** The sum of a tree's arc scores; `heads` as in DependencyTree. */
export function treeScore(scores: Float64Array, heads: Int32Array): number {
  let sum = 0;
  for (let d = 1; d <= heads.length; d++) sum += scores[arcAt(heads.length, heads[d - 1], d)];
  return sum;
}

/** Forbids every arc to word `dependent` (from 1) but that from `head`. */
export function fixHead(scores: Float64Array, n: number, head: number, dependent: number): void {
  for (let h = 0; h <= n; h++) if (h !== head) scores[arcAt(n, h, dependent)] = -Infinity;
}
