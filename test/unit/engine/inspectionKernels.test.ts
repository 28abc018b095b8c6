// The pictures do not depend on which kernels computed them.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { everyCell, randomIds, randomParameters } from '../../oracle/smallNetworks';
import { disposeModels, smallTraining } from './smallTraining';

describe('an inspection with SIMD kernels', () => {
  after(disposeModels);
  const V = 30;
  const [warmUp, window] = [randomIds(V, 20, 1), randomIds(V, 50, 2)];

  for (const { name, shape } of everyCell(21, 13, V))
    it(`${name}: shows what the plain kernels show`, async () => {
      const parameters = randomParameters(shape, 81, 1);
      const inspect = async (kernels: MatrixKernels['name']) => {
        const { model } = await smallTraining(shape, {}, kernels);
        for (const { name: parameter, values } of model.parameters.all) values.set(parameters[parameter]);
        return inspectWindow(model, warmUp, window, 3);
      };
      const [fast, plain] = [await inspect('simd'), await inspect('javascript')];
      for (const [key, { values }] of Object.entries(plain.arrays))
        values.forEach((expected, at) => {
          const actual = fast.arrays[key].values[at];
          // States are compared absolutely, gradients relatively, however small.
          const bound = key.startsWith('gradient.') ? 1e-3 * expected : 2e-6 * Math.max(1, Math.abs(expected));
          assert.ok(Math.abs(actual - expected) <= bound, `${key}[${at}]: ${actual}, expected ${expected}`);
        });
      assert.deepEqual(
        fast.predictions.map((row) => row.map(({ id }) => id)),
        plain.predictions.map((row) => row.map(({ id }) => id)),
      );
    });
});
