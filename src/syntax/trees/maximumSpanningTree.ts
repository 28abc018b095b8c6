// The tree of highest score with one root word: Chu-Liu/Edmonds in the dense form of Tarjan (1977), O(n²).
import { arcAt } from './arcScores';

/**
 * Heads (as in DependencyTree) of the best tree with exactly one root word; scores as in arcScores.ts. Where every such tree needs
 * forbidden arcs, one with the fewest of them. Equal scores give the same tree every time.
 *
 * The single root and forbidden arcs need no large number that would drown the scores: arcs are compared by a cost first (more for an
 * arc from the root than a whole tree of forbidden ones) and by their score second. Chu-Liu/Edmonds only adds, subtracts and compares
 * weights, so it is as exact with such pairs as with numbers; and some tree has only one root arc, so the cheapest has.
 */
export function maximumSpanningTree(scores: Float64Array, n: number): Int32Array {
  const graph = new ShrinkingGraph(scores, n);
  for (let word = 1; word <= n; word++) graph.connect(word);
  return graph.heads();
}

const UNSEEN = 0;
const ON_PATH = 1;
const CONNECTED = 2;

/** Words, and the cycles that they were shrunk into: a shrunk cycle goes on in the place of one of its members. */
class ShrinkingGraph {
  private readonly width: number;
  /** [place, place] as scores: what the best arc between two places costs, scores, and which arc it is. */
  private readonly costs: Int32Array;
  private readonly scores: Float64Array;
  private readonly arcs: Int32Array;
  private readonly alive: Uint8Array;
  private readonly state: Uint8Array;
  /** Of a place the word or cycle that it is now: words 1 to n, cycles from n+1. */
  private readonly node: Int32Array;
  private readonly path: number[] = [];
  /** Of a place on the path its best head's place. */
  private readonly bestHead: Int32Array;
  /** Of a word or cycle the cycle that it went into, or 0, and the arc that enters it. */
  private readonly parent: Int32Array;
  private readonly entering: Int32Array;
  private nodes: number;

  constructor(
    scores: Float64Array,
    private readonly n: number,
  ) {
    const width = n + 1;
    this.width = width;
    this.scores = scores.slice();
    this.costs = new Int32Array(width * width);
    this.arcs = new Int32Array(width * width);
    for (let arc = 0; arc < this.arcs.length; arc++) {
      this.arcs[arc] = arc;
      const forbidden = !(scores[arc] > -Infinity);
      if (forbidden) this.scores[arc] = 0;
      this.costs[arc] = (arc % width === 0 ? width : 0) + (forbidden ? 1 : 0);
    }
    this.alive = new Uint8Array(width).fill(1);
    this.state = new Uint8Array(width);
    this.state[0] = CONNECTED;
    this.node = Int32Array.from({ length: width }, (_, place) => place);
    this.bestHead = new Int32Array(width);
    this.parent = new Int32Array(2 * width);
    this.entering = new Int32Array(2 * width);
    this.nodes = width;
  }

  /** Follows best heads from a place until they lead to the root, shrinking every cycle on the way. */
  connect(start: number): void {
    if (!this.alive[start] || this.state[start] !== UNSEEN) return;
    const { path, state } = this;
    for (let place = start; ;) {
      if (state[place] === UNSEEN) {
        state[place] = ON_PATH;
        path.push(place);
      }
      const head = this.findBestHead(place);
      if (state[head] === CONNECTED) break;
      if (state[head] === ON_PATH) this.shrink(head);
      place = head;
    }
    for (const place of path) state[place] = CONNECTED;
    path.length = 0;
  }

  /** Unfolds the cycles, the last first: the arc that enters one replaces the arc within it to the same member. */
  heads(): Int32Array {
    const { n, width, parent, entering } = this;
    for (let cycle = this.nodes - 1; cycle > n; cycle--) {
      let member = Math.floor(entering[cycle] / width);
      while (parent[member] !== cycle) member = parent[member];
      entering[member] = entering[cycle];
    }
    return Int32Array.from({ length: n }, (_, word) => entering[word + 1] % width);
  }

  private findBestHead(place: number): number {
    const { width, costs, scores, alive } = this;
    const row = place * width;
    let best = -1;
    for (let head = 0; head < width; head++) {
      if (!alive[head] || head === place) continue;
      if (best < 0 || isBetter(costs[row + head], scores[row + head], costs[row + best], scores[row + best]))
        best = head;
    }
    this.bestHead[place] = best;
    this.entering[this.node[place]] = this.arcs[row + best];
    return best;
  }

  /** Shrinks the cycle that ends the path and begins at place `into`, which stands for it from now on. */
  private shrink(into: number): void {
    const { width, path, costs, scores, node, alive } = this;
    const members = path.splice(path.indexOf(into));
    path.push(into);
    const cycle = this.nodes++;
    for (const member of members) {
      this.parent[node[member]] = cycle;
      // Whoever enters the cycle at this member gives up the arc within it.
      const row = member * width;
      const given = row + this.bestHead[member];
      const [cost, score] = [costs[given], scores[given]];
      for (let head = 0; head < width; head++) {
        costs[row + head] -= cost;
        scores[row + head] -= score;
      }
    }
    for (const member of members) if (member !== into) alive[member] = 0;
    node[into] = cycle;
    for (let other = 0; other < width; other++) {
      if (!alive[other] || other === into) continue;
      for (const member of members) {
        this.keepBetter(arcAt(this.n, other, into), arcAt(this.n, other, member));
        this.keepBetter(arcAt(this.n, into, other), arcAt(this.n, member, other));
      }
    }
  }

  private keepBetter(at: number, than: number): void {
    const { costs, scores, arcs } = this;
    if (!isBetter(costs[than], scores[than], costs[at], scores[at])) return;
    costs[at] = costs[than];
    scores[at] = scores[than];
    arcs[at] = arcs[than];
  }
}

function isBetter(cost: number, score: number, thanCost: number, thanScore: number): boolean {
  return cost < thanCost || (cost === thanCost && score > thanScore);
}
