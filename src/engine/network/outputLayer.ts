// The output layer: logits = y W_o + b_o of every position (or of every lane's pooled states), softmax, and the mean cross-entropy
// J = −ln p(target) in nats.
// With a large vocabulary the logits are the largest thing in the network: they are made, read and turned into gradients a few rows
// at a time, while they lie in the cache.
import {
  columnsOf,
  packedLength,
  PANEL,
  shifted,
  transposed,
  type PackedMatrix,
  type StridedMatrix,
} from '../kernels/matrixKernels';
import { partOf, SOLO, type Share } from '../kernels/programs';
import { pooledGradients, pooledStates, poolStates, spreadGradients } from './classHead';
import type { ForwardTrace } from './forward';
import type { LanguageModel, NetworkPlan } from './languageModel';
import { classHeadOf, outputWidth, partsOf, tagHeadOf } from './networkConfig';
import { part, requireBelow, requireTokens, statesAfterTokens } from './stepRows';
import { allocateTagMarks, narrowTagMarks, setTags, weighGradients, type TagMarks } from './tagHead';

/** Logits of one block of rows fill about a megabyte. */
const BLOCK_VALUES = 1 << 18;
const LEAST_ROWS = 24;

/** Rows whose logits, `width` each, are made at a time. */
export function rowsPerBlock(width: number): number {
  return Math.max(LEAST_ROWS, Math.floor(BLOCK_VALUES / width));
}

/** Rows are time-major positions, or lanes where sequences are classified; V then stands for the number of classes. */
export interface OutputTrace {
  /** [rows,V] logits; after a pass with a loss probabilities, after one with a gradient ∂J/∂logits. */
  logits: Float32Array;
  /** [rows] */
  targets: Int32Array;
  /** [rows] each: J = shift + ln total − picked. */
  shift: Float32Array;
  total: Float32Array;
  picked: Float32Array;
  /** Which positions have a loss; null where all have. */
  marks: TagMarks | null;
  /** By part of the top layer's output: its rows of W_o [H,V] and their transpose, packed. */
  weights: PackedMatrix[];
  transposedWeights: PackedMatrix[];
}

export function allocateOutput(model: NetworkPlan, rows: number): OutputTrace {
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const V = outputWidth(config);
  const packed = (k: number, n: number): PackedMatrix[] =>
    Array.from({ length: partsOf(config) }, () => ({ values: kernels.allocate(packedLength(k, n)), k, n }));
  return {
    logits: kernels.allocate(rows * V),
    targets: kernels.allocateInts(rows),
    shift: kernels.allocate(rows),
    total: kernels.allocate(rows),
    picked: kernels.allocate(rows),
    marks: allocateTagMarks(kernels, config, rows),
    weights: packed(H, V),
    transposedWeights: packed(V, H),
  };
}

export function narrowOutput(model: NetworkPlan, output: OutputTrace, rows: number): OutputTrace {
  return {
    ...output,
    logits: output.logits.subarray(0, rows * outputWidth(model.config)),
    targets: output.targets.subarray(0, rows),
    shift: output.shift.subarray(0, rows),
    total: output.total.subarray(0, rows),
    picked: output.picked.subarray(0, rows),
    marks: output.marks && narrowTagMarks(output.marks, rows),
  };
}

/**
 * Puts targets, [T,B] tokens, [T,B] tags (see setTags; after setLengths) or [B] classes, where the pass reads them. Throws RangeError
 * when they do not fit or are no tokens (tags, classes).
 */
export function setTargets({ config }: LanguageModel, trace: ForwardTrace, targets: Int32Array): void {
  const { output, ids, B } = trace;
  const head = classHeadOf(config);
  const tags = tagHeadOf(config);
  if (targets.length !== output.targets.length)
    throw new RangeError(`${targets.length} targets for ${head ? `${B} lanes` : `${ids.length} inputs`}`);
  if (tags && output.marks) return setTags(trace, output.marks, tags.tags, targets);
  if (head) requireBelow(targets, head.classes, 'class');
  else requireTokens(targets, config.vocabulary);
  output.targets.set(targets);
}

/** Logits of all rows, alone and at once. */
export function writeLogits(model: LanguageModel, trace: ForwardTrace): void {
  const { classHead, output, B } = trace;
  packWeights(model, output, SOLO, false);
  if (classHead) poolStates(model, trace, classHead, { first: 0, count: B });
  logitsOf(model, trace, { first: 0, count: output.targets.length });
}

/**
 * This thread's share of the losses, of the rows of its lanes where these are classified. With `dStates`, the ∂J/∂y of the top layer by part (OutputGradients.parts), J the mean over
 * all rows: ∂J/∂logits stays in logits and ∂J/∂y = ∂J/∂logits W_oᵀ is written there; without, the probabilities stay.
 */
