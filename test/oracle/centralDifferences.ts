// Derivatives of the float64 network by central differences: no derivative of any cell is written down here.
import {
  crossEntropy,
  oracleForward,
  oracleLogits,
  oracleStep,
  zeroState,
  type OracleParameters,
  type OracleShape,
  type OracleState,
} from './float64Network';

const EPSILON = 1e-5;

/** ∂f/∂values by central differences, changing `values` in place and back. */
export function gradientOf(f: () => number, values: Float64Array, epsilon = EPSILON): Float64Array {
  return values.map((value, n) => {
    values[n] = value + epsilon;
    const above = f();
    values[n] = value - epsilon;
    const below = f();
    values[n] = value;
    return (above - below) / (2 * epsilon);
  });
}

/** ∂J(i)/∂h(j), ∂J(i)/∂c(j) or ∂J(i)/∂x(j) for every i, by pushing one state of a whole forward pass: [i][unit]. */
export function stateGradients(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  what: 'h' | 'c' | 'x',
  step: number,
  initial: OracleState = zeroState(shape),
): Float64Array[] {
  const size = what === 'x' ? shape.embeddingSize : shape.hiddenUnits;
  const rows = Array.from({ length: ids.length }, () => new Float64Array(size));
  for (let n = 0; n < size; n++) {
    const losses = [EPSILON, -EPSILON].map((epsilon) => {
      const delta = new Float64Array(size);
      delta[n] = epsilon;
      return oracleForward(shape, parameters, ids, targets, initial, { what, step, delta }).losses;
    });
    rows.forEach((row, i) => (row[n] = (losses[0][i] - losses[1][i]) / (2 * EPSILON)));
  }
  return rows;
}

/** Gradients that stay right however small they are: row i, column j, each a vector over (h, c) or x. */
export interface ChainedGradients {
  hidden: Float64Array[][];
  cell: Float64Array[][];
  input: Float64Array[][];
}

/** ∂output/∂input as rows of outputs, by central differences of one step only, where every number is of order one. */
export function jacobian(f: () => Float64Array, inputs: Float64Array): Float64Array[] {
  const columns = Array.from(inputs, (value, n) => {
    inputs[n] = value + EPSILON;
    const above = f();
    inputs[n] = value - EPSILON;
    const below = f();
    inputs[n] = value;
    return above.map((v, k) => (v - below[k]) / (2 * EPSILON));
  });
  return Array.from({ length: columns[0].length }, (_, k) => Float64Array.from(columns, (column) => column[k]));
}

/** row [n] · matrix given as n rows. */
export function times(row: Float64Array, matrix: Float64Array[]): Float64Array {
  const out = new Float64Array(matrix[0].length);
  matrix.forEach((values, k) => values.forEach((v, n) => (out[n] += row[k] * v)));
  return out;
}

/**
 * All ∂J(i)/∂(h, c, x)(j) as products of one-step Jacobians in order, ∂J(i)/∂s(i) · ∏ ∂s(k)/∂s(k−1), s = (h, c).
 * One step's differences are of order one, so the product keeps about eight digits even at 1e-200.
 */
export function chainedGradients(
  shape: OracleShape,
  parameters: OracleParameters,
  ids: ArrayLike<number>,
  targets: ArrayLike<number>,
  initial: OracleState = zeroState(shape),
): ChainedGradients {
  const H = shape.hiddenUnits;
  const T = ids.length;
  const trace = oracleForward(shape, parameters, ids, targets, initial);
  const both = (state: OracleState) => Float64Array.from([...state.h, ...state.c]);
  const byState: Float64Array[][] = [];
  const byInput: Float64Array[][] = [];
  const byCell: Float64Array[][] = [];
  for (let t = 0; t < T; t++) {
    const before = t === 0 ? initial : { h: trace.h[t - 1], c: trace.c[t - 1] };
    const state = both(before);
    const x = trace.x[t].slice();
    const zero = new Float64Array(H);
    const run = (delta?: Float64Array) =>
      both(oracleStep(shape, parameters, x, { h: state.slice(0, H), c: state.slice(H) }, delta));
    byState.push(jacobian(() => run(), state));
    byInput.push(jacobian(() => run(), x));
    // ∂(h, c)(t)/∂c(t): c(t) also makes h(t), which is part of the total derivative by c(t).
    byCell.push(jacobian(() => run(zero), zero));
  }
  const gradients: ChainedGradients = { hidden: [], cell: [], input: [] };
  for (let i = 0; i < T; i++) {
    const h = trace.h[i].slice();
    let row: Float64Array = new Float64Array(2 * H);
    row.set(gradientOf(() => crossEntropy(oracleLogits(shape, parameters, h), targets[i]), h));
    const [hidden, cell, input]: Float64Array[][] = [[], [], []];
    for (let j = i; j >= 0; j--) {
      hidden[j] = row.slice(0, H);
      cell[j] = times(row, byCell[j]);
      input[j] = times(row, byInput[j]);
      row = times(row, byState[j]);
    }
    gradients.hidden.push(hidden);
    gradients.cell.push(cell);
    gradients.input.push(input);
  }
  return gradients;
}

/** Euclidean norm, scaled so that squares of tiny numbers do not underflow. */
export function norm(values: ArrayLike<number>): number {
  return Math.hypot(...Array.from(values));
}
