// How strongly a loss depends on the whole state of a step, so that cells with and without a cell state can be compared:
// √(Σ ‖∂J(i)/∂h(j)‖² + ‖∂J(i)/∂c(j)‖²) over all layers' forward directions, ∂J/∂c the total one (through h(j), too).
import type { WindowInspection } from './inspectWindow';

/** [T,T], row i column j, from the arrays of an inspection; NaN in rows whose loss is not known. Throws RangeError without any gradient. */
export function stateGradient(arrays: WindowInspection['arrays']): Float32Array {
  const parts = Object.entries(arrays)
    .filter(([name]) => /^gradient\.(hidden|cell)(_l\d+)?$/.test(name))
    .map(([, { values }]) => values);
  if (parts.length === 0) throw new RangeError('the inspection holds no gradients of states');
  return Float32Array.from(parts[0], (_, k) => Math.hypot(...parts.map((values) => values[k])));
}
