// Pooling over time in the WebAssembly module: arrays become addresses, distances become bytes.
import type { LaneSequence, LaneStep, PoolingKernels } from './poolingKernels';

/** The module's exports for pooling, in the order of assembly/pooling.ts. */
export interface PoolingModule {
  poolMean(states: number, lengths: number, pooled: number, lanes: number, units: number, pitch: number): void;
  poolMeanGradient(
    ...args: [
      ...arrays: [dPooled: number, lengths: number, dStates: number],
      ...shape: [steps: number, lanes: number, units: number, pitch: number],
    ]
  ): void;
  poolMax(
    ...args: [
      ...arrays: [states: number, lengths: number, pooled: number, places: number],
      ...shape: [lanes: number, units: number, pitch: number],
    ]
  ): void;
  poolMaxGradient(
    ...args: [
      ...arrays: [dPooled: number, places: number, dStates: number],
      ...shape: [steps: number, lanes: number, units: number, pitch: number],
    ]
  ): void;
  copyEnded(from: number, to: number, lengths: number, t: number, lanes: number, units: number): void;
  addEnded(from: number, to: number, lengths: number, t: number, lanes: number, units: number): void;
  clearEnded(values: number, lengths: number, t: number, lanes: number, units: number): void;
}

/** `address` checks that an array is the arena's and has so many values. */
export function createSimdPooling(
  module: PoolingModule,
  address: (values: Float32Array | Int32Array, needed: number) => number,
): PoolingKernels {
  const rows = (values: Float32Array | Int32Array, { lanes, units }: LaneStep) => address(values, lanes * units);
  const overTime = (values: Float32Array, { steps, lanes, units, pitch }: LaneSequence) =>
    address(values, (steps - 1) * pitch + lanes * units);
  return {
    mean(sequence, states, lengths, pooled) {
      const { lanes, units, pitch } = sequence;
      if (lanes === 0) return;
      const from = [overTime(states, sequence), address(lengths, lanes)] as const;
      module.poolMean(...from, rows(pooled, sequence), lanes, units, pitch * 4);
    },
    meanGradient(sequence, dPooled, lengths, dStates) {
      const { steps, lanes, units, pitch } = sequence;
      if (lanes === 0) return;
      const from = [rows(dPooled, sequence), address(lengths, lanes)] as const;
      module.poolMeanGradient(...from, overTime(dStates, sequence), steps, lanes, units, pitch * 4);
    },
    max(sequence, states, lengths, pooled, places) {
      const { lanes, units, pitch } = sequence;
      if (lanes === 0) return;
      const from = [overTime(states, sequence), address(lengths, lanes)] as const;
      module.poolMax(...from, rows(pooled, sequence), rows(places, sequence), lanes, units, pitch * 4);
    },
    maxGradient(sequence, dPooled, places, dStates) {
      const { steps, lanes, units, pitch } = sequence;
      if (lanes === 0) return;
      const from = [rows(dPooled, sequence), rows(places, sequence)] as const;
      module.poolMaxGradient(...from, overTime(dStates, sequence), steps, lanes, units, pitch * 4);
    },
    copyEnded(step, t, lengths, from, to) {
      if (step.lanes === 0) return;
      module.copyEnded(rows(from, step), rows(to, step), address(lengths, step.lanes), t, step.lanes, step.units);
    },
    addEnded(step, t, lengths, from, to) {
      if (step.lanes === 0) return;
      module.addEnded(rows(from, step), rows(to, step), address(lengths, step.lanes), t, step.lanes, step.units);
    },
    clearEnded(step, t, lengths, values) {
      if (step.lanes === 0) return;
      module.clearEnded(rows(values, step), address(lengths, step.lanes), t, step.lanes, step.units);
    },
  };
}
