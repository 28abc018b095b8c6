// The engine's matrix products as its passes call them.
import { columnsOf, packedLength, transposed } from '../../../src/engine/kernels/matrixKernels';
import type { Step } from '../peers/serve';
import type { ProductWorkload } from '../workloads';
import { createKernels, type Engine } from './engine';

export async function prepareProduct(workload: ProductWorkload, engine: Engine): Promise<Step> {
  const {
    form,
    repeats,
    product: [m, k, n],
  } = workload;
  const { kernels } = await createKernels(engine, 4 * (m * k + k * n + m * n + packedLength(k, n)) + 4096);
  const a = kernels.allocate(m * k);
  const b = kernels.allocate(k * n);
  const c = columnsOf(kernels.allocate(m * n), n);
  for (const array of [a, b]) array.forEach((_, at) => (array[at] = Math.sin(at)));
  const left = form === 'transposed' ? transposed(columnsOf(a, m)) : columnsOf(a, k);
  const right = columnsOf(b, n);
  const packed = form === 'packed' ? kernels.pack(right, k, n) : null;
  return () => {
    for (let repeat = 0; repeat < repeats; repeat++)
      if (packed) kernels.multiplyPacked(left, packed, c, m, false);
      else kernels.multiplyStrided(left, right, c, m, k, n, false);
  };
}
