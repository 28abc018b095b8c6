// How each gate's block of W_h would act on a state over many steps: eigenvalues, spectral radius and singular values.
// ρ < 1 says where powers of W_h end, σ_max what one step can do at most; for a non-normal W_h the two lie far apart.
import { CELL_DESCRIPTIONS, type CellKind, type GateKey } from '../cells/cellDescription';
import { eigenvalues, type Eigenvalues } from './eigenvalues';
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

/**
 * One entry per gate block of `recurrentWeights` [H,G·H], in the order of the blocks, in float64.
 * Throws RangeError, naming the gate, when a weight is not finite.
 */
export function recurrentSpectrum(cell: CellKind, hiddenUnits: number, recurrentWeights: Float32Array): GateSpectrum[] {
  const { gates, blocks } = CELL_DESCRIPTIONS[cell];
  const H = hiddenUnits;
  const columns = blocks * H;
  if (recurrentWeights.length !== H * columns)
    throw new RangeError(`W_h has ${recurrentWeights.length} values, a ${cell} of ${H} units needs ${H * columns}`);
  const spectra: GateSpectrum[] = [];
  for (const { key, block } of [...gates].sort((a, b) => (a.block ?? 0) - (b.block ?? 0))) {
    if (block === null) continue;
    const weights = gateWeights(recurrentWeights, H, columns, block * H);
    if (!weights.every(Number.isFinite)) throw new RangeError(`W_h of gate ${key} is not finite`);
    const { real, imaginary } = eigenvalues(weights, H);
    spectra.push({
      gate: key,
      eigenvalues: { real, imaginary },
      spectralRadius: Math.hypot(real[0], imaginary[0]),
      singularValues: singularValues(weights, H, H),
    });
  }
  return spectra;
}

/** Columns [first, first + H) of W_h [H,columns]: the gate's pre-activation is h(t−1) times this, by rows. */
function gateWeights(recurrentWeights: Float32Array, H: number, columns: number, first: number): Float32Array {
  const weights = new Float32Array(H * H);
  for (let row = 0; row < H; row++) {
    const begin = row * columns + first;
    weights.set(recurrentWeights.subarray(begin, begin + H), row * H);
  }
  return weights;
}
