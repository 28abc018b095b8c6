// Entry: prints as JSON what every module in the folder of the first argument computes here, and the plain kernels.
import { WASM_VARIANTS } from '../../src/engine/kernels/kernelVariants';
import { readKernelModules } from '../../src/trainer/kernelsModule';
import { runEngine, type EngineRun } from './engineRun';

async function main(folder: string): Promise<void> {
  const modules = readKernelModules(folder);
  const runs: Record<string, EngineRun> = { javascript: await runEngine(null) };
  for (const name of WASM_VARIANTS) runs[name] = await runEngine({ [name]: modules[name] });
  process.stdout.write(JSON.stringify(runs));
}

void main(process.argv[2]);
