// The engine as a contestant, bundled as the trainer is; started with V8's flag for wide vectors where it is to be had.
// Argument: the number of threads. The kernels' modules lie beside the bundle.
import process from 'node:process';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import { widenVectors } from '../../../src/trainer/vectorFlags';
import { serve, type Step } from '../peers/serve';
import type { Workload } from '../workloads';
import { createKernels } from './engine';
import { prepareInspection } from './inspection';
import { preparePeak } from './peak';
import { prepareProduct } from './products';
import { prepareTraining } from './training';

async function main(): Promise<void> {
  const flag = widenVectors();
  const engine = { modules: readKernelModules(__dirname), threads: Number(process.argv[2]) };
  const prepare = (workload: Workload): Promise<Step> => {
    switch (workload.task) {
      case 'train':
        return prepareTraining(workload, engine);
      case 'product':
        return prepareProduct(workload, engine);
      case 'peak':
        return preparePeak(__dirname);
      default:
        return prepareInspection(workload, engine);
    }
  };
  const { kernels, reason } = await createKernels(engine, 0);
  const { node, v8 } = process.versions;
  const details = { node, v8, flag, kernels: kernels.name, reason };
  await serve({ name: 'Gatescope', version: `on Node ${node}`, engine: details }, prepare);
}

void main();
