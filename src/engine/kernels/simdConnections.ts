// Connections between layers in the WebAssembly module: arrays become addresses.
import { dropoutScale, dropoutThreshold, type ConnectionKernels } from './connectionKernels';

/** The module's exports for connections, in the order of assembly/connections.ts. */
export interface ConnectionModule {
  addValues(a: number, b: number, into: number, count: number): void;
  copyValues(from: number, into: number, count: number): void;
  highway(gate: number, states: number, carried: number, into: number, count: number): void;
  highwayGradient(
    ...args: [
      ...given: [gate: number, states: number, carried: number, dOutput: number],
      ...received: [dGate: number, dStates: number, dCarried: number],
      count: number,
    ]
  ): void;
  dropout(
    ...args: [
      ...arrays: [from: number, into: number, count: number],
      ...mask: [key: number, first: number, threshold: number, scale: number],
      accumulate: number,
    ]
  ): void;
}

/** `address` checks that an array is the arena's and has so many values. */
export function createSimdConnections(
  module: ConnectionModule,
  address: (values: Float32Array | Int32Array, needed: number) => number,
): ConnectionKernels {
  return {
    copy(from, into) {
      const count = into.length;
      if (count > 0) module.copyValues(address(from, count), address(into, count), count);
    },
    add(a, b, into) {
      const count = into.length;
      if (count > 0) module.addValues(address(a, count), address(b, count), address(into, count), count);
    },
    highway(gate, states, carried, into) {
      const count = into.length;
      if (count === 0) return;
      const given = [address(gate, count), address(states, count), address(carried, count)] as const;
      module.highway(...given, address(into, count), count);
    },
    highwayGradient({ gate, states, carried, dOutput, dGate, dStates, dCarried }) {
      const count = dCarried.length;
      if (count === 0) return;
      const of = (values: Float32Array) => address(values, count);
      const given = [of(gate), of(states), of(carried), of(dOutput)] as const;
      module.highwayGradient(...given, of(dGate), of(dStates), of(dCarried), count);
    },
    dropout(from, into, { key, first, rate }, accumulate) {
      const count = into.length;
      if (count === 0) return;
      const arrays = [address(from, count), address(into, count), count] as const;
      const mask = [address(key, 1), first, dropoutThreshold(rate), dropoutScale(rate)] as const;
      module.dropout(...arrays, ...mask, accumulate ? 1 : 0);
    },
  };
}
