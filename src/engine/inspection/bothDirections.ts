// The all-pairs sweep of layers that read both ways: layer after layer from the top, each direction over all of the window.
// What a layer gives to the one below is kept for every step, so the rows go through in blocks that bound this memory.
import { countFloats } from '../network/countFloats';
import { readingOrder } from '../network/layerTrace';
import { inputWidth, type NetworkConfig } from '../network/networkConfig';
import { DirectionSweep, type LossRows } from './directionSweep';
import { KeptGradients, reachedRows, rowsOfOutput, writeInputNorms } from './keptGradients';
import { allocateSweep } from './sweepMemory';
import { askedLosses, asksForPaths, outputRow, SUM_ROWS, type SweepRequest } from './sweepRequest';

/** Rows that go through together: at most, and at least however much memory they take. */
const MOST_ROWS = 64;
const LEAST_ROWS = 8;
/** Float32 values of what layers give to each other beyond which blocks become smaller: 32 MB. */
const BUDGET = 1 << 23;

/** Widest that a layer's input is: its gradients are kept twice, of the layer that gives and of the one that receives. */
function widestInput(config: NetworkConfig): number {
  return Math.max(...Array.from({ length: config.layers }, (_, layer) => inputWidth(config, layer)));
}

/** Rows of a block over `steps` steps. */
function blockRows(config: NetworkConfig, steps: number): number {
  const perRow = 2 * steps * widestInput(config);
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(BUDGET / perRow)));
}

/** Upper bound of the float32 values for windows of up to `steps` tokens. */
export function bothDirectionsFloats(config: NetworkConfig, steps: number): number {
  const perRow = 2 * steps * widestInput(config);
  const kept = Math.max((LEAST_ROWS + SUM_ROWS) * perRow, Math.min((MOST_ROWS + SUM_ROWS) * perRow, BUDGET + perRow));
  const rows = MOST_ROWS + SUM_ROWS;
  const sweep = countFloats(config, (plan) => {
    allocateSweep(plan, { capacity: rows, inputWidth: widestInput(config), paths: true });
    plan.kernels.allocateDoubles(rows);
    plan.kernels.allocate(rows);
  });
  return kept + sweep;
}

export function sweepBothDirections(request: SweepRequest): void {
  const { model, trace, norms } = request;
  const { kernels, config } = model;
  const { from, to } = askedLosses(request, request.outputGradient.length / (2 * config.hiddenUnits));
  if (from === to) return;
  const most = Math.min(to - from, blockRows(config, trace.T));
  const capacity = most + SUM_ROWS;
  const [first, second] = [0, 1].map(() => kernels.allocate(trace.T * capacity * widestInput(config)));
  const kept = [first, second].map((values) => new KeptGradients(kernels, values, trace.T, capacity));
  const squares = kernels.allocateDoubles(capacity);
  const hasSum = norms.directions.some(([{ weight }]) => weight !== null);
  for (let firstLoss = from; firstLoss < to; firstLoss += most) {
    const losses = Math.min(most, to - firstLoss);
    const block = { firstLoss, losses, hasSum: hasSum && firstLoss + losses === to };
    const input = sweepBlock(request, block, capacity, kept);
    if (!norms.input) continue;
    writeInputNorms(request, norms.input, input, block, squares);
  }
}

/** All layers for one block of rows; returns the gradients of the embedding where they are asked for. */
function sweepBlock(request: SweepRequest, block: LossRows, capacity: number, kept: KeptGradients[]): KeptGradients {
  const { model, trace, lane, norms } = request;
  const { kernels, config } = model;
  let [above, below] = kept;
  for (let k = config.layers - 1; k >= 0; k--) {
    const isTop = k === config.layers - 1;
    const isAsked = k > 0 || norms.input !== null;
    if (isAsked) below.clear(inputWidth(config, k));
    trace.layers[k].forEach((layer, d) => {
      const mark = kernels.mark();
      const width = isAsked ? inputWidth(config, k) : 0;
      const memory = allocateSweep(model, { capacity, inputWidth: width, paths: asksForPaths(norms) });
      const factors = kernels.allocate(capacity);
      const sweep = new DirectionSweep(model, layer, lane, isAsked, memory, norms.directions[k][d]);
      sweep.begin(block);
      const everyRow = { first: 0, count: block.losses + (block.hasSum ? SUM_ROWS : 0) };
      for (const t of readingOrder(layer).reverse()) {
        const range = isTop ? reachedRows(block, t, layer.place.reverse) : everyRow;
        if (range.count === 0) continue;
        if (isTop) for (const row of rowsOfOutput(block, t)) sweep.receiveOutput(row, outputRow(request, t, d));
        else sweep.receive(range, above.at(t, range.first, d * config.hiddenUnits));
        sweep.step(t, range);
        if (isAsked) below.add(t, range, sweep.input(range.first), factors);
      }
      kernels.release(mark);
    });
    [above, below] = [below, above];
  }
  return above;
}
