// Gradients through a stack that stay right however small they are: products of one-step Jacobians of the state of all layers.
import { gradientOf, jacobian, times } from './centralDifferences';
import { crossEntropy, oracleLogits, type OracleParameters, type OracleState } from './float64Network';
import { stackForward, zeroStates, type PerPlace, type StackPerturbation, type StackShape } from './float64Stack';

/** By layer: row i, column j, each a vector over the units. */
export interface ChainedStack {
  hidden: Float64Array[][][];
  cell: Float64Array[][][];
}

/**
 * All ∂J(i)/∂h(j) and ∂J(i)/∂c(j) of a stack that reads forward. One step's differences are of order one, so the product
 * keeps about eight digits even at 1e-200.
 */
export function chainedStackGradients(
  shape: StackShape,
  parameters: OracleParameters,
  ids: Int32Array,
  targets: ArrayLike<number>,
  initial: PerPlace<OracleState> = zeroStates(shape),
): ChainedStack {
  const { hiddenUnits: H, layers } = shape;
  const joined = (states: PerPlace<OracleState>) => Float64Array.from(states.flatMap(([{ h, c }]) => [...h, ...c]));
  const parted = (state: Float64Array) =>
    Array.from({ length: layers }, (_, k) => [
      { h: state.slice(2 * k * H, (2 * k + 1) * H), c: state.slice((2 * k + 1) * H, (2 * k + 2) * H) },
    ]);
  const everyLayer = <A>(make: (layer: number) => A) => Array.from({ length: layers }, (_, layer) => make(layer));
  const byState: Float64Array[][] = [];
  const byNudge: { h: Float64Array[][]; c: Float64Array[][] }[] = [];
  const tops: Float64Array[] = [];
  let states = initial;
  for (let t = 0; t < ids.length; t++) {
    const state = joined(states);
    const read = (nudge?: StackPerturbation) =>
      stackForward(shape, parameters, ids.subarray(t, t + 1), [-1], parted(state), nudge).last;
    byState.push(jacobian(() => joined(read()), state));
    const nudgedBy = (what: 'h' | 'c') =>
      everyLayer((layer) => {
        const delta = new Float64Array(H);
        return jacobian(() => joined(read({ what, place: { layer, reverse: false }, step: 0, delta })), delta);
      });
    byNudge.push({ h: nudgedBy('h'), c: nudgedBy('c') });
    states = read();
    tops.push(states[layers - 1][0].h);
  }
  const [hidden, cell] = [0, 1].map(() => everyLayer(() => tops.map((): Float64Array[] => [])));
  tops.forEach((top, i) => {
    const h = top.slice();
    let row: Float64Array = new Float64Array(2 * H * layers);
    const atLoss = gradientOf(() => crossEntropy(oracleLogits(shape, parameters, h), targets[i]), h);
    row.set(atLoss, 2 * H * (layers - 1));
    for (let j = i; j >= 0; j--) {
      for (let layer = 0; layer < layers; layer++) {
        hidden[layer][i][j] = times(row, byNudge[j].h[layer]);
        cell[layer][i][j] = times(row, byNudge[j].c[layer]);
      }
      row = times(row, byState[j]);
    }
  });
  return { hidden, cell };
}
