// How probable each arc is over all trees with one root word: the Matrix-Tree theorem (Koo et al. 2007; McDonald and Satta 2007).
import { arcAt } from './arcScores';

export interface ArcMarginals {
  /** Probability of every arc, laid out as scores are; those of one word sum to 1. All 0 where no tree is possible. */
  marginals: Float64Array;
  /** ln of the sum over all trees of exp(score); −Infinity where no tree is possible. */
  logPartition: number;
}

/**
 * Marginals and partition of exp(score), scores as in arcScores.ts; O(n³).
 *
 * The determinant is taken without a subtraction (Grassmann, Taksar and Heyman 1985), because confident scores make the Laplacian all but
 * singular, where LU subtracts nearly equal numbers: words are eliminated one by one, each handing its heads on to the words that had
 * it for a head, and the diagonal is summed anew. With one root word only, arcs from the root are of first order, so that they count at
 * the last word alone. Marginals are derivatives of logPartition, taken by going back over the elimination.
 */
export function arcMarginals(scores: Float64Array, n: number): ArcMarginals {
  const weights = weightsOf(scores, n);
  const elimination = eliminate(weights, n);
  const marginals = new Float64Array(scores.length);
  if (elimination === null) return { marginals, logPartition: -Infinity };
  const { roots, arcs } = differentiate(elimination, n);
  for (let word = 1; word <= n; word++) {
    marginals[arcAt(n, 0, word)] = weights.roots[word] * roots[word];
    for (let head = 1; head <= n; head++) {
      const arc = arcAt(n, head, word);
      marginals[arc] = weights.arcs[arc] * arcs[arc];
    }
  }
  return { marginals, logPartition: weights.shift + elimination.logDeterminant };
}

/** ln of the sum over all trees alone; see arcMarginals. */
export function logPartition(scores: Float64Array, n: number): number {
  const weights = weightsOf(scores, n);
  return weights.shift + (eliminate(weights, n)?.logDeterminant ?? -Infinity);
}

/** Differences beyond this count as this: e^−340 is 1e−148, and the product of two such factors is still a number. */
const FURTHEST = 340;

interface Weights {
  /** exp(score − shift) of arcs between words, laid out as scores are. */
  arcs: Float64Array;
  /** The same of arcs from the root, by word; entry 0 is not used. */
  roots: Float64Array;
  /** What all shifts of a tree add up to: one of every word, one of its root. */
  shift: number;
}

/** Every word's best head and the best root word get weight 1: a tree has one head for every word and one root. */
function weightsOf(scores: Float64Array, n: number): Weights {
  const arcs = new Float64Array(scores.length);
  const roots = new Float64Array(n + 1).fill(-Infinity);
  let shift = 0;
  for (let word = 1; word <= n; word++) {
    let best = -Infinity;
    for (let head = 1; head <= n; head++) if (head !== word) best = Math.max(best, scores[arcAt(n, head, word)]);
    if (best === -Infinity) best = 0;
    for (let head = 1; head <= n; head++) {
      const arc = arcAt(n, head, word);
      if (head !== word) arcs[arc] = weightOf(scores[arc] - best);
    }
    roots[word] = scores[arcAt(n, 0, word)] - best;
    shift += best;
  }
  const best = roots.reduce((most, score) => Math.max(most, score), -Infinity);
  if (best === -Infinity) return { arcs, roots: roots.fill(0), shift };
  return { arcs, roots: roots.map((score) => weightOf(score - best)), shift: shift + best };
}

function weightOf(score: number): number {
  return score === -Infinity ? 0 : Math.exp(Math.max(score, -FURTHEST));
}

interface Elimination {
  /** Words in the order in which they went; the last one bears the root. */
  order: Int32Array;
  /** Of each but the last, the sum of its weights to the words that were left. */
  outflows: Float64Array;
  /** Weights as they were when the dependent or the head went, whichever went first. */
  arcs: Float64Array;
  roots: Float64Array;
  logDeterminant: number;
}

/** Null where no tree is possible. The word with the largest outflow goes first, so that nothing is divided by 0 while it can be helped. */
function eliminate(weights: Weights, n: number): Elimination | null {
  const [arcs, roots] = [weights.arcs.slice(), weights.roots.slice()];
  const order = Int32Array.from({ length: n }, (_, k) => k + 1);
  const outflows = new Float64Array(n);
  const flows = new Float64Array(n + 1);
  for (const word of order) for (const head of order) flows[word] += arcs[arcAt(n, head, word)];
  let logDeterminant = 0;
  for (let k = 0; k < n - 1; k++) {
    let largest = k;
    for (let at = k + 1; at < n; at++) if (flows[order[at]] > flows[order[largest]]) largest = at;
    [order[k], order[largest]] = [order[largest], order[k]];
    const gone = order[k];
    const outflow = flows[gone];
    if (outflow === 0) return null;
    outflows[k] = outflow;
    logDeterminant += Math.log(outflow);
    for (let i = k + 1; i < n; i++) {
      const word = order[i];
      const share = arcs[arcAt(n, gone, word)] / outflow;
      roots[word] += share * roots[gone];
      flows[word] = 0;
      for (let j = k + 1; j < n; j++) {
        if (j === i) continue;
        const arc = arcAt(n, order[j], word);
        arcs[arc] += share * arcs[arcAt(n, order[j], gone)];
        flows[word] += arcs[arc];
      }
    }
  }
  const root = n === 0 ? 1 : roots[order[n - 1]];
  return root === 0 ? null : { order, outflows, arcs, roots, logDeterminant: logDeterminant + Math.log(root) };
}

/** Derivatives of the logarithm of the determinant by the weights before the elimination. */
function differentiate(elimination: Elimination, n: number): { arcs: Float64Array; roots: Float64Array } {
  const { order, outflows } = elimination;
  const arcs = new Float64Array(elimination.arcs.length);
  const roots = new Float64Array(n + 1);
  if (n > 0) roots[order[n - 1]] = 1 / elimination.roots[order[n - 1]];
  for (let k = n - 2; k >= 0; k--) {
    const gone = order[k];
    // How much of what was left went through this word, and therefore depends on its outflow.
    let through = 0;
    for (let i = k + 1; i < n; i++) {
      const word = order[i];
      const share = elimination.arcs[arcAt(n, gone, word)] / outflows[k];
      let along = roots[word] * elimination.roots[gone];
      roots[gone] += share * roots[word];
      for (let j = k + 1; j < n; j++) {
        if (j === i) continue;
        const derivative = arcs[arcAt(n, order[j], word)];
        along += derivative * elimination.arcs[arcAt(n, order[j], gone)];
        arcs[arcAt(n, order[j], gone)] += share * derivative;
      }
      arcs[arcAt(n, gone, word)] = along / outflows[k];
      through += share * along;
    }
    for (let j = k + 1; j < n; j++) arcs[arcAt(n, order[j], gone)] += (1 - through) / outflows[k];
  }
  return { arcs, roots };
}
