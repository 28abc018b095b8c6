// Finds the kernels' WebAssembly module, which the build puts beside the bundles.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The bytes of `kernels.wasm` in a folder, or null when it cannot be read (the plain kernels are used then). */
export function readKernelsModule(folder: string): Uint8Array | null {
  try {
    return readFileSync(path.join(folder, 'kernels.wasm'));
  } catch {
    return null;
  }
}
