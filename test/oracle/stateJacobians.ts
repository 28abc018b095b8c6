// Jacobians of the float64 network's states by central differences, one step or a whole stretch of text at a time.
import {
  oracleForward,
  oracleStep,
  zeroState,
  type OracleParameters,
  type OracleShape,
  type OracleState,
} from './float64Network';

const EPSILON = 1e-5;

/** A matrix as its rows. */
export type Rows = Float64Array[];

/** ∂output/∂input from outputs with every input pushed up and down. */
function columnsByDifferences(inputs: number, output: (pushed: number, by: number) => Float64Array): Rows {
  const columns = Array.from({ length: inputs }, (_, n) => {
    const below = output(n, -EPSILON);
    return output(n, EPSILON).map((v, k) => (v - below[k]) / (2 * EPSILON));
  });
  return Array.from(columns[0], (_, k) => Float64Array.from(columns, (column) => column[k]));
}

/** ∂state(t)/∂state(t−1) for every t: the state is h, for an LSTM (h, c). */
export function stepJacobians(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  initial: OracleState = zeroState(shape),
): Rows[] {
  const H = shape.hiddenUnits;
  const units = shape.cell === 'lstm' ? 2 * H : H;
  const trace = oracleForward(shape, parameters, ids, new Int32Array(ids.length).fill(-1), initial);
  return trace.x.map((x, t) => {
    const before = t === 0 ? initial : { h: trace.h[t - 1], c: trace.c[t - 1] };
    const state = [...before.h, ...before.c];
    return columnsByDifferences(units, (n, by) => {
      const pushed = Float64Array.from(state, (v, k) => (k === n ? v + by : v));
      const { h, c } = oracleStep(shape, parameters, x, { h: pushed.slice(0, H), c: pushed.slice(H) });
      return Float64Array.from([...h, ...c]).slice(0, units);
    });
  });
}

/** ∂h(i)/∂h(j) by pushing h(j) in a forward pass of its own. */
export function hiddenJacobian(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  i: number,
  j: number,
): Rows {
  const targets = new Int32Array(ids.length).fill(-1);
  return columnsByDifferences(shape.hiddenUnits, (n, by) => {
    const delta = new Float64Array(shape.hiddenUnits);
    delta[n] = by;
    return oracleForward(shape, parameters, ids, targets, undefined, { what: 'h', step: j, delta }).h[i];
  });
}

/** a·b. */
export function productOf(a: Rows, b: Rows): Rows {
  return a.map((row) => {
    const out = new Float64Array(b[0].length);
    row.forEach((factor, k) => b[k].forEach((v, n) => (out[n] += factor * v)));
    return out;
  });
}

/** |det| by elimination with pivots, as a logarithm; −Infinity for a singular matrix. */
export function logDeterminant(matrix: Rows): number {
  const rows = matrix.map((row) => row.slice());
  let sum = 0;
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let r = k + 1; r < rows.length; r++) if (Math.abs(rows[r][k]) > Math.abs(rows[pivot][k])) pivot = r;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    if (rows[k][k] === 0) return -Infinity;
    sum += Math.log(Math.abs(rows[k][k]));
    for (let r = k + 1; r < rows.length; r++) {
      const factor = rows[r][k] / rows[k][k];
      for (let c = k; c < rows.length; c++) rows[r][c] -= factor * rows[k][c];
    }
  }
  return sum;
}
