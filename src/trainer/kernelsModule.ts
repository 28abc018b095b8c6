// Finds the kernels' WebAssembly modules, which the build puts beside the bundles.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WASM_VARIANTS, type KernelModules } from '../engine/kernels/kernelVariants';

/** The bytes of every `kernels.<variant>.wasm` in a folder that can be read; without any the plain kernels are used. */
export function readKernelModules(folder: string): KernelModules {
  const modules: KernelModules = {};
  for (const name of WASM_VARIANTS) {
    try {
      modules[name] = readFileSync(path.join(folder, `kernels.${name}.wasm`));
    } catch {
      continue;
    }
  }
  return modules;
}
