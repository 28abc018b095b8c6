// What one timestep does to single directions of a state: products of its Jacobian with vectors, without the Jacobian. All
// directions go through W_h in one product of matrices; a row is a direction, [h] or an LSTM's [h, c].
import { columnsOf, type MatrixKernels } from '../kernels/matrixKernels';
import { gateOffset } from '../network/gateOffset';
import { stateRows } from '../network/layerTrace';
import type { TracedLayer } from './tracedLayer';

/** Changes of the state after token t that changes of the state before it become; both one array [S] per direction. */
export type StepTangents = (t: number, directions: readonly Float64Array[]) => Float64Array[];

/** φ′ as a function of φ's value. */
const SLOPES = {
  tanh: (h: number) => 1 - h * h,
  sigmoid: (h: number) => h * (1 - h),
  relu: (h: number) => (h > 0 ? 1 : 0),
};

/**
 * Steps of a layer for up to `count` directions; its products in float32, relative errors about 1e-6. Allocates [count,H] and
 * [count,G·H] in the arena: mark and release around its use. The same equations as stepJacobian's.
 */
export function stepTangents(kernels: MatrixKernels, layer: TracedLayer, count: number): StepTangents {
  const { config, recurrentWeights: weights, trace } = layer;
  const { cell, hiddenUnits: H } = config;
  const columns = weights.length / H;
  const through = kernels.allocate(count * H);
  const products = kernels.allocate(count * columns);
  const multiply = (first: number, width: number, rows: number): void =>
    kernels.multiplyStrided(
      columnsOf(through, H),
      columnsOf(weights, columns, first),
      columnsOf(products, columns, first),
      rows,
      H,
      width,
      false,
    );
  const at = (key: 'f' | 'i' | 'o' | 'g' | 'u' | 'r', step: number) => {
    const first = gateOffset(cell, key, H);
    const from = step * columns + first;
    return {
      value: (k: number) => trace.gates[from + k],
      change: (row: number, k: number) => products[row * columns + first + k],
      first,
    };
  };
  const before = (t: number) => stateRows(trace.place, t).before * H;
  const enter = (directions: readonly Float64Array[]): void =>
    directions.forEach((direction, row) => through.set(direction.subarray(0, H), row * H));

  if (cell === 'vanilla') {
    const slope = SLOPES[config.activation];
    return (t, directions) => {
      enter(directions);
      multiply(0, H, directions.length);
      const after = stateRows(trace.place, t).after * H;
      return directions.map((_, row) =>
        Float64Array.from({ length: H }, (_unit, k) => slope(trace.h[after + k]) * products[row * columns + k]),
      );
    };
  }
  if (cell === 'lstm') {
    const { c, tanhC } = trace;
    if (!c || !tanhC) throw new Error('the trace was not allocated for an LSTM');
    return (t, directions) => {
      enter(directions);
      multiply(0, columns, directions.length);
      const [f, i, o, g] = [at('f', t), at('i', t), at('o', t), at('g', t)];
      const past = before(t);
      return directions.map((direction, row) => {
        const result = new Float64Array(2 * H);
        for (let k = 0; k < H; k++) {
          const [keep, write, show, candidate, squashed] = [
            f.value(k),
            i.value(k),
            o.value(k),
            g.value(k),
            tanhC[t * H + k],
          ];
          const cellChange =
            keep * direction[H + k] +
            c[past + k] * keep * (1 - keep) * f.change(row, k) +
            candidate * write * (1 - write) * i.change(row, k) +
            write * (1 - candidate * candidate) * g.change(row, k);
          result[H + k] = cellChange;
          result[k] = squashed * show * (1 - show) * o.change(row, k) + show * (1 - squashed * squashed) * cellChange;
        }
        return result;
      });
    };
  }
  const { recurrentCandidate, h } = trace;
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  return (t, directions) => {
    const rows = directions.length;
    const [u, r, g] = [at('u', t), at('r', t), at('g', t)];
    const past = before(t);
    enter(directions);
    multiply(0, columns, rows);
    if (config.resetGate === 'before') {
      // The candidate reads r∘h: its directions go through W_h once more.
      directions.forEach((direction, row) => {
        for (let k = 0; k < H; k++) {
          const reset = r.value(k);
          through[row * H + k] = reset * direction[k] + h[past + k] * reset * (1 - reset) * r.change(row, k);
        }
      });
      multiply(g.first, H, rows);
    }
    return directions.map((direction, row) =>
      Float64Array.from({ length: H }, (_unit, k) => {
        const [update, reset, candidate] = [u.value(k), r.value(k), g.value(k)];
        const product = recurrentCandidate[t * H + k];
        const viaCandidate =
          config.resetGate === 'before'
            ? g.change(row, k)
            : reset * g.change(row, k) + product * reset * (1 - reset) * r.change(row, k);
        return (
          (1 - update) * direction[k] +
          (candidate - h[past + k]) * update * (1 - update) * u.change(row, k) +
          update * (1 - candidate * candidate) * viaCandidate
        );
      }),
    );
  };
}
