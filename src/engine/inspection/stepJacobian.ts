// The Jacobian of one timestep as a float64 matrix: what one step does to a small change of the state.
import { CELL_DESCRIPTIONS } from '../cells/cellDescription';
import type { NetworkConfig } from '../network/networkConfig';
import { gruStep, lstmStep, vanillaStep, type MatrixArithmetic } from './stepEquations';
import type { TracedLayer } from './tracedLayer';

/** Units of a layer's whole state: h, or h and c together. */
export function stateUnits({ cell, hiddenUnits }: NetworkConfig): number {
  return CELL_DESCRIPTIONS[cell].hasCellState ? 2 * hiddenUnits : hiddenUnits;
}

/** Throws RangeError for a step outside the window. */
export function requireStep({ trace: { T } }: TracedLayer, t: number): void {
  if (!(t >= 0 && t < T)) throw new RangeError(`step ${t} is outside a window of ${T}`);
}

/** Plain loops over the layer's weights. */
function float64Arithmetic({ config, recurrentWeights }: TracedLayer): MatrixArithmetic<Float64Array> {
  const H = config.hiddenUnits;
  const columns = recurrentWeights.length / H;
  return {
    scaledWeights(gate, factors, into, add) {
      for (let unit = 0; unit < H; unit++)
        for (let from = 0; from < H; from++) {
          const value = factors[unit] * recurrentWeights[from * columns + gate + unit];
          into[unit * H + from] = add ? into[unit * H + from] + value : value;
        }
    },
    addDiagonal(factors, into) {
      for (let unit = 0; unit < H; unit++) into[unit * (H + 1)] += factors[unit];
    },
    multiply(a, b, into) {
      into.fill(0);
      for (let row = 0; row < H; row++)
        for (let k = 0; k < H; k++) {
          const factor = a[row * H + k];
          for (let column = 0; column < H; column++) into[row * H + column] += factor * b[k * H + column];
        }
    },
  };
}

/**
 * The state after token t by the one it was made from [S,S], row-major, S = stateUnits: ∂h(t)/∂h(t−1) where the layer
 * reads forward, for an LSTM of the whole state (h, c)
 *   [ ∂h/∂h  ∂h/∂c ; ∂c/∂h  ∂c/∂c ],
 * whose first H rows and columns are ∂h(t)/∂h(t−1) with c(t−1) held. Throws RangeError for a step outside the window.
 */
export function stepJacobian(layer: TracedLayer, t: number): Float64Array {
  const { cell, hiddenUnits: H } = layer.config;
  requireStep(layer, t);
  const arithmetic = float64Arithmetic(layer);
  const matrix = () => new Float64Array(H * H);
  if (cell !== 'lstm') {
    const into = matrix();
    if (cell === 'vanilla') vanillaStep(layer, t, arithmetic, into);
    else gruStep(layer, t, arithmetic, into, [matrix(), matrix()]);
    return into;
  }
  const [viaOutput, viaCell] = [matrix(), matrix()];
  const { forget, cellToHidden } = lstmStep(layer, t, arithmetic, viaOutput, viaCell);
  const state = new Float64Array(4 * H * H);
  for (let unit = 0; unit < H; unit++) {
    const [hidden, cellRow] = [unit * 2 * H, (H + unit) * 2 * H];
    for (let from = 0; from < H; from++) {
      const at = unit * H + from;
      state[hidden + from] = viaOutput[at] + cellToHidden[unit] * viaCell[at];
      state[cellRow + from] = viaCell[at];
    }
    state[hidden + H + unit] = cellToHidden[unit] * forget[unit];
    state[cellRow + H + unit] = forget[unit];
  }
  return state;
}
