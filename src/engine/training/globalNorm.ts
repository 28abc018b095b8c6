// Norms over all parameters at once, shared by the threads and accumulated in float64, and global-norm clipping
// (Pascanu, Mikolov, Bengio 2013).
import type { MatrixKernels } from '../kernels/matrixKernels';
import { partOf, type Share } from '../kernels/programs';

/** Values that are squared and added up at a time: the same pieces whatever threads there are, so the same bits. */
const PIECE = 1 << 14;

/** The norm of the values of some arrays. */
export class GlobalNorm {
  private readonly pieces: { values: Float32Array; squares: Float64Array }[];

  constructor(
    private readonly kernels: MatrixKernels,
    arrays: readonly Float32Array[],
  ) {
    this.pieces = arrays.flatMap((values) =>
      Array.from({ length: Math.ceil(values.length / PIECE) }, (_, at) => ({
        values: values.subarray(at * PIECE, (at + 1) * PIECE),
        squares: kernels.allocateDoubles(1),
      })),
    );
  }

  /** This thread's share of the sums that `value` adds up. */
  measure(share: Share): void {
    for (const { values, squares } of this.piecesOf(share)) this.kernels.storeSumOfSquares(values, squares);
  }

  /** This thread's share of values ← factor[0]·values. */
  scale(factor: Float32Array, share: Share): void {
    for (const { values } of this.piecesOf(share)) this.kernels.scaleBy(values, factor);
  }

  /** ‖(a₁, a₂, …)‖₂ as measured last; not finite exactly when some value is not. */
  get value(): number {
    return Math.sqrt(this.pieces.reduce((sum, { squares }) => sum + squares[0], 0));
  }

  private piecesOf(share: Share) {
    const { first, count } = partOf(share, this.pieces.length);
    return this.pieces.slice(first, first + count);
  }
}

/** What gradients of norm `norm` are multiplied by; 1 where they are not clipped, as always with a threshold of 0. */
export function clippingFactor(norm: number, threshold: number): number {
  return threshold === 0 || !(norm > threshold) ? 1 : threshold / norm;
}
