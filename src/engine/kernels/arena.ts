// A fixed stretch of memory handed out in order: every tensor of a run lives here, so nothing is allocated while training.

const ALIGNMENT = 64;

/** Bytes that `length` float32 values occupy in an arena, padding included. */
function alignedBytes(length: number): number {
  return Math.ceil((length * 4) / ALIGNMENT) * ALIGNMENT;
}

export class Arena {
  private top: number;

  /** Hands out `buffer` from byte `start` (rounded up to a cache line) to its end. */
  constructor(
    readonly buffer: ArrayBufferLike,
    start: number,
  ) {
    this.top = Math.ceil(start / ALIGNMENT) * ALIGNMENT;
  }

  /** A 64-byte aligned array of `length` values, zeroed together with its padding. Throws RangeError when the arena is full. */
  allocate(length: number): Float32Array {
    const end = this.top + alignedBytes(length);
    if (end > this.buffer.byteLength)
      throw new RangeError(
        `arena of ${this.buffer.byteLength} bytes is full: ${end - this.buffer.byteLength} more needed`,
      );
    new Uint8Array(this.buffer, this.top, end - this.top).fill(0);
    const values = new Float32Array(this.buffer, this.top, length);
    this.top = end;
    return values;
  }

  /** The same for float64 values. */
  allocateDoubles(length: number): Float64Array {
    const { buffer, byteOffset } = this.allocate(2 * length);
    return new Float64Array(buffer, byteOffset, length);
  }

  /** The same for 32-bit integers. */
  allocateInts(length: number): Int32Array {
    const { buffer, byteOffset } = this.allocate(length);
    return new Int32Array(buffer, byteOffset, length);
  }

  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }
}
