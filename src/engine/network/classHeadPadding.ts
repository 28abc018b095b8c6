// Lanes that end before the others: in the padding behind a lane's end its states stay what they are. A reverse layer thereby begins
// at the lane's own end, the final state of a forward layer lies where that of a full lane does, and no gradient reaches the padding.
import type { LaneStep } from '../kernels/poolingKernels';
import type { BackwardTrace } from './backward';
import type { LayersPass } from './forward';
import type { LanguageModel } from './languageModel';
import { readingOrder, stateRows, type LayerGradients, type LayerTrace } from './layerTrace';
import type { RecurrentCell } from './recurrentCell';
import { part, stepRows, type Lanes } from './stepRows';

/** What a pass over padded lanes needs besides the layer. */
export interface PaddedPass {
  model: LanguageModel;
  cell: RecurrentCell;
  /** [B] tokens of each lane. */
  lengths: Int32Array;
  lanes: Lanes;
}

/** The cell's forward pass, one timestep at a time. */
export function paddedForward({ model, cell, lengths, lanes }: PaddedPass, trace: LayerTrace): void {
  const { place, B } = trace;
  const { pooling } = model.kernels;
  const H = model.config.hiddenUnits;
  const step = { lanes: lanes.count, units: H };
  const ends = part(lengths, lanes, 1);
  for (const t of readingOrder(trace)) {
    cell.forwardPass(traceOfStep(trace, t, H), lanes);
    const { before, after } = stateRows(place, t);
    for (const states of trace.c ? [trace.h, trace.c] : [trace.h]) {
      const row = (at: number) => stepRows(states, at, B, H, lanes);
      pooling.copyEnded(step, t, ends, row(before), row(after));
    }
  }
}

/** The cell's backward pass: what reaches a state in the padding goes to the state it is a copy of, and to nothing else. */
export function paddedBackward(
  { model, cell, lengths, lanes }: PaddedPass,
  trace: LayerTrace,
  gradients: LayerGradients,
): void {
  const { place, B } = trace;
  const { pooling } = model.kernels;
  const H = model.config.hiddenUnits;
  const step = { lanes: lanes.count, units: H };
  const ends = part(lengths, lanes, 1);
  for (const t of readingOrder(trace).reverse()) {
    const { before, after } = stateRows(place, t);
    const dAfter = stepRows(gradients.dh, after, B, H, lanes);
    pooling.addEnded(step, t, ends, dAfter, stepRows(gradients.dh, before, B, H, lanes));
    pooling.clearEnded(step, t, ends, dAfter);
    // Forward there is none yet; in reverse it belongs to the initial state, a constant.
    if (gradients.dc) pooling.clearEnded(step, t, ends, stepRows(gradients.dc, 0, B, H, lanes));
    cell.backwardPass(traceOfStep(trace, t, H), gradientsOfStep(trace, gradients, t, H), lanes);
  }
}

/** Whether a classifier reads the last states where those of full lanes lie. */
export function holdsEnds({ ends, classHead }: Pick<LayersPass, 'ends' | 'classHead'>): boolean {
  return ends?.padded === true && classHead?.pooling === 'last';
}

/** The top layer's output at a lane's end stays the same through the padding, as states do. */
export function holdEnds(model: LanguageModel, trace: LayersPass, lanes: Lanes): void {
  forEachEnd(
    model,
    trace,
    lanes,
    (p) => trace.outputs[trace.outputs.length - 1].parts[p].h,
    (step, t, ends, row) => model.kernels.pooling.copyEnded(step, t, ends, row(t), row(t + 1)),
  );
}

/** What reaches it there goes to the lane's end. */
export function releaseEnds(
  model: LanguageModel,
  trace: LayersPass,
  { outputs }: Pick<BackwardTrace, 'outputs'>,
  lanes: Lanes,
): void {
  const { pooling } = model.kernels;
  const visit: EndVisitor = (step, t, ends, row) => {
    pooling.addEnded(step, t, ends, row(t + 1), row(t));
    pooling.clearEnded(step, t, ends, row(t + 1));
  };
  forEachEnd(model, trace, lanes, (p) => outputs[outputs.length - 1].parts[p], visit, true);
}

type EndVisitor = (step: LaneStep, t: number, ends: Int32Array, row: (at: number) => Float32Array) => void;

/** Visits tokens 1 … T − 1, or backward, of every part that reads forward: `row(t)` is the output after token t − 1. */
function forEachEnd(
  model: LanguageModel,
  { T, B, ends, outputs }: LayersPass,
  lanes: Lanes,
  arrayOf: (p: number) => Float32Array,
  visit: EndVisitor,
  backward = false,
): void {
  if (!ends) return;
  const H = model.config.hiddenUnits;
  const own = part(ends.lengths, lanes, 1);
  outputs[outputs.length - 1].parts.forEach(({ place }, p) => {
    if (place.reverse) return;
    const row = (at: number) => stepRows(arrayOf(p), at, B, H, lanes);
    for (let step = 1; step < T; step++) visit({ lanes: lanes.count, units: H }, backward ? T - step : step, own, row);
  });
}

/** Token t of a layer as a pass of its own: both its states, and everything it has one of per token. */
function traceOfStep(trace: LayerTrace, t: number, H: number): LayerTrace {
  const { place, B, h, c, tanhC, recurrentCandidate, packed } = trace;
  return {
    ...{ place, T: 1, B, packed },
    gates: ofToken(trace.gates, t, trace.T),
    h: bothStates(h, t, B * H),
    c: c && bothStates(c, t, B * H),
    tanhC: tanhC && ofToken(tanhC, t, trace.T),
    recurrentCandidate: recurrentCandidate && ofToken(recurrentCandidate, t, trace.T),
  };
}

function gradientsOfStep({ T, B }: LayerTrace, gradients: LayerGradients, t: number, H: number): LayerGradients {
  const { dh, dc, dGates, dCandidate } = gradients;
  return {
    dh: bothStates(dh, t, B * H),
    dc,
    dGates: ofToken(dGates, t, T),
    dCandidate: dCandidate && ofToken(dCandidate, t, T),
  };
}

function bothStates(values: Float32Array, t: number, size: number): Float32Array {
  return values.subarray(t * size, (t + 2) * size);
}

function ofToken(values: Float32Array, t: number, T: number): Float32Array {
  const size = values.length / T;
  return values.subarray(t * size, (t + 1) * size);
}
