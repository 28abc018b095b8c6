// The memory of one direction of a layer in the all-pairs sweep, all in the arena.
import { packedLength, PANEL, type Allocator, type PackedMatrix } from '../kernels/matrixKernels';
import type { NetworkPlan } from '../network/languageModel';
import type { NetworkConfig } from '../network/networkConfig';

export interface SweepMemory {
  /** Most rows. */
  capacity: number;
  /** Columns of ∂J/∂x, filled up to whole panels. */
  inputColumns: number;
  /** Columns of the state that goes into a step's product: H, or 2H. */
  stateColumns: number;
  /** ∂J/∂x | ∂J/∂state [capacity, inputColumns + stateColumns], of this step and of the next one. */
  rows: [Float32Array, Float32Array];
  /** What else goes from step to step, [capacity,H] each. */
  carried: Float32Array[];
  /** Blocks of [W_xᵀ | W_hᵀ], packed [H, inputColumns + H]. */
  parts: PackedMatrix[];
  /** A GRU's W_hᵀ of the candidate, packed [H,H]: as it is, and as the step multiplies by it. */
  candidate: PackedMatrix[];
  /** The step's matrix, packed [stateColumns, inputColumns + H]. */
  step: PackedMatrix;
  /** Factors of single units, [H] each. */
  vectors: Float32Array[];
  /** What makes of a row the gradient of W_h [stateColumns]. */
  weights: Float32Array;
  /** Squared norms of the rows, [capacity] each. */
  squares: Float64Array[];
  /** One per row. */
  factors: Float32Array;
}

/** How much of everything a cell needs. */
interface Needs {
  stateBlocks: number;
  carried: number;
  parts: number;
  candidates: number;
  vectors: number;
  norms: number;
}

function needsOf({ cell, resetGate }: NetworkConfig): Needs {
  const needs = { stateBlocks: 1, carried: 0, parts: 1, candidates: 0, vectors: 1, norms: 2 };
  if (cell === 'vanilla') return needs;
  if (cell === 'lstm') return { ...needs, stateBlocks: 2, carried: 2, parts: 4, vectors: 6, norms: 5 };
  if (resetGate === 'after') return { ...needs, parts: 5, vectors: 5 };
  return { ...needs, stateBlocks: 2, parts: 4, candidates: 2, vectors: 5 };
}

/** Columns of ∂J/∂x with those that fill up the last panel. */
function wholePanels(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL;
}

/** For at most `capacity` rows and `inputWidth` columns of ∂J/∂x (0 where nobody asks for it). */
export function allocateSweep({ kernels, config }: NetworkPlan, capacity: number, inputWidth: number): SweepMemory {
  const H = config.hiddenUnits;
  const needs = needsOf(config);
  const inputColumns = wholePanels(inputWidth);
  const stateColumns = needs.stateBlocks * H;
  const several = <A>(count: number, allocate: () => A) => Array.from({ length: count }, allocate);
  const matrix = (columns: number) => kernels.allocate(capacity * columns);
  const squares = kernels.allocateDoubles(needs.norms * capacity);
  return {
    ...{ capacity, inputColumns, stateColumns },
    rows: [matrix(inputColumns + stateColumns), matrix(inputColumns + stateColumns)],
    carried: several(needs.carried, () => matrix(H)),
    parts: several(needs.parts, () => allocatePacked(kernels, H, inputColumns + H)),
    candidate: several(needs.candidates, () => allocatePacked(kernels, H, H)),
    step: allocatePacked(kernels, stateColumns, inputColumns + H),
    vectors: several(needs.vectors, () => kernels.allocate(H)),
    weights: kernels.allocate(stateColumns),
    squares: Array.from({ length: needs.norms }, (_, k) => squares.subarray(k * capacity, (k + 1) * capacity)),
    factors: kernels.allocate(capacity),
  };
}

function allocatePacked(kernels: Allocator, k: number, n: number): PackedMatrix {
  return { values: kernels.allocate(packedLength(k, n)), k, n };
}
