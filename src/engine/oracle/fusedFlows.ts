// Gradient norms of all pairs of loss and state of a case's first sequence, by the sweep that the inspector uses.
import { allPairsGradients } from '../inspection/allPairsGradients';
import { outputGradients, takeLosses } from '../inspection/nextTokenLoss';
import { allocateTrace, forward } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { initialRow } from '../network/layerTrace';
import { torchTag, type OracleCase } from './oracleCase';
import { initialStateOf } from './oracleImplementation';

/** Writes flow_… [T,T] and, for an LSTM, cellflow_… [T,T] of every layer and direction. The arena is left as it was. */
export function fusedFlows(model: LanguageModel, oracle: OracleCase, results: Map<string, ArrayLike<number>>): void {
  const { kernels } = model;
  const { timesteps: T, batch: B, hidden: H } = oracle.shape;
  if (oracle.shape.layers > 1 || oracle.shape.bidirectional) return;
  const mark = kernels.mark();
  const trace = allocateTrace(model, T, 1);
  for (const layer of trace.layers.flat()) {
    const tag = torchTag(layer.place);
    layer.h.set(initialStateOf(oracle, 'h', tag).subarray(0, H), initialRow(layer) * H);
    layer.c?.set(initialStateOf(oracle, 'c', tag).subarray(0, H), initialRow(layer) * H);
  }
  const firstLane = (ids: Int32Array) => Int32Array.from({ length: T }, (_, t) => ids[t * B]);
  forward(model, firstLane(oracle.input), trace);
  const targets = firstLane(oracle.target);
  const { others } = takeLosses(model, trace.output.logits, [...targets]);
  const output = outputGradients(model, trace.output.logits, targets, others);
  const { matrices } = allPairsGradients(model, trace.layers[0][0], output);
  results.set('flow_l0', matrices['gradient.hidden']);
  if (matrices['gradient.cell']) results.set('cellflow_l0', matrices['gradient.cell']);
  kernels.release(mark);
}
