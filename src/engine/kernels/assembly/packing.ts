// Copies blocks of a strided matrix into the order in which the micro-kernel reads them.

/** dst[k·pitch + j] = src[j·across + k·along] for j < width (0 from there to 4), k < length. Addresses and strides in bytes. */
export function packFour(
  dst: usize,
  pitch: usize,
  src: usize,
  across: usize,
  along: usize,
  width: i32,
  length: i32,
): void {
  if (width < 4) packPartial(dst, pitch, src, across, along, width, length);
  else if (across == 4) {
    for (let k = 0; k < length; k++) {
      v128.store(dst, v128.load(src));
      src += along;
      dst += pitch;
    }
  } else if (along == 4) packTransposed(dst, pitch, src, across, length);
  else packPartial(dst, pitch, src, across, along, 4, length);
}

function packPartial(dst: usize, pitch: usize, src: usize, across: usize, along: usize, width: i32, length: i32): void {
  for (let k = 0; k < length; k++) {
    v128.store(dst, f32x4.splat(0));
    for (let j = 0; j < width; j++) store<f32>(dst + ((<usize>j) << 2), load<f32>(src + <usize>j * across));
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
  packPartial(dst, pitch, src, across, 4, 4, length - k);
}
