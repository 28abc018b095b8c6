// Singular values of ∂h(i)/∂h(j) against the lag, over many positions of one window: which of them to look at, and what is typical.
import type { MatrixKernels } from '../kernels/matrixKernels';
import { jacobianProducts } from './jacobianProducts';
import { laggedJacobian } from './jacobianSpectrum';
import { largestSingularValues } from './largestSingularValues';
import { betweenSteps } from './pieces';
import type { TracedLayer } from './tracedLayer';

/** Positions looked at, at most, and lags. */
const POSITIONS = 20;
const LAGS = 14;
/** The longest lag is this part of the window: every lag is then measured at the same positions, those behind it. */
const LONGEST_LAG = 2 / 3;
/** Below this part of the largest one a singular value of float32 products is rounding. */
const RESOLVED = 1e-5;

export interface LagPlan {
  /** Ascending from 1, close together at first; none in a window of one step. */
  lags: number[];
  /** Steps i, ascending, each with every lag behind it in the order of reading. */
  positions: number[];
}

/** What to measure in a window of T steps; read backward, the past of a position lies after it. */
export function lagPlan(T: number, reverse = false): LagPlan {
  const longest = Math.floor(T * LONGEST_LAG);
  if (longest < 1) return { lags: [], positions: [] };
  const lags = new Set<number>();
  for (let k = 0; k < LAGS; k++) lags.add(Math.round(longest ** (k / (LAGS - 1))));
  const room = T - longest;
  const count = Math.min(POSITIONS, room);
  const positions = Array.from({ length: count }, (_, k) =>
    count === 1 ? T - 1 : longest + Math.round((k * (room - 1)) / (count - 1)),
  );
  return { lags: [...lags], positions: reverse ? positions.map((i) => T - 1 - i).reverse() : positions };
}

/** Of one singular value at one lag over all positions, as powers of ten; −∞ where no path leads from h(j) to h(i). */
export interface LagQuantiles {
  /** The middle eight tenths of the positions. */
  low: number;
  median: number;
  high: number;
}

export interface LagCurve {
  lag: number;
  /** σ₁, σ₂ … as many as were asked for; null where more than half of the positions hold only rounding. */
  values: (LagQuantiles | null)[];
}

/**
 * The `count` largest singular values at every lag of the plan, over its positions; the plan is one for the layer's direction. `pause` is called
 * between the steps of a position and its decompositions, as time passes; the arena is nobody else's meanwhile. Throws RangeError where
 * a product is not finite.
 */
export async function lagCurves(
  kernels: MatrixKernels,
  layer: TracedLayer,
  { lags, positions }: LagPlan,
  count: number,
  pause: () => Promise<void>,
): Promise<LagCurve[]> {
  const kept = Math.min(count, layer.config.hiddenUnits);
  // Powers of ten by lag, singular value and position; NaN for rounding.
  const powers = lags.map(() => Array.from({ length: kept }, () => [] as number[]));
  const rest = betweenSteps(pause);
  const longest = Math.max(-1, ...lags);
  for (const i of positions)
    for (const product of jacobianProducts(kernels, layer, i, longest, 'hidden')) {
      await rest();
      const at = lags.indexOf(product.lag);
      if (at < 0) continue;
      const { scaled, exponent } = laggedJacobian(product, layer.config.hiddenUnits);
      const values = largestSingularValues(scaled, layer.config.hiddenUnits, kept);
      for (let k = 0; k < kept; k++) {
        const isRounding = k > 0 && values[k] < RESOLVED * values[0];
        powers[at][k].push(isRounding ? NaN : Math.log10(values[k]) + exponent * Math.log10(2));
      }
    }
  return lags.map((lag, at) => ({ lag, values: powers[at].map(quantiles) }));
}

function quantiles(values: number[]): LagQuantiles | null {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (known.length * 2 <= values.length) return null;
  // What is rounding lies below everything that is known.
  const at = (share: number) =>
    known[Math.max(0, Math.round(share * (values.length - 1)) - (values.length - known.length))];
  return { low: at(0.1), median: at(0.5), high: at(0.9) };
}
