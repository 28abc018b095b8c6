// Lyapunov exponents of a window: by how much per step a small change of the state grows or shrinks in the long run, along as
// many directions as are followed. QR method: orthonormal directions Q are carried through every step's Jacobian,
//   Z = J_t Q,  Z = Q R,  λ_k = mean over steps of ln R_kk,
// after steps in which Q turns towards the directions that grow most. An LSTM's state is the whole of (h, c).
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { stateUnits, stepJacobian } from './stepJacobian';
import type { TracedLayer } from './tracedLayer';

/** Directions carried along from Jacobian to Jacobian. */
export class LyapunovDirections {
  private readonly directions: Float64Array[] = [];
  private readonly sums: Float64Array;
  private counted = 0;
  private readonly random: ReturnType<typeof xoroshiro128plus>;

  /** `count` random directions of a state of `units`. Throws RangeError for more directions than units. */
  constructor(
    private readonly units: number,
    count: number,
    seed: number,
  ) {
    if (!(count >= 1 && count <= units)) throw new RangeError(`${count} directions in a state of ${units} units`);
    this.random = xoroshiro128plus(seed);
    this.sums = new Float64Array(count);
    for (let k = 0; k < count; k++) this.directions.push(this.newDirection(k));
  }

  /**
   * Carries the directions through a Jacobian [units,units], row-major, rows after the step; `counts` is false while Q still
   * turns. A direction that no path leads on from adds −∞ and begins anew.
   */
  apply(jacobian: Float64Array, counts = true): void {
    const { units } = this;
    const times = (before: Float64Array): Float64Array => {
      const after = new Float64Array(units);
      for (let row = 0; row < units; row++) {
        let sum = 0;
        for (let at = row * units, column = 0; column < units; column++) sum += jacobian[at + column] * before[column];
        after[row] = sum;
      }
      return after;
    };
    this.carry((directions) => directions.map(times), counts);
  }

  /** The same for a step that is known by what it does to directions only. */
  carry(step: (directions: readonly Float64Array[]) => Float64Array[], counts = true): void {
    const { directions } = this;
    step(directions).forEach((after, k) => {
      // Directions before this one are those of this step already.
      const length = orthogonalise(after, directions, k);
      if (counts) this.sums[k] += Math.log(length);
      directions[k] = length > 0 ? after : this.newDirection(k);
    });
    if (counts) this.counted++;
  }

  /** λ_k [count] in nats per step, the first the largest; NaN before any step counted. */
  get exponents(): Float64Array {
    return this.sums.map((sum) => sum / this.counted);
  }

  private newDirection(k: number): Float64Array {
    for (;;) {
      const direction = Float64Array.from({ length: this.units }, () => uniformFloat64(this.random) - 0.5);
      if (orthogonalise(direction, this.directions, k) > 1e-3) return direction;
    }
  }
}

/** Makes `vector` a unit vector orthogonal to the first `count` of `others`, twice so that rounding does not matter; the length left. */
function orthogonalise(vector: Float64Array, others: readonly Float64Array[], count: number): number {
  let product = 1;
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < count; k++) {
      const other = others[k];
      let along = 0;
      for (let at = 0; at < vector.length; at++) along += vector[at] * other[at];
      for (let at = 0; at < vector.length; at++) vector[at] -= along * other[at];
    }
    let largest = 0;
    for (const value of vector) largest = Math.max(largest, Math.abs(value));
    if (largest === 0) return 0;
    // By the largest first: squares of what has vanished would underflow.
    let squares = 0;
    for (let at = 0; at < vector.length; at++) squares += (vector[at] / largest) ** 2;
    const length = largest * Math.sqrt(squares);
    for (let at = 0; at < vector.length; at++) vector[at] /= length;
    product *= length;
  }
  return product;
}

/** Steps of a window in the order in which a layer reads them. */
export function readingOrder({ trace: { T, place } }: TracedLayer): number[] {
  return Array.from({ length: T }, (_, k) => (place.reverse ? T - 1 - k : k));
}

/**
 * The `count` largest exponents [count] of a layer that has read a window, in nats per step; the first `burnIn` steps only
 * turn the directions. float64 throughout. Throws RangeError when no step is left, or for more directions than units.
 */
export function lyapunovExponents(layer: TracedLayer, count: number, burnIn: number, seed = 1): Float64Array {
  const { T } = layer.trace;
  if (!(burnIn >= 0 && burnIn < T)) throw new RangeError(`a window of ${T} steps ends before a burn-in of ${burnIn}`);
  const directions = new LyapunovDirections(stateUnits(layer.config), count, seed);
  readingOrder(layer).forEach((t, k) => directions.apply(stepJacobian(layer, t), k >= burnIn));
  return directions.exponents;
}
