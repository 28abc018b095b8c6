// Copies blocks of a strided matrix into the order in which the micro-kernel reads them. Addresses and strides in bytes.

/** dst[k·height + i] = src[i·across + k·along] for i < height ≤ 6, k < length: rows of A as the micro-kernel takes them. */
export function packStrip(dst: usize, src: usize, across: usize, along: usize, height: i32, length: i32): void {
  const pitch = (<usize>height) << 2;
  if (across == 4 && height >= 4) packDense(dst, pitch, src, along, height, length);
  else if (along == 4 && height >= 4) {
    packTransposed(dst, pitch, src, across, length);
    if (height == 6) packTransposedTwo(dst + 16, pitch, src + 4 * across, across, length);
    else packScalars(dst + 16, pitch, src + 4 * across, across, along, height - 4, length);
  } else packScalars(dst, pitch, src, across, along, height, length);
}

/** Panels of `width` columns, [k][width] each, the last one filled up with zeros. */
export function packPanels(
  dst: usize,
  src: usize,
  row: usize,
  column: usize,
  length: i32,
  columns: i32,
  width: i32,
): void {
  const pitch = (<usize>width) << 2;
  for (let j = 0; j < columns; j += width) {
    if (column == 4 && j + width <= columns) packWhole(dst, pitch, src, row, length);
    else
      for (let four = 0; four < width; four += 4)
        packFour(
          dst + ((<usize>four) << 2),
          pitch,
          src + <usize>four * column,
          column,
          row,
          max(0, min(4, columns - j - four)),
          length,
        );
    src += <usize>width * column;
    dst += <usize>length * pitch;
  }
}

/** A panel whose rows are dense in the source: 32 bytes at a time. */
function packWhole(dst: usize, pitch: usize, src: usize, row: usize, length: i32): void {
  for (let k = 0; k < length; k++) {
    for (let at: usize = 0; at < pitch; at += 32) {
      const low = v128.load(src + at);
      const high = v128.load(src + at, 16);
      v128.store(dst + at, low);
      v128.store(dst + at, high, 16);
    }
    src += row;
    dst += pitch;
  }
}

/** dst[k·pitch + j] = src[j·across + k·along] for j < width (0 from there to 4), k < length. */
function packFour(dst: usize, pitch: usize, src: usize, across: usize, along: usize, width: i32, length: i32): void {
  if (width == 4 && along == 4) packTransposed(dst, pitch, src, across, length);
  else {
    for (let k: usize = 0; k < <usize>length; k++) v128.store(dst + k * pitch, f32x4.splat(0));
    packScalars(dst, pitch, src, across, along, width, length);
  }
}

function packScalars(dst: usize, pitch: usize, src: usize, across: usize, along: usize, width: i32, length: i32): void {
  for (let k = 0; k < length; k++) {
    for (let j = 0; j < width; j++) store<f32>(dst + ((<usize>j) << 2), load<f32>(src + <usize>j * across));
    src += along;
    dst += pitch;
  }
}

/** Rows of 4 to 6 values that lie side by side. Writes in order, so that what a vector has too much is overwritten. */
function packDense(dst: usize, pitch: usize, src: usize, along: usize, height: i32, length: i32): void {
  if (height == 6) {
    for (let k = 0; k < length; k++) {
      v128.store(dst, v128.load(src));
      store<u64>(dst + 16, load<u64>(src + 16));
      src += along;
      dst += 24;
    }
    return;
  }
  for (let k = 0; k < length; k++) {
    v128.store(dst, v128.load(src));
    if (height == 5) store<f32>(dst + 16, load<f32>(src + 16));
    src += along;
    dst += pitch;
  }
}

/** Four rows `across` bytes apart become four columns, in 4×4 blocks. */
function packTransposed(dst: usize, pitch: usize, src: usize, across: usize, length: i32): void {
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    const r0 = v128.load(src);
    const r1 = v128.load(src + across);
    const r2 = v128.load(src + 2 * across);
    const r3 = v128.load(src + 3 * across);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(dst, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(dst + pitch, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    v128.store(dst + 2 * pitch, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    v128.store(dst + 3 * pitch, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    src += 16;
    dst += 4 * pitch;
  }
  packScalars(dst, pitch, src, across, 4, 4, length - k);
}

/** Two rows become two columns. */
function packTransposedTwo(dst: usize, pitch: usize, src: usize, across: usize, length: i32): void {
  let k = 0;
  for (; k + 4 <= length; k += 4) {
    const r0 = v128.load(src);
    const r1 = v128.load(src + across);
    const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    v128.store_lane<u64>(dst, low, 0);
    v128.store_lane<u64>(dst + pitch, low, 1);
    v128.store_lane<u64>(dst + 2 * pitch, high, 0);
    v128.store_lane<u64>(dst + 3 * pitch, high, 1);
    src += 16;
    dst += 4 * pitch;
  }
  packScalars(dst, pitch, src, across, 4, 2, length - k);
}
