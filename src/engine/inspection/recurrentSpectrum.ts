// How each gate's block of W_h would act on a state over many steps: eigenvalues, spectral radius and singular values.
// ρ < 1 says where powers of W_h end, σ_max what one step can do at most; for a non-normal W_h the two lie far apart.
import { CELL_DESCRIPTIONS, type CellKind, type GateKey } from '../cells/cellDescription';
import { eigenvalueSteps, type Eigenvalues } from './eigenvalues';
import { atOnce } from './pieces';
import { singularValues } from './singularValues';

export interface GateSpectrum {
  gate: GateKey;
  /** [H], the largest magnitude first. */
  eigenvalues: Eigenvalues;
  /** ρ, the largest |λ|. */
  spectralRadius: number;
  /** [H], largest first: the first is σ_max, the L2 norm of the block. */
  singularValues: Float64Array;
}

/** The gates that have a block in W_h, in the order of the blocks. */
export function gatesWithBlocks(cell: CellKind): GateKey[] {
  return CELL_DESCRIPTIONS[cell].gates
    .filter(({ block }) => block !== null)
    .sort((a, b) => (a.block ?? 0) - (b.block ?? 0))
    .map(({ key }) => key);
}

/**
 * Of one gate's block of `recurrentWeights` [H,G·H], in float64.
 * Throws RangeError, naming the gate, for one without a block and when a weight is not finite.
 */
export function gateSpectrum(
  cell: CellKind,
  hiddenUnits: number,
  recurrentWeights: Float32Array,
  gate: GateKey,
): GateSpectrum {
  return atOnce(gateSpectrumSteps(cell, hiddenUnits, recurrentWeights, gate));
}

/** The same step by step, of which only the last one, the singular values, takes milliseconds (6 at H = 128). */
export function* gateSpectrumSteps(
  cell: CellKind,
  hiddenUnits: number,
  recurrentWeights: Float32Array,
  gate: GateKey,
): Generator<void, GateSpectrum> {
  const weights = gateWeights(cell, hiddenUnits, recurrentWeights, gate);
  if (!weights.every(Number.isFinite)) throw new RangeError(`W_h of gate ${gate} is not finite`);
  const { real, imaginary } = yield* eigenvalueSteps(weights, hiddenUnits);
  yield;
  return {
    gate,
    eigenvalues: { real, imaginary },
    spectralRadius: Math.hypot(real[0], imaginary[0]),
    singularValues: singularValues(weights, hiddenUnits, hiddenUnits),
  };
}

/** One entry per gate block, in the order of the blocks. Throws as gateSpectrum does. */
export function recurrentSpectrum(cell: CellKind, hiddenUnits: number, recurrentWeights: Float32Array): GateSpectrum[] {
  return gatesWithBlocks(cell).map((gate) => gateSpectrum(cell, hiddenUnits, recurrentWeights, gate));
}

/** The gate's columns of W_h [H,G·H], as [H,H]: its pre-activation is h(t−1) times this, by rows. */
function gateWeights(cell: CellKind, H: number, recurrentWeights: Float32Array, key: GateKey): Float32Array {
  const { gates, blocks } = CELL_DESCRIPTIONS[cell];
  const columns = blocks * H;
  if (recurrentWeights.length !== H * columns)
    throw new RangeError(`W_h has ${recurrentWeights.length} values, a ${cell} of ${H} units needs ${H * columns}`);
  const block = gates.find((gate) => gate.key === key)?.block ?? null;
  if (block === null) throw new RangeError(`gate ${key} of a ${cell} has no block in W_h`);
  const weights = new Float32Array(H * H);
  for (let row = 0; row < H; row++) {
    const begin = row * columns + block * H;
    weights.set(recurrentWeights.subarray(begin, begin + H), row * H);
  }
  return weights;
}
