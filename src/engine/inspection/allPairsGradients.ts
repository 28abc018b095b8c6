// ‖∂J(i)/∂h(j)‖ and its kin for every pair of a window, every layer and both directions, in backward sweeps: at step j the
// gradients of all J(i) are rows of one matrix, so a step of a direction costs one product of matrices.
//   ∂J(i)/∂h(i)   = (p − onehot) W_oᵀ, of the top layer
//   ∂J(i)/∂z(j)   from ∂J(i)/∂h(j), the cell's own backward equations (allPairs<Cell>.ts)
//   ∂J(i)/∂h(j−1) = ∂J(i)/∂z(j) W_hᵀ + what bypasses z
//   ∂J(i)/∂x(j)   = ∂J(i)/∂z(j) W_xᵀ, which is what the layer below gets
//   ∂J/∂W_h|(t)   = h(t−1) ⊗ Σᵢ ∂J(i)/∂z(t), whose norm is the product of the two norms; the same of every J(i) alone
// Layers that only read forward are swept together, step by step: a row begins at its own loss. Where there are two
// directions, layer after layer (bothDirections.ts), since what a lower layer receives comes from both ends; so where connections lead
// around layers (connectedSweep.ts).
import { countFloats } from '../network/countFloats';
import type { NetworkPlan } from '../network/languageModel';
import { inputWidth, type NetworkConfig } from '../network/networkConfig';
import { connectedFloats, isConnected } from './connectedMemory';
import { sweepConnected } from './connectedSweep';
import { bothDirectionsFloats, sweepBothDirections } from './bothDirections';
import { DirectionSweep } from './directionSweep';
import { writeNorms } from './rowGradients';
import { allocateSweep, type SweepMemory } from './sweepMemory';
import { askedLosses, asksForPaths, outputRow, SUM_ROWS, type SweepRequest } from './sweepRequest';

/** Fills in the norms. Allocates in the arena (`allPairsFloats`): mark and release around it. */
export function allPairsGradients(request: SweepRequest): void {
  if (request.outputGradient.length === 0) return;
  if (isConnected(request.model.config)) sweepConnected(request);
  else if (request.model.config.bidirectional) sweepBothDirections(request);
  else sweepForward(request);
}

/** Upper bound of the float32 values that a sweep of a window of `steps` tokens or fewer allocates. */
export function allPairsFloats(config: NetworkConfig, steps: number): number {
  if (isConnected(config)) return connectedFloats(config, steps);
  if (config.bidirectional) return bothDirectionsFloats(config, steps);
  return countFloats(config, (plan) => void allocateForward(plan, steps + SUM_ROWS, true, true));
}

function allocateForward(plan: NetworkPlan, capacity: number, input: boolean, paths: boolean): SweepMemory[] {
  const { config } = plan;
  return Array.from({ length: config.layers }, (_, layer) =>
    allocateSweep(plan, { capacity, paths, inputWidth: layer > 0 || input ? inputWidth(config, layer) : 0 }),
  );
}

function sweepForward(request: SweepRequest): void {
  const { model, trace, lane, outputGradient, norms } = request;
  const { config, kernels } = model;
  const { from, to } = askedLosses(request, outputGradient.length / config.hiddenUnits);
  const losses = to - from;
  if (losses === 0) return;
  const hasSum = norms.directions.some(([{ weight }]) => weight !== null);
  const memories = allocateForward(model, losses + SUM_ROWS, norms.input !== null, asksForPaths(norms));
  const sweeps = trace.layers.map(([layer], k) => {
    const input = k > 0 || norms.input !== null;
    return new DirectionSweep(model, layer, lane, input, memories[k], norms.directions[k][0]);
  });
  for (const sweep of sweeps) sweep.begin({ firstLoss: from, losses, hasSum });
  const top = sweeps.length - 1;
  const [{ squares }] = memories;
  for (let j = to - 1; j >= 0; j--) {
    const first = Math.max(0, j - from);
    const range = { first, count: losses - first + (hasSum ? SUM_ROWS : 0) };
    const own = j < from ? [] : hasSum ? [first, losses] : [first];
    for (let k = top; k >= 0; k--) {
      if (k < top) sweeps[k].receive(range, sweeps[k + 1].input(first));
      else for (const row of own) sweeps[k].receiveOutput(row, outputRow(request, j, 0));
      sweeps[k].step(j, range);
    }
    if (!norms.input) continue;
    const { values, scales } = sweeps[0].input(first);
    kernels.sweep.rowSquares(values, losses - first, config.embeddingSize, squares[0]);
    writeNorms(norms.input, trace.T, j, from + first, losses - first, squares[0], scales, 1);
  }
}
