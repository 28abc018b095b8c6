// Compiles the AssemblyScript kernels into one WebAssembly module per variant: `node compileKernels.mjs dist`.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';
import { microkernelSource } from './generateMicrokernel.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The variants of kernelVariants.ts; tile shapes as explained in generateMicrokernel.mjs. */
const VARIANTS = {
  simd: { tile: { rows: 4, columns: 8 }, features: [] },
  'relaxed-simd': { tile: { rows: 4, columns: 8 }, features: ['relaxed-simd'] },
  'relaxed-simd-wide': { tile: { rows: 6, columns: 16 }, features: ['relaxed-simd'] },
};

/** Reads a source as the compiler sees it: the micro-kernel is generated, a comment in front asks for inlining. */
function readSource(tile, file, baseDir) {
  const name = path.resolve(baseDir, file);
  if (name === path.join(here, 'assembly/microkernel.ts')) return microkernelSource(tile);
  try {
    return readFileSync(name, 'utf8').replaceAll('/*inline*/ ', '@inline ');
  } catch {
    return null;
  }
}

async function compileVariant(name, folder) {
  const { tile, features } = VARIANTS[name];
  const { error, stderr } = await main(
    [
      'assembly/kernels.ts',
      ...['--baseDir', here, '--outFile', path.resolve(folder, `kernels.${name}.wasm`)],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--memoryBase', '1024'],
      ...['--sharedMemory', '--maximumMemory', '65536'],
      ...['simd', 'bulk-memory', 'threads', ...features].flatMap((feature) => ['--enable', feature]),
    ],
    { readFile: (file, baseDir) => readSource(tile, file, baseDir) },
  );
  if (error) throw new Error(`${name}: ${error.message}\n${stderr}`);
}

/** Writes kernels.<variant>.wasm into `folder`; throws with the compiler's messages when one does not compile. */
export async function compileKernels(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(VARIANTS)) await compileVariant(name, folder);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await compileKernels(process.argv[2] ?? 'dist');
