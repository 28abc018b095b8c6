// C = A·B in blocks that stay in the caches (Goto & van de Geijn 2008): B packed in panels of TILE_COLUMNS columns,
// A in strips of at most TILE_ROWS rows. Every element is summed over k in order, whatever the tile it falls into.
import { multiplyTile, TILE_COLUMNS, TILE_ROWS } from './microkernel';
import { packPanels, packStrip } from './packing';
import { BLOCK_COLUMNS, BLOCK_DEPTH, BLOCK_ROWS, EDGE_PITCH, edgeTile, packedA, packedB, zeros } from './scratch';

/** Bytes that `pack` needs for a matrix of k rows and n columns. */
export function packedBytes(k: i32, n: i32): usize {
  return (<usize>(k * ((n + TILE_COLUMNS - 1) / TILE_COLUMNS) * TILE_COLUMNS)) << 2;
}

/** Packs B [k,n] once for many products. */
export function pack(b: usize, bRow: usize, bColumn: usize, packed: usize, k: i32, n: i32): void {
  packPanels(packed, b, bRow, bColumn, k, n, TILE_COLUMNS);
}

/** Row-major C [m,n] (+)= A·B with B from `pack`. Addresses and strides in bytes; m, k, n ≥ 1. */
export function multiplyPacked(
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  c: usize,
  cRow: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
): void {
  const panelBytes = (<usize>(k * TILE_COLUMNS)) << 2;
  for (let depth = 0; depth < k; depth += BLOCK_DEPTH) {
    const length = min(BLOCK_DEPTH, k - depth);
    const panels = packed + ((<usize>(depth * TILE_COLUMNS)) << 2);
    multiplyRows(
      a + <usize>depth * aColumn,
      aRow,
      aColumn,
      panels,
      panelBytes,
      c,
      cRow,
      m,
      length,
      n,
      accumulate || depth > 0,
    );
  }
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
  for (let column = 0; column < n; column += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - column);
    const into = c + ((<usize>column) << 2);
    for (let depth = 0; depth < k; depth += BLOCK_DEPTH) {
      const length = min(BLOCK_DEPTH, k - depth);
      packPanels(
        packedB(),
        b + <usize>depth * bRow + <usize>column * bColumn,
        bRow,
        bColumn,
        length,
        columns,
        TILE_COLUMNS,
      );
      const panelBytes = (<usize>(length * TILE_COLUMNS)) << 2;
      const from = a + <usize>depth * aColumn;
      multiplyRows(from, aRow, aColumn, packedB(), panelBytes, into, cRow, m, length, columns, accumulate || depth > 0);
    }
  }
}

/** All rows of A, of which a block at a time is packed, times one block of packed B. */
function multiplyRows(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panels: usize,
  panelBytes: usize,
  c: usize,
  cRow: usize,
  m: i32,
  length: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let row = 0; row < m; row += BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, m - row);
    for (let i = 0, strip = 0; i < rows; strip++) {
      const height = stripHeight(rows, strip);
      packStrip(packedA() + ((<usize>(i * length)) << 2), a + <usize>(row + i) * aRow, aRow, aColumn, height, length);
      i += height;
    }
    multiplyBlock(panels, panelBytes, c + <usize>row * cRow, cRow, rows, length, columns, accumulate);
  }
}

/** Rows in strip number `strip` of a block: as even as can be, 32 rows in sixes are 6 6 5 5 5 5 and no tile half empty. */
function stripHeight(rows: i32, strip: i32): i32 {
  const strips = (rows + TILE_ROWS - 1) / TILE_ROWS;
  return rows / strips + i32(strip < rows % strips);
}

function multiplyBlock(
  panels: usize,
  panelBytes: usize,
  c: usize,
  cRow: usize,
  rows: i32,
  length: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const into = c + ((<usize>j) << 2);
    const width = min(TILE_COLUMNS, columns - j);
    for (let i = 0, strip = 0; i < rows; strip++) {
      const height = stripHeight(rows, strip);
      const packed = packedA() + ((<usize>(i * length)) << 2);
      const tile = into + <usize>i * cRow;
      if (width < TILE_COLUMNS) multiplyEdge(packed, panels, length, tile, cRow, height, width, accumulate);
      else if (accumulate) multiplyTile(height, packed, panels, length, tile, cRow, tile, cRow);
      else multiplyTile(height, packed, panels, length, zeros(), 0, tile, cRow);
      i += height;
    }
    panels += panelBytes;
  }
}

/** A tile that reaches beyond C's last column, by way of a whole one. */
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
  const end = edgeTile() + <usize>rows * EDGE_PITCH;
  if (accumulate)
    for (let at = edgeTile(), from = c; at < end; at += EDGE_PITCH, from += cRow) memory.copy(at, from, bytes);
  const from = accumulate ? edgeTile() : zeros();
  multiplyTile(rows, strip, panel, length, from, accumulate ? EDGE_PITCH : 0, edgeTile(), EDGE_PITCH);
  for (let at = edgeTile(), into = c; at < end; at += EDGE_PITCH, into += cRow) memory.copy(into, at, bytes);
}

/** dst[columns, rows] = transpose of src[rows, columns]. */
export function transpose(src: usize, dst: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      store<f32>(dst + ((<usize>(j * rows + i)) << 2), load<f32>(src + ((<usize>(i * columns + j)) << 2)));
}
