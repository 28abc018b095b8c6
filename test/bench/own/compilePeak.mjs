// Compiles the kernel that measures a core's peak with the flags of the engine's own kernels: `node compilePeak.mjs FOLDER`.
//
// Every round multiplies and adds into rows × columns accumulators, none of which waits for another, and touches no
// memory. Tiles of 16 columns are for V8's revectorizer, which joins pairs of 128-bit operations; those of 8 for a V8 without.
import path from 'node:path';
import { main } from 'assemblyscript/asc';

const TILES = [
  { rows: 4, columns: 8 },
  { rows: 6, columns: 8 },
  { rows: 5, columns: 16 },
  { rows: 6, columns: 16 },
];
const LANES = 4;

function tileSource({ rows, columns }) {
  const vectors = columns / LANES;
  const accumulators = Array.from({ length: rows * vectors }, (_, k) => k);
  const factors = Array.from({ length: vectors }, (_, k) => k);
  const lines = [
    ...accumulators.map((k) => `let c${k} = v128.load(at, ${16 * k});`),
    `const a = v128.load_splat<f32>(at, ${16 * accumulators.length});`,
    ...factors.map((k) => `const b${k} = v128.load(at, ${16 * (accumulators.length + 1 + k)});`),
    'do {',
    ...accumulators.map((k) => `c${k} = v128.relaxed_madd<f32>(a, b${k % vectors}, c${k});`),
    '} while (--times);',
    ...accumulators.map((k) => `v128.store(at, c${k}, ${16 * k});`),
  ];
  return `export function run${rows}x${columns}(at: usize, times: i32): void {\n${lines.join('\n')}\n}\n`;
}

const source = TILES.map(tileSource).join('\n');
const { error, stderr } = await main(
  [
    'peak.ts',
    ...['--outFile', path.resolve(process.argv[2], 'peak.wasm')],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--memoryBase', '1024'],
    ...['simd', 'bulk-memory', 'relaxed-simd'].flatMap((feature) => ['--enable', feature]),
  ],
  { readFile: (file) => (path.basename(file) === 'peak.ts' ? source : null) },
);
if (error) throw new Error(`${error.message}\n${stderr}`);
