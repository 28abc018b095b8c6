// Memory that every thread has for itself: the module is instantiated once per thread over one shared memory, and each instance
// is given the address of its own stretch as an imported constant.

/** Address of this thread's scratch memory, 64-byte aligned; `scratchBytes` long. */
export declare const SCRATCH: usize;

const ROWS = 96;
const COLUMNS = 256;
const DEPTH = 256;

/** Largest blocks of a product that are packed at a time. */
export const BLOCK_ROWS: i32 = ROWS;
export const BLOCK_COLUMNS: i32 = COLUMNS;
export const BLOCK_DEPTH: i32 = DEPTH;

// Offsets from SCRATCH. Packing writes whole vectors, the last of which may reach beyond the strip.
const LANES: usize = 64;
const PACKED_A: usize = 1024;
const PACKED_B: usize = PACKED_A + ROWS * DEPTH * 4 + 64;
const EDGE_TILE: usize = PACKED_B + COLUMNS * DEPTH * 4;
export const EDGE_PITCH: usize = 64;
const ZEROS: usize = EDGE_TILE + 6 * EDGE_PITCH;
const END: usize = ZEROS + EDGE_PITCH;

/** Room for the last few values of a row: 32 bytes. */
/*inline*/ export function tail(): usize {
  return SCRATCH;
}

/** Room for 15 padded copies of 32 bytes. */
/*inline*/ export function paddedCopies(): usize {
  return SCRATCH + LANES;
}

/*inline*/ export function packedA(): usize {
  return SCRATCH + PACKED_A;
}

/*inline*/ export function packedB(): usize {
  return SCRATCH + PACKED_B;
}

/** A whole tile of C, rows EDGE_PITCH apart. */
/*inline*/ export function edgeTile(): usize {
  return SCRATCH + EDGE_TILE;
}

/** A row of a tile that is never written: zero. */
/*inline*/ export function zeros(): usize {
  return SCRATCH + ZEROS;
}

/** Bytes from SCRATCH on that one thread uses. */
export function scratchBytes(): usize {
  return END;
}

/** First byte after the module's constants; they must end before the first thread's scratch memory. */
export function constantsEnd(): usize {
  return __heap_base;
}
