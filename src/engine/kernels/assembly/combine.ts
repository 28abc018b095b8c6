// The matrix of a step of the all-pairs sweep, put together in the order in which products read it.
import { multiplyAdd } from './arithmetic';
import { TILE_COLUMNS } from './microkernel';

/** Bytes of a panel's row. */
const WIDTH: usize = (<usize>TILE_COLUMNS) << 2;

/** Rows first … first + k of a packed [rows,n] (+)= Σ factors[i]·source[i,·] over `count` (1 to 3) packed sources [k,n]. */
export function combinePacked(
  into: usize,
  rows: i32,
  first: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  count: i32,
  s0: usize,
  f0: usize,
  s1: usize,
  f1: usize,
  s2: usize,
  f2: usize,
): void {
  const panel = <usize>k * WIDTH;
  into += <usize>first * WIDTH;
  for (let column = 0; column < n; column += TILE_COLUMNS) {
    if (count == 1) combinePanel(1, into, k, accumulate, s0, f0, s1, f1, s2, f2);
    else if (count == 2) combinePanel(2, into, k, accumulate, s0, f0, s1, f1, s2, f2);
    else combinePanel(3, into, k, accumulate, s0, f0, s1, f1, s2, f2);
    into += <usize>rows * WIDTH;
    s0 += panel;
    s1 += panel;
    s2 += panel;
  }
}

/*inline*/ function combinePanel(
  count: i32,
  into: usize,
  k: i32,
  accumulate: bool,
  s0: usize,
  f0: usize,
  s1: usize,
  f1: usize,
  s2: usize,
  f2: usize,
): void {
  for (let row = 0; row < k; row++) {
    const a = v128.load32_splat(f0);
    const b = count > 1 ? v128.load32_splat(f1) : a;
    const c = count > 2 ? v128.load32_splat(f2) : a;
    for (let at: usize = 0; at < WIDTH; at += 32) {
      let x0 = f32x4.mul(a, v128.load(s0 + at));
      let x1 = f32x4.mul(a, v128.load(s0 + at, 16));
      if (count > 1) {
        x0 = multiplyAdd(b, v128.load(s1 + at), x0);
        x1 = multiplyAdd(b, v128.load(s1 + at, 16), x1);
      }
      if (count > 2) {
        x0 = multiplyAdd(c, v128.load(s2 + at), x0);
        x1 = multiplyAdd(c, v128.load(s2 + at, 16), x1);
      }
      if (accumulate) {
        x0 = f32x4.add(x0, v128.load(into + at));
        x1 = f32x4.add(x1, v128.load(into + at, 16));
      }
      v128.store(into + at, x0);
      v128.store(into + at, x1, 16);
    }
    into += WIDTH;
    s0 += WIDTH;
    s1 += WIDTH;
    s2 += WIDTH;
    f0 += 4;
    f1 += 4;
    f2 += 4;
  }
}
