// The all-pairs sweep of layers with connections around them, or whose directions are summed: layer after layer from the top, every loss
// with its gradient by what a layer gives, of which a part goes through the layer's cells and a part leads around them.
//   residual  ∂J/∂h = ∂J/∂y        ∂J/∂x += ∂J/∂y
//   highway   ∂J/∂h = T∘∂J/∂y      ∂J/∂x += (1 − T)∘∂J/∂y + ((h − x)∘T(1 − T)∘∂J/∂y) W_tᵀ
//   dense     ∂J/∂y of every layer below += its columns of ∂J/∂x
import { columnsOf, transposed, type StridedMatrix } from '../kernels/matrixKernels';
import { blockRows, keptWidths } from './connectedMemory';
import { readingOrder, stateRows, type StateRows } from '../network/layerTrace';
import { inputWidth, isDense, layerSuffix, layerWidth, skipAround, sumsDirections } from '../network/networkConfig';
import { DirectionSweep, type LossRows, type RowRange } from './directionSweep';
import { KeptGradients, reachedRows, rowsOfOutput, writeInputNorms } from './keptGradients';
import type { ScaledRows } from './rowGradients';
import { allocateSweep } from './sweepMemory';
import { askedLosses, asksForPaths, outputRow, SUM_ROWS, type SweepRequest } from './sweepRequest';

const ONE = Float64Array.of(1);

export function sweepConnected(request: SweepRequest): void {
  const { model, trace, norms } = request;
  const { kernels, config } = model;
  const { from, to } = askedLosses(request, request.outputGradient.length / layerWidth(config));
  if (from === to) return;
  const most = Math.min(to - from, blockRows(config, trace.T));
  const capacity = most + SUM_ROWS;
  const sweep = new ConnectedSweep(request, capacity);
  const squares = kernels.allocateDoubles(capacity);
  const hasSum = norms.directions.some(([{ weight }]) => weight !== null);
  for (let firstLoss = from; firstLoss < to; firstLoss += most) {
    const losses = Math.min(most, to - firstLoss);
    const block = { firstLoss, losses, hasSum: hasSum && firstLoss + losses === to };
    const input = sweep.block(block);
    if (norms.input) writeInputNorms(request, norms.input, input, block, squares);
  }
}

class ConnectedSweep {
  private readonly arrays: KeptGradients[];
  private readonly factors: Float32Array;
  /** [capacity, width of a layer's output] each. */
  private readonly scratch: Float32Array[];

  constructor(
    private readonly request: SweepRequest,
    private readonly capacity: number,
  ) {
    const { kernels, config } = request.model;
    const { T } = request.trace;
    this.arrays = keptWidths(config).map(
      (width) => new KeptGradients(kernels, kernels.allocate(T * capacity * width), T, capacity),
    );
    this.factors = kernels.allocate(capacity);
    this.scratch = [0, 1, 2].map(() => kernels.allocate(capacity * layerWidth(config)));
  }

  /** All layers for some losses; returns the gradients of the embedding. */
  block(block: LossRows): KeptGradients {
    const { config } = this.request.model;
    const top = config.layers - 1;
    if (isDense(config)) for (let k = -1; k <= top; k++) this.clear(k);
    else this.clear(top);
    this.receiveOutput(block);
    for (let k = top; k >= 0; k--) {
      if (!isDense(config)) this.clear(k - 1);
      if (skipAround(config, k)) this.leadAround(k, block);
      this.throughCells(k, block);
    }
    return this.of(-1);
  }

  /** ∂J/∂y of layer k; of the embedding for −1. */
  private of(k: number): KeptGradients {
    return this.arrays[isDense(this.request.model.config) ? k + 1 : (k + 2) % 2];
  }

  private clear(k: number): void {
    const { config } = this.request.model;
    this.of(k).clear(k < 0 ? config.embeddingSize : layerWidth(config));
  }

  private receiveOutput(block: LossRows): void {
    const { config } = this.request.model;
    for (let t = 0; t < this.request.trace.T; t++)
      for (const row of rowsOfOutput(block, t))
        this.of(config.layers - 1).add(
          t,
          { first: row, count: 1 },
          { values: outputRow(this.request, t, 0), scales: ONE },
          this.factors,
        );
  }

  /** Rows whose losses token t can reach: later ones, or all where layers read both ways. */
  private reached(block: LossRows, t: number): RowRange {
    if (!this.request.model.config.bidirectional) return reachedRows(block, t, false);
    return { first: 0, count: block.losses + (block.hasSum ? SUM_ROWS : 0) };
  }

