// The matrix products of both kernels against a float64 triple loop.
import assert from 'node:assert/strict';
import { columnsOf, transposed, type MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { randomNumbers } from '../../oracle/smallNetworks';
import { ALL_VARIANTS, inArena, kernelsNamed, largestDifference } from './kernelsUnderTest';

const random = randomNumbers(7);
const randomValues = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1);

/** The definition: c[i,j] = start[i,j] + Σₚ a(i,p)·b(p,j). */
function product(
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
  start: Float32Array,
  [m, k, n]: number[],
): Float64Array {
  const c = Float64Array.from(start);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) for (let p = 0; p < k; p++) c[i * n + j] += a(i, p) * b(p, j);
  return c;
}

const SHAPES = [
  [1, 1, 1],
  [1, 7, 3],
  [4, 8, 8],
  [5, 3, 9],
  [3, 300, 17],
  [65, 2, 5],
  [67, 259, 13],
  [2, 5, 521],
  [130, 31, 33],
];

for (const name of ALL_VARIANTS)
  describe(`matrix product in ${name}`, () => {
    let kernels: MatrixKernels;
    before(async () => (kernels = await kernelsNamed(name, 8 << 20)));
    beforeEach(() => kernels.release(initial ?? (initial = kernels.mark())));
    let initial: number | undefined;

    for (const shape of SHAPES) {
      const [m, k, n] = shape;
      for (const accumulate of [false, true])
        it(`is right for [${m},${k}]·[${k},${n}]${accumulate ? ', added to what was there' : ''}`, () => {
          const [a, b, before] = [randomValues(m * k), randomValues(k * n), randomValues(m * n)];
          const c = inArena(kernels, before);
          kernels.multiply(inArena(kernels, a), inArena(kernels, b), c, m, k, n, accumulate);
          const start = accumulate ? before : new Float32Array(m * n);
          const expected = product(
            (i, p) => a[i * k + p],
            (p, j) => b[p * n + j],
            start,
            shape,
          );
          assert.ok(largestDifference(c, expected) < 2e-5, `${largestDifference(c, expected)}`);

          const again = inArena(kernels, before);
          const packed = kernels.pack(columnsOf(inArena(kernels, b), n), k, n);
          kernels.multiplyPacked(columnsOf(inArena(kernels, a), k), packed, columnsOf(again, n), m, accumulate);
          assert.deepEqual(again, c);
        });

      it(`is right for transposed views of [${k},${m}] and [${n},${k}] and leaves other columns of C alone`, () => {
        const [a, b] = [randomValues(k * m), randomValues(n * k)];
        const c = inArena(kernels, new Float32Array(m * (n + 2)).fill(9));
        const left = transposed(columnsOf(inArena(kernels, a), m));
        const right = transposed(columnsOf(inArena(kernels, b), k));
        kernels.multiplyStrided(left, right, columnsOf(c, n + 2, 1), m, k, n, false);
        const expected = product(
          (i, p) => a[p * m + i],
          (p, j) => b[j * k + p],
          new Float32Array(m * n),
          shape,
        );
        for (let i = 0; i < m; i++) {
          const row = c.subarray(i * (n + 2), (i + 1) * (n + 2));
          assert.deepEqual([row[0], row[n + 1]], [9, 9]);
          assert.ok(largestDifference(row.subarray(1, n + 1), expected.subarray(i * n, (i + 1) * n)) < 2e-5);
        }
      });
    }

    it('gives a row the same bits whichever rows are computed beside it', () => {
      const [k, n] = [270, 21];
      const a = inArena(kernels, randomValues(9 * k));
      const b = inArena(kernels, randomValues(k * n));
      const together = inArena(kernels, new Float32Array(9 * n).fill(0.3));
      const alone = inArena(kernels, new Float32Array(n).fill(0.3));
      kernels.multiply(a, b, together, 9, k, n, true);
      kernels.multiply(a.subarray(8 * k), b, alone, 1, k, n, true);
      assert.deepEqual(alone, together.slice(8 * n));
    });

    it('transposes', () => {
      const source = randomValues(15);
      const target = kernels.allocate(15);
      kernels.transpose(inArena(kernels, source), target, 3, 5);
      for (let i = 0; i < 3; i++) for (let j = 0; j < 5; j++) assert.equal(target[j * 3 + i], source[i * 5 + j]);
    });

    it('hands out aligned zeroed memory, takes it back in order and refuses more than it has', () => {
      const mark = kernels.mark();
      kernels.allocate(100).fill(5);
      kernels.release(mark);
      const again = kernels.allocate(100);
      assert.equal(again.byteOffset % 64, 0);
      assert.ok(again.every((value) => value === 0));
      assert.throws(() => kernels.allocate(4 << 20), RangeError);
    });
  });

describe('the SIMD kernels', () => {
  it('refuse arrays that are not theirs or too short', async () => {
    const kernels = await kernelsNamed('simd', 65536);
    const own = kernels.allocate(4);
    assert.throws(() => kernels.multiply(new Float32Array(4), own, own, 2, 2, 2, false), TypeError);
    assert.throws(() => kernels.multiply(own, own, own, 3, 2, 2, false), RangeError);
  });
});
