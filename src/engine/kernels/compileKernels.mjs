// Compiles the AssemblyScript kernels into one WebAssembly module: `node compileKernels.mjs dist/kernels.wasm`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Writes the module to `outFile`; throws with the compiler's messages when it does not compile. */
export async function compileKernels(outFile) {
  mkdirSync(path.dirname(path.resolve(outFile)), { recursive: true });
  const { error, stderr } = await main([
    'assembly/kernels.ts',
    ...['--baseDir', here, '--outFile', path.resolve(outFile)],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--memoryBase', '1024'],
    ...['--enable', 'simd', '--enable', 'bulk-memory'],
  ]);
  if (error) throw new Error(`${error.message}\n${stderr}`);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await compileKernels(process.argv[2] ?? 'dist/kernels.wasm');
