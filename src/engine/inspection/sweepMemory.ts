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
  /** Where the two parts of an LSTM's ∂J/∂c are asked for. */
  paths: PathMemory | null;
}

/** The part of ∂J/∂c along the cell alone and the part that came through some h, [capacity,H] each. */
export interface PathMemory {
  direct: Float32Array;
  path: Float32Array;
  squares: Float64Array[];
  factors: Float32Array;
}

/** What is asked for besides the norms by the states. */
export interface SweepExtent {
  /** Most rows. */
  capacity: number;
  /** Columns of ∂J/∂x; 0 where nobody asks for it. */
  inputWidth: number;
  /** Whether the two parts of an LSTM's ∂J/∂c are asked for. */
  paths: boolean;
}

/** How much of everything a cell needs. */
interface Needs {
  stateBlocks: number;
  parts: number;
  candidates: number;
  vectors: number;
  norms: number;
}

function needsOf({ cell, resetGate }: NetworkConfig): Needs {
  const needs = { stateBlocks: 1, parts: 1, candidates: 0, vectors: 1, norms: 2 };
  if (cell === 'vanilla') return needs;
  if (cell === 'lstm') return { ...needs, stateBlocks: 2, parts: 4, vectors: 6, norms: 3 };
  if (resetGate === 'after') return { ...needs, parts: 5, vectors: 5 };
  return { ...needs, stateBlocks: 2, parts: 4, candidates: 2, vectors: 5 };
}

/** Columns of ∂J/∂x with those that fill up the last panel. */
function wholePanels(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL;
}

export function allocateSweep({ kernels, config }: NetworkPlan, extent: SweepExtent): SweepMemory {
  const { capacity, inputWidth } = extent;
  const H = config.hiddenUnits;
  const needs = needsOf(config);
  const inputColumns = wholePanels(inputWidth);
  const stateColumns = needs.stateBlocks * H;
  const several = <A>(count: number, allocate: () => A) => Array.from({ length: count }, allocate);
  const matrix = (columns: number) => kernels.allocate(capacity * columns);
  return {
    ...{ capacity, inputColumns, stateColumns },
    rows: [matrix(inputColumns + stateColumns), matrix(inputColumns + stateColumns)],
    parts: several(needs.parts, () => allocatePacked(kernels, H, inputColumns + H)),
    candidate: several(needs.candidates, () => allocatePacked(kernels, H, H)),
    step: allocatePacked(kernels, stateColumns, inputColumns + H),
    vectors: several(needs.vectors, () => kernels.allocate(H)),
    weights: kernels.allocate(stateColumns),
    squares: allocateSquares(kernels, needs.norms, capacity),
    factors: kernels.allocate(capacity),
    paths: extent.paths && config.cell === 'lstm' ? allocatePaths(kernels, capacity, H) : null,
  };
}

function allocatePaths(kernels: Allocator, capacity: number, H: number): PathMemory {
  return {
    direct: kernels.allocate(capacity * H),
    path: kernels.allocate(capacity * H),
    squares: allocateSquares(kernels, 2, capacity),
    factors: kernels.allocate(capacity),
  };
}

/** Side by side, as kernels write them. */
function allocateSquares(kernels: Allocator, count: number, capacity: number): Float64Array[] {
  const all = kernels.allocateDoubles(count * capacity);
  return Array.from({ length: count }, (_, k) => all.subarray(k * capacity, (k + 1) * capacity));
}

function allocatePacked(kernels: Allocator, k: number, n: number): PackedMatrix {
  return { values: kernels.allocate(packedLength(k, n)), k, n };
}
