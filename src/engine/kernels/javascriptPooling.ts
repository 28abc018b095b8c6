// Pooling over time in plain TypeScript: the definition of assembly/pooling.ts.
import type { LaneSequence, LaneStep, PoolingKernels } from './poolingKernels';

export const javascriptPooling: PoolingKernels = {
  mean({ lanes, units, pitch }, states, lengths, pooled) {
    for (let at = 0; at < lanes * units; at++) {
      const length = lengths[Math.floor(at / units)];
      let sum = 0;
      for (let t = 0; t < length; t++) sum += states[t * pitch + at];
      pooled[at] = sum / length;
    }
  },

  meanGradient(sequence, dPooled, lengths, dStates) {
    write(sequence, dStates, (t, lane, at) => (t < lengths[lane] ? dPooled[at] / lengths[lane] : 0));
  },

  max({ lanes, units, pitch }, states, lengths, pooled, places) {
    for (let at = 0; at < lanes * units; at++) {
      pooled[at] = states[at];
      places[at] = 0;
      for (let t = 1; t < lengths[Math.floor(at / units)]; t++) {
        const value = states[t * pitch + at];
        if (value > pooled[at]) places[at] = t;
        pooled[at] = Math.max(pooled[at], value);
      }
    }
  },

  maxGradient(sequence, dPooled, places, dStates) {
    write(sequence, dStates, (t, _lane, at) => (places[at] === t ? dPooled[at] : 0));
  },

  copyEnded(step, t, lengths, from, to) {
    forEnded(step, t, lengths, (at) => (to[at] = from[at]));
  },

  addEnded(step, t, lengths, from, to) {
    forEnded(step, t, lengths, (at) => (to[at] += from[at]));
  },

  clearEnded(step, t, lengths, values) {
    forEnded(step, t, lengths, (at) => (values[at] = 0));
  },
};

function write(
  { steps, lanes, units, pitch }: LaneSequence,
  into: Float32Array,
  value: (t: number, lane: number, at: number) => number,
): void {
  for (let t = 0; t < steps; t++)
    for (let at = 0; at < lanes * units; at++) into[t * pitch + at] = value(t, Math.floor(at / units), at);
}

function forEnded({ lanes, units }: LaneStep, t: number, lengths: Int32Array, visit: (at: number) => void): void {
  for (let lane = 0; lane < lanes; lane++)
    if (lengths[lane] <= t) for (let at = lane * units; at < (lane + 1) * units; at++) visit(at);
}
