// ‖∂J(i)/∂h(j)‖ and its kin for every pair j ≤ i of a window, in one backward sweep: at step j the gradients of all
// J(i), i ≥ j, are rows of one matrix, so a step costs a few products of matrices.
//   ∂J(i)/∂h(i)   = (p − onehot) W_oᵀ
//   ∂J(i)/∂z(j)   from ∂J(i)/∂h(j), the cell's own backward equations (allPairs<Cell>.ts)
//   ∂J(i)/∂h(j−1) = ∂J(i)/∂z(j) W_hᵀ + what bypasses z
//   ∂J(i)/∂x(j)   = ∂J(i)/∂z(j) W_xᵀ
//   ∂J/∂W_h|(t)   = h(t−1) ⊗ Σᵢ ∂J(i)/∂z(t), whose norm is the product of the two norms; the same of every J(i) alone
import { columnsOf } from '../kernels/matrixKernels';
import type { LayerTrace } from '../network/layerTrace';
import type { LanguageModel } from '../network/languageModel';
import { createGruSweep } from './allPairsGru';
import { createLstmSweep } from './allPairsLstm';
import { createVanillaSweep } from './allPairsVanilla';
import type { CellSweep, SweepRows } from './cellSweep';
import { RowScales } from './rowGradients';

export interface AllPairs {
  /** `gradient.<name>` [T,T]: rows of losses that are not known are NaN. */
  matrices: Record<string, Float32Array>;
  /** [T]: ‖∂J/∂W_h contributed at t‖, J the sum of the known losses; NaN at steps whose own loss is not known. */
  weight: Float32Array;
}

function createSweep(rows: SweepRows): CellSweep {
  switch (rows.model.config.cell) {
    case 'vanilla':
      return createVanillaSweep(rows);
    case 'lstm':
      return createLstmSweep(rows);
    case 'gru':
      return createGruSweep(rows);
  }
}

/**
 * Sweeps a window of one lane. `outputGradient` [R,H] holds ∂J(i)/∂h(i) through the output layer for the first R steps,
 * those whose loss is known. Allocates in the arena: mark and release around it.
 */
export function allPairsGradients(model: LanguageModel, trace: LayerTrace, outputGradient: Float32Array): AllPairs {
  const { kernels, config, parameters, gateColumns: N } = model;
  const { hiddenUnits: H, embeddingSize: E } = config;
  const T = trace.T;
  const R = outputGradient.length / H;
  const matrices: Record<string, Float32Array> = {};
  const addMatrix = (name: string) => (matrices[name] = new Float32Array(T * T).fill(NaN, R * T));
  const hidden = addMatrix('gradient.hidden');
  const input = addMatrix('gradient.input');
  const itemised = addMatrix('gradient.weightItemised');
  const weight = new Float32Array(T).fill(NaN);
  if (R === 0) return { matrices, weight };

  const inputWeights = kernels.allocate(N * E);
  kernels.transpose(parameters.get('W_x').values, inputWeights, E, N);
  const recurrentWeights = kernels.allocate(N * H);
  kernels.transpose(parameters.get('W_h').values, recurrentWeights, H, N);
  const rows: SweepRows = {
    model,
    trace,
    R,
    dh: kernels.allocate(R * H),
    dx: kernels.allocate(R * E),
    scales: new RowScales(kernels, R, Math.max(N, 2 * H)),
    ones: kernels.allocate(Math.max(H, E)).fill(1),
    from: (values, j, width, first = 0) => ({ ...columnsOf(values, width), offset: j * width + first }),
    recurrentWeights,
    inputWeights,
    recordNorms: (name, j, from) =>
      rows.scales.forEachNorm(j, from, H, (i, norm) => (matrices[name][i * T + j] = norm)),
  };
  const { dh, dx, scales } = rows;
  const sweep = createSweep(rows);
  sweep.matrices.forEach(addMatrix);

  for (let j = R - 1; j >= 0; j--) {
    dh.set(outputGradient.subarray(j * H, (j + 1) * H), j * H);
    scales.rescale(j, sweep.carried, H);
    scales.forEachNorm(j, rows.from(dh, j, H), H, (i, norm) => (hidden[i * T + j] = norm));
    sweep.enterStep(j);
    sweep.toInput(j);
    scales.forEachNorm(j, rows.from(dx, j, E), E, (i, norm) => (input[i * T + j] = norm));
    weight[j] = sweep.weightNorm(j);
    scales.forEachWeightedNorm(j, sweep.weightColumns(j), (i, norm) => (itemised[i * T + j] = norm));
    if (j > 0) sweep.toPreviousState(j);
  }
  return { matrices, weight };
}
