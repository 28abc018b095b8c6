// What the output layer reads of the top layer, and where its gradient goes: the states after one step, or, where sequences are classified,
// those of all steps pooled into one.
import { columnsOf, shifted, type StridedMatrix } from '../kernels/matrixKernels';
import { finalRow, firstOutputRow, stateRows, type StateRows } from '../network/layerTrace';
import { classHeadOf, type NetworkConfig } from '../network/networkConfig';

/** Of `lanes` versions of one sequence, for one part of the top layer's output. */
export interface ReadOut {
  /** [B,H]: what is multiplied with W_o; `pooled` [B,H] is scratch memory. */
  states(top: StateRows, pooled: Float32Array): StridedMatrix;
  /** Adds ∂F/∂states [H], the same for every lane, to the gradients of the top layer's states, which are laid out as they are. */
  spread(top: StateRows, slope: Float32Array, pooledFrom: Float32Array, into: Float32Array): void;
}

/** After token `step`; of a network that classifies sequences the step does not matter. */
export function readOutOf(config: NetworkConfig, step: number): ReadOut {
  const H = config.hiddenUnits;
  const head = classHeadOf(config);
  if (!head) return afterRow(H, ({ place }) => stateRows(place, step).after);
  if (head.pooling === 'last') return afterRow(H, finalRow);
  return head.pooling === 'mean' ? meanOf(H) : largestOf(H);
}

function afterRow(H: number, rowOf: (top: StateRows) => number): ReadOut {
  return {
    states: (top) => shifted(columnsOf(top.h, H), rowOf(top) * top.B, 0),
    spread: (top, slope, _pooled, into) => {
      for (let lane = 0; lane < top.B; lane++) into.set(slope, (rowOf(top) * top.B + lane) * H);
    },
  };
}

function meanOf(H: number): ReadOut {
  return {
    states: (top, pooled) => {
      pooled.fill(0);
      forEachState(top, H, (_at, of, value) => (pooled[of] += value / top.T));
      return columnsOf(pooled, H);
    },
    spread: (top, slope, _pooled, into) => forEachState(top, H, (at, of) => (into[at] += slope[of % H] / top.T)),
  };
}

function largestOf(H: number): ReadOut {
  return {
    states: (top, pooled) => {
      pooled.fill(-Infinity);
      forEachState(top, H, (_at, of, value) => (pooled[of] = Math.max(pooled[of], value)));
      return columnsOf(pooled, H);
    },
    // The first of equals, as the pooling kernels choose.
    spread: (top, slope, pooled, into) => {
      const taken = new Uint8Array(top.B * H);
      forEachState(top, H, (at, of, value) => {
        if (taken[of] || value !== pooled[of]) return;
        taken[of] = 1;
        into[at] += slope[of % H];
      });
    },
  };
}

/** Visits every unit of every lane token by token: its place in `h`, and in a row of all lanes. */
function forEachState(
  { place, T, B, h }: StateRows,
  H: number,
  visit: (at: number, ofLanes: number, value: number) => void,
): void {
  const first = firstOutputRow(place) * B * H;
  for (let k = 0; k < T * B * H; k++) visit(first + k, k % (B * H), h[first + k]);
}