  /** What leads around layer k to the one below. */
  private leadAround(k: number, block: LossRows): void {
    const { model, trace } = this.request;
    const { kernels, config, parameters } = model;
    const width = layerWidth(config);
    for (let t = 0; t < trace.T; t++) {
      const range = this.reached(block, t);
      if (range.count === 0) continue;
      const above = this.of(k).at(t, range.first);
      if (skipAround(config, k) === 'residual') {
        this.of(k - 1).add(t, range, above, this.factors);
        continue;
      }
      const { gate, slope } = this.gateAt(k, t);
      const [carried, byGate, sum] = this.scratch;
      multiplyColumns(
        above.values,
        range.count,
        width,
        gate.map((value) => 1 - value),
        carried,
      );
      multiplyColumns(above.values, range.count, width, slope, byGate);
      const weights = transposed(
        columnsOf(parameters.get(`W_t${layerSuffix({ layer: k, reverse: false })}`).values, width),
      );
      kernels.multiplyStrided(
        columnsOf(byGate, width),
        weights,
        columnsOf(sum, width),
        range.count,
        width,
        width,
        false,
      );
      for (const part of [carried, sum])
        this.of(k - 1).add(t, range, { values: columnsOf(part, width), scales: above.scales }, this.factors);
    }
  }

  /** T of layer k at step t, and ∂y/∂z of it: (h − x)∘T(1 − T); [width] each. */
  private gateAt(k: number, t: number): { gate: Float32Array; slope: Float32Array } {
    const { model, trace, lane } = this.request;
    const H = model.config.hiddenUnits;
    const { gates, joined } = trace.outputs[k];
    const gate = new Float32Array(layerWidth(model.config));
    const slope = new Float32Array(gate.length);
    const at = ({ h, place, B }: StateRows, n: number) => h[(stateRows(place, t).after * B + lane) * H + n];
    gates.forEach((values, p) => {
      for (let n = 0; n < H; n++) {
        const T = values[(t * trace.B + lane) * H + n];
        gate[p * H + n] = T;
        slope[p * H + n] = (at(joined[p], n) - at(trace.outputs[k - 1].parts[p], n)) * T * (1 - T);
      }
    });
    return { gate, slope };
  }

  private throughCells(k: number, block: LossRows): void {
    const { model, trace, lane, norms } = this.request;
    const { kernels, config } = model;
    const H = config.hiddenUnits;
    const isAsked = k > 0 || norms.input !== null;
    const width = isAsked ? inputWidth(config, k) : 0;
    trace.layers[k].forEach((layer, d) => {
      const mark = kernels.mark();
      const memory = allocateSweep(model, { capacity: this.capacity, inputWidth: width, paths: asksForPaths(norms) });
      const sweep = new DirectionSweep(model, layer, lane, isAsked, memory, norms.directions[k][d]);
      sweep.begin(block);
      const column = sumsDirections(config) ? 0 : d * H;
      for (const t of readingOrder(layer).reverse()) {
        const range = this.reached(block, t);
        if (range.count === 0) continue;
        sweep.receive(range, this.statesAt(k, t, range, column));
        sweep.step(t, range);
        if (isAsked) this.giveBelow(k, t, range, sweep.input(range.first));
      }
      kernels.release(mark);
    });
  }

  /** ∂J/∂h of the H states from `column` on. */
  private statesAt(k: number, t: number, range: RowRange, column: number): ScaledRows {
    const { config } = this.request.model;
    const above = this.of(k).at(t, range.first, column);
    if (skipAround(config, k) !== 'highway') return above;
    const H = config.hiddenUnits;
    const gate = this.gateAt(k, t).gate.subarray(column, column + H);
    multiplyColumns(above.values, range.count, H, gate, this.scratch[0]);
    return { values: columnsOf(this.scratch[0], H), scales: above.scales };
  }

  /** ∂J/∂ what layer k reads at step t, to whom it is. */
  private giveBelow(k: number, t: number, range: RowRange, { values, scales }: ScaledRows): void {
    const { config } = this.request.model;
    const columnsFrom = (first: number) => ({ values: { ...values, offset: values.offset + first }, scales });
    if (!isDense(config)) return this.of(k - 1).add(t, range, { values, scales }, this.factors);
    this.of(-1).add(t, range, columnsFrom(0), this.factors);
    for (let j = 0; j < k; j++)
      this.of(j).add(t, range, columnsFrom(config.embeddingSize + j * layerWidth(config)), this.factors);
  }
}

/** into [rows,width] = from with every column times its factor. */
function multiplyColumns(
  { values, offset, rowStride }: StridedMatrix,
  rows: number,
  width: number,
  factors: Float32Array,
  into: Float32Array,
): void {
  for (let row = 0; row < rows; row++)
    for (let n = 0; n < width; n++) into[row * width + n] = values[offset + row * rowStride + n] * factors[n];
}
