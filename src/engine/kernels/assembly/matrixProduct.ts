// C = A·B in blocks that stay in the caches (Goto & van de Geijn 2008): B packed in panels of 8 columns, A in strips of 4 rows.
import { multiplyTile } from './microkernel';
import { packFour } from './packing';

const ROWS = 64;
const COLUMNS = 512;
const DEPTH = 256;

const PACKED_A: usize = (__heap_base + 63) & ~63;
const PACKED_B: usize = PACKED_A + ROWS * DEPTH * 4;
const EDGE_TILE: usize = PACKED_B + COLUMNS * DEPTH * 4;

/** First byte that is not scratch memory of these kernels. */
export function arenaStart(): usize {
  return EDGE_TILE + 128;
}

/** Row-major C [m,n], row stride cRow; A and B with any strides. Addresses and strides in bytes; m, k, n ≥ 1. */
export function multiply(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
): void {
  for (let column = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column);
    for (let depth = 0; depth < k; depth += DEPTH) {
      const length = min(DEPTH, k - depth);
      packColumns(b + <usize>depth * bRow + <usize>column * bColumn, bRow, bColumn, length, columns);
      for (let row = 0; row < m; row += ROWS) {
        const rows = min(ROWS, m - row);
        packRows(a + <usize>row * aRow + <usize>depth * aColumn, aRow, aColumn, rows, length);
        const into = c + <usize>row * cRow + ((<usize>column) << 2);
        multiplyBlock(into, cRow, rows, length, columns, accumulate || depth > 0);
      }
    }
  }
}

function packRows(a: usize, aRow: usize, aColumn: usize, rows: i32, length: i32): void {
  for (let i = 0; i < rows; i += 4)
    packFour(PACKED_A + ((<usize>(i * length)) << 2), 16, a + <usize>i * aRow, aRow, aColumn, min(4, rows - i), length);
}

function packColumns(b: usize, bRow: usize, bColumn: usize, length: i32, columns: i32): void {
  for (let j = 0; j < columns; j += 8) {
    const panel = PACKED_B + ((<usize>(j * length)) << 2);
    const from = b + <usize>j * bColumn;
    packFour(panel, 32, from, bColumn, bRow, min(4, columns - j), length);
    packFour(panel + 16, 32, from + 4 * bColumn, bColumn, bRow, max(0, min(4, columns - j - 4)), length);
  }
}

function multiplyBlock(c: usize, cRow: usize, rows: i32, length: i32, columns: i32, accumulate: bool): void {
  for (let j = 0; j < columns; j += 8) {
    const panel = PACKED_B + ((<usize>(j * length)) << 2);
    for (let i = 0; i < rows; i += 4) {
      const strip = PACKED_A + ((<usize>(i * length)) << 2);
      const into = c + <usize>i * cRow + ((<usize>j) << 2);
      if (i + 4 <= rows && j + 8 <= columns) multiplyTile(strip, panel, length, into, cRow, accumulate);
      else multiplyEdge(strip, panel, length, into, cRow, min(4, rows - i), min(8, columns - j), accumulate);
    }
  }
}

/** A tile that reaches beyond C, by way of a whole one; every element is summed in the same order as inside. */
function multiplyEdge(
  strip: usize,
  panel: usize,
  length: i32,
  c: usize,
  cRow: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  const bytes = (<usize>columns) << 2;
  if (accumulate) for (let i: usize = 0; i < <usize>rows; i++) memory.copy(EDGE_TILE + 32 * i, c + cRow * i, bytes);
  multiplyTile(strip, panel, length, EDGE_TILE, 32, accumulate);
  for (let i: usize = 0; i < <usize>rows; i++) memory.copy(c + cRow * i, EDGE_TILE + 32 * i, bytes);
}

/** dst[columns, rows] = transpose of src[rows, columns]. */
export function transpose(src: usize, dst: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      store<f32>(dst + ((<usize>(j * rows + i)) << 2), load<f32>(src + ((<usize>(i * columns + j)) << 2)));
}