export function runOutput(
  model: LanguageModel,
  trace: ForwardTrace,
  dStates: Float32Array[] | null,
  share: Share,
): void {
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const V = outputWidth(config);
  const { output, classHead } = trace;
  packWeights(model, output, share, dStates !== null);
  share.sync();
  const own = partOf(share, output.targets.length);
  if (classHead) poolStates(model, trace, classHead, own);
  const { marks } = output;
  const dInputs = dStates && gradientsOfRows(trace, dStates, H);
  const most = rowsPerBlock(V);
  for (let first = own.first; first < own.first + own.count; first += most) {
    const rows = { first, count: Math.min(most, own.first + own.count - first) };
    logitsOf(model, trace, rows);
    const { logits, targets, shift, total, picked } = output;
    const block = { logits: part(logits, rows, V), targets: part(targets, rows, 1) };
    const perRow = { shift: part(shift, rows, 1), total: part(total, rows, 1), picked: part(picked, rows, 1) };
    const weight = marks ? 1 : 1 / output.targets.length;
    kernels.crossEntropyRows({ ...block, ...perRow }, V, dStates ? weight : null);
    if (marks && dStates) weighGradients(kernels, marks, rows, block.logits, V);
    dInputs?.forEach((dRows, d) => {
      const into = shifted(dRows, rows.first, 0);
      kernels.multiplyPacked(columnsOf(block.logits, V), output.transposedWeights[d], into, rows.count, false);
    });
  }
  if (classHead && dStates) spreadGradients(model, trace, classHead, dStates, own);
  share.sync();
}

/** Mean of the losses, nats per row; summed in the order of the rows, whatever threads there were. */
export function meanLoss({ shift, total, picked, marks }: OutputTrace): number {
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < shift.length; row++) {
    if (marks?.counted[row] === 0) continue;
    sum += shift[row] - picked[row] + Math.log(total[row]);
    rows++;
  }
  return sum / rows;
}

/** This thread's columns of ∂J/∂W_o = yᵀ ∂J/∂logits and ∂J/∂b_o = Σ ∂J/∂logits. */
export function outputGradient(
  model: LanguageModel,
  trace: ForwardTrace,
  gradient: (name: string) => Float32Array,
  share: Share,
): void {
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const V = outputWidth(config);
  const { output } = trace;
  const { first, count } = partOf(share, V, PANEL);
  const dLogits = columnsOf(output.logits, V, first);
  rowsOf(trace, H).forEach((states, d) => {
    const into = shifted(columnsOf(gradient('W_o'), V, first), d * H, 0);
    kernels.multiplyStrided(transposed(states), dLogits, into, H, output.targets.length, count, false);
  });
  kernels.sumRows(output.logits, V, gradient('b_o'), first, count);
}

function topOutput({ outputs }: ForwardTrace) {
  return outputs[outputs.length - 1].parts;
}

/** What logits are made of [rows,H], by part. */
function rowsOf(trace: ForwardTrace, H: number): StridedMatrix[] {
  if (trace.classHead) return pooledStates(trace, trace.classHead, H);
  return topOutput(trace).map((states) => statesAfterTokens(states, H, trace.B));
}

function gradientsOfRows(trace: ForwardTrace, dStates: Float32Array[], H: number): StridedMatrix[] {
  if (trace.classHead) return pooledGradients(trace, trace.classHead, dStates, H);
  return topOutput(trace).map(({ place }, d) => statesAfterTokens({ h: dStates[d], place }, H, trace.B));
}

function packWeights(model: LanguageModel, output: OutputTrace, share: Share, backward: boolean): void {
  const { kernels, config, parameters } = model;
  const { hiddenUnits: H } = config;
  const V = outputWidth(config);
  const all = columnsOf(parameters.get('W_o').values, V);
  output.weights.forEach((packed, d) => {
    const { first, count } = partOf(share, V, PANEL);
    kernels.packColumns(shifted(all, d * H, 0), packed, first, count);
  });
  if (!backward) return;
  output.transposedWeights.forEach((packed, d) => {
    const { first, count } = partOf(share, H, PANEL);
    kernels.packColumns(transposed(shifted(all, d * H, 0)), packed, first, count);
  });
}

function logitsOf(model: LanguageModel, trace: ForwardTrace, rows: { first: number; count: number }): void {
  const { kernels, config, parameters } = model;
  const { hiddenUnits: H } = config;
  const V = outputWidth(config);
  const { output } = trace;
  const into = part(output.logits, rows, V);
  kernels.fillRows(parameters.get('b_o').values, into);
  rowsOf(trace, H).forEach((states, d) => {
    const from = shifted(states, rows.first, 0);
    kernels.multiplyPacked(from, output.weights[d], columnsOf(into, V), rows.count, true);
  });
}
