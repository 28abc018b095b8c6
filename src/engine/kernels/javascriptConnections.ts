// Connections between layers in plain TypeScript: the definition of assembly/connections.ts.
import { dropoutScale, dropoutThreshold, type ConnectionKernels } from './connectionKernels';

export const javascriptConnections: ConnectionKernels = {
  copy(from, into) {
    into.set(from.subarray(0, into.length));
  },

  add(a, b, into) {
    for (let k = 0; k < into.length; k++) into[k] = a[k] + b[k];
  },

  highway(gate, states, carried, into) {
    for (let k = 0; k < into.length; k++) into[k] = carried[k] + gate[k] * (states[k] - carried[k]);
  },

  highwayGradient({ gate, states, carried, dOutput, dGate, dStates, dCarried }) {
    for (let k = 0; k < dCarried.length; k++) {
      const [T, dy] = [gate[k], dOutput[k]];
      dGate[k] = dy * (states[k] - carried[k]) * (T * (1 - T));
      dStates[k] = dy * T;
      dCarried[k] = dy * (1 - T);
    }
  },

  dropout(from, into, { key: [key], first, rate }, accumulate) {
    const [threshold, scale] = [dropoutThreshold(rate), dropoutScale(rate)];
    for (let k = 0; k < into.length; k++) {
      const kept = mix(mix(first + k) ^ key) >>> 0 >= threshold ? from[k] * scale : 0;
      into[k] = accumulate ? into[k] + kept : kept;
    }
  },
};

/** A number of 32 bits scattered over all of them (Wellons' lowbias32). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
