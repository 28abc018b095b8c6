// Writes the innermost product for a tile shape as AssemblyScript: `node generateMicrokernel.mjs 6 16` prints it.
//
// A tile of `rows` × `columns` of C stays in registers while K runs once:
//   for k: for i: for j:  c[i][j] ← a[k][i]·b[k][j] + c[i][j]
// A is packed [k][rows] and read one value at a time into all lanes; B is packed [k][columns].
//
// Tile shapes. x64 has 16 vector registers, each 128 bits wide without, 256 with V8's revectorizer:
//   4×8   8 accumulators of 4 lanes, 2 of b, 1 of a, and one for a product that is not fused. 6×8 would need 12 + 2 + 1 + 1:
//         the V8 of Node 24 fits them in when they are fused (60 instead of 58 GFLOP/s), those before spill (29).
//   6×16  24 accumulators of 4 lanes, which the revectorizer joins in pairs into the same 12 + 2 + 1 registers of 8
//         (117 GFLOP/s; without the revectorizer it spills and is slower than 4×8).
// It looks for pairs of operations on neighbouring 16 bytes, beginning at the stores, so loads, products and stores
// of a row stand side by side.
//
// The K loop is not unrolled: an unrolled body makes Binaryen hoist its loads to the front, where they live longer
// than the registers last, and the accumulators are spilled (60 instead of 111 GFLOP/s in the study).
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LANES = 4;
const range = (count) => Array.from({ length: count }, (_, k) => k);

/** multiplyTile<rows>: one function of the given shape. `from` gives C's initial values, `c` receives the result. */
function tileFunction(rows, columns) {
  const vectors = range(columns / LANES);
  const lines = [];
  const perElement = (write) => range(rows).forEach((i) => vectors.forEach((j) => lines.push(write(i, j))));
  for (const i of range(rows)) lines.push(`const from${i} = ${i ? `from${i - 1} + fromPitch` : 'from'};`);
  for (const i of range(rows)) lines.push(`const row${i} = ${i ? `row${i - 1} + pitch` : 'c'};`);
  perElement((i, j) => `let c${i}_${j} = v128.load(from${i}, ${16 * j});`);
  lines.push(`const end = a + ((<usize>length) * ${4 * rows});`, 'do {');
  for (const j of vectors) lines.push(`const b${j} = v128.load(b, ${16 * j});`);
  for (const i of range(rows)) {
    lines.push(`const a${i} = v128.load_splat<f32>(a, ${4 * i});`);
    for (const j of vectors) lines.push(`c${i}_${j} = multiplyAdd(a${i}, b${j}, c${i}_${j});`);
  }
  lines.push(`a += ${4 * rows};`, `b += ${4 * columns};`, '} while (a < end);');
  perElement((i, j) => `v128.store(row${i}, c${i}_${j}, ${16 * j});`);
  const parameters = 'a: usize, b: usize, length: i32, from: usize, fromPitch: usize, c: usize, pitch: usize';
  return `function multiplyTile${rows}(${parameters}): void {\n${lines.join('\n')}\n}`;
}

/** The whole source file for tiles of up to `rows` × `columns`. */
export function microkernelSource({ rows, columns }) {
  const heights = range(rows).map((i) => i + 1);
  const choice = heights
    .map((r) => `if (rows == ${r}) multiplyTile${r}(a, b, length, from, fromPitch, c, pitch);`)
    .reverse()
    .join('\nelse ');
  return `import { multiplyAdd } from './arithmetic';
export const TILE_ROWS: i32 = ${rows};
export const TILE_COLUMNS: i32 = ${columns};
${heights.map((r) => tileFunction(r, columns)).join('\n')}
/** C[rows,${columns}] = from + Σₖ a[k][rows] ⊗ b[k][${columns}], 1 ≤ rows ≤ ${rows}; pitches are bytes between rows. */
export function multiplyTile(rows: i32, a: usize, b: usize, length: i32,
  from: usize, fromPitch: usize, c: usize, pitch: usize): void {
${choice}
}
`;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [rows, columns] = process.argv.slice(2).map(Number);
  process.stdout.write(microkernelSource({ rows, columns }));
}
