// Gradient norms of all pairs of loss and state of a case's first sequence, by the sweep that the inspector uses.
import { stackedFlows } from '../inspection/stackedFlows';
import { allocateTrace, forward } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { initialRow } from '../network/layerTrace';
import { torchTag, type OracleCase } from './oracleCase';
import { initialStateOf } from './oracleImplementation';

/** Writes flow_… [T,T] and, for an LSTM, cellflow_… [T,T] of every layer and direction. The arena is left as it was. */
export function fusedFlows(model: LanguageModel, oracle: OracleCase, results: Map<string, ArrayLike<number>>): void {
  const { kernels } = model;
  const { timesteps: T, batch: B, hidden: H } = oracle.shape;
  const mark = kernels.mark();
  const trace = allocateTrace(model, T, 1);
  for (const layer of trace.layers.flat()) {
    const tag = torchTag(layer.place);
    layer.h.set(initialStateOf(oracle, 'h', tag).subarray(0, H), initialRow(layer) * H);
    layer.c?.set(initialStateOf(oracle, 'c', tag).subarray(0, H), initialRow(layer) * H);
  }
  const firstLane = (ids: Int32Array) => Int32Array.from({ length: T }, (_, t) => ids[t * B]);
  forward(model, firstLane(oracle.input), trace);
  const { hidden, cell } = stackedFlows(model, trace, firstLane(oracle.target), 0);
  trace.layers.flat().forEach(({ place }, at) => {
    results.set(`flow_${torchTag(place)}`, hidden.flat()[at]);
    if (cell) results.set(`cellflow_${torchTag(place)}`, cell.flat()[at]);
  });
  kernels.release(mark);
}
