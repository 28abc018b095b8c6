// The timesteps of the cells in the WebAssembly module: arrays become addresses, columns become bytes.
import type { Activation } from '../cells/cellDescription';
import type { CellKernels } from './cellKernels';

type Addresses = number[];

/** The module's exports for cells: addresses and pitches in bytes, in the order of the assembly sources. */
export interface CellModule {
  lstmForward(...args: Addresses): void;
  lstmBackward(...args: Addresses): void;
  gruReset(...args: Addresses): void;
  gruGatePast(...args: Addresses): void;
  gruState(...args: Addresses): void;
  gruBackwardState(...args: Addresses): void;
  gruBackwardBefore(...args: Addresses): void;
  gruBackwardAfter(...args: Addresses): void;
  vanillaForward(kind: number, gates: number, h: number, count: number): void;
  vanillaBackward(kind: number, h: number, dh: number, dGates: number, count: number): void;
}

export const ACTIVATION_CODES: Record<Activation, number> = { sigmoid: 0, tanh: 1, relu: 2 };

/** `address` checks that an array is the arena's and has so many values. */
export function createSimdCells(
  module: CellModule,
  address: (values: Float32Array, needed: number) => number,
): CellKernels {
  return {
    lstmForward({ lanes, units, gateColumns }, { f, i, o, g }, { gates, previousC, c, tanhC, h }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const states = [address(previousC, size), address(c, size), address(tanhC, size), address(h, size)];
      module.lstmForward(z + f * 4, z + i * 4, z + o * 4, z + g * 4, gateColumns * 4, ...states, lanes, units);
    },

    lstmBackward({ lanes, units, gateColumns }, { f, i, o, g }, { gates, dGates, previousC, tanhC, dh, dc }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const toGradient = address(dGates, lanes * gateColumns) - z;
      const states = [address(previousC, size), address(tanhC, size), address(dh, size), address(dc, size)];
      const blocks = [z + f * 4, z + i * 4, z + o * 4, z + g * 4];
      module.lstmBackward(...blocks, gateColumns * 4, toGradient, ...states, lanes, units);
    },

    gruReset({ lanes, units, gateColumns }, { r }, { gates, previousH, past }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      module.gruReset(z + r * 4, gateColumns * 4, address(previousH, size), address(past, size), lanes, units);
    },

    gruGatePast({ lanes, units, gateColumns }, { r, g }, { gates, past }) {
      const z = address(gates, lanes * gateColumns);
      module.gruGatePast(z + r * 4, z + g * 4, gateColumns * 4, address(past, lanes * units), lanes, units);
    },

    gruState({ lanes, units, gateColumns }, { u, g }, { gates, previousH, h }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const states = [address(previousH, size), address(h, size)];
      module.gruState(z + u * 4, z + g * 4, gateColumns * 4, ...states, lanes, units);
    },

    gruBackwardState({ lanes, units, gateColumns }, { u, g }, { gates, dGates, previousH, dh, dPreviousH }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const toGradient = address(dGates, lanes * gateColumns) - z;
      const states = [address(previousH, size), address(dh, size), address(dPreviousH, size)];
      module.gruBackwardState(z + u * 4, z + g * 4, gateColumns * 4, toGradient, ...states, lanes, units);
    },

    gruBackwardBefore({ lanes, units, gateColumns }, { r }, { gates, dGates, previousH, dPast, dPreviousH }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const toGradient = address(dGates, lanes * gateColumns) - z;
      const states = [address(previousH, size), address(dPast, size), address(dPreviousH, size)];
      module.gruBackwardBefore(z + r * 4, gateColumns * 4, toGradient, ...states, lanes, units);
    },

    gruBackwardAfter({ lanes, units, gateColumns }, { r, g }, { gates, dGates, past, dPast }) {
      const [z, size] = [address(gates, lanes * gateColumns), lanes * units];
      const toGradient = address(dGates, lanes * gateColumns) - z;
      const states = [address(past, size), address(dPast, size)];
      module.gruBackwardAfter(z + r * 4, z + g * 4, gateColumns * 4, toGradient, ...states, lanes, units);
    },

    vanillaForward(kind, { lanes, units }, gates, h) {
      const count = lanes * units;
      module.vanillaForward(ACTIVATION_CODES[kind], address(gates, count), address(h, count), count);
    },

    vanillaBackward(kind, { lanes, units }, h, dh, dGates) {
      const count = lanes * units;
      const arrays = [address(h, count), address(dh, count), address(dGates, count)] as const;
      module.vanillaBackward(ACTIVATION_CODES[kind], ...arrays, count);
    },
  };
}
