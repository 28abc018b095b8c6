// The engine's inspection of one window: the gates alone; all pairs ‖∂J(i)/∂h(j)‖ and, with them, ‖∂J(i)/∂c(j)‖; all Jacobians; and the
// whole call behind a picture, which adds gates, the gradients of the input and along the direct path, and the predictions.
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { forEachJacobianProduct } from '../../../src/engine/inspection/jacobianProducts';
import { stackedFlows } from '../../../src/engine/inspection/stackedFlows';
import { tracedLayer } from '../../../src/engine/inspection/tracedLayer';
import { initialState, traceFrom } from '../../../src/engine/inspection/windowForward';
import { randomIds } from '../../oracle/smallNetworks';
import type { Step } from '../peers/serve';
import type { InspectionWorkload } from '../workloads';
import { createModel, type Engine } from './engine';

export async function prepareInspection(workload: InspectionWorkload, engine: Engine): Promise<Step> {
  const { task, timesteps: T, hidden: H, vocabulary } = workload;
  const model = await createModel(workload, engine);
  const { kernels } = model;
  const ids = randomIds(vocabulary, T + 1, 1);
  const window = ids.subarray(0, T);
  if (task === 'window') return () => void inspectWindow(model, new Int32Array(0), window, ids[T]);
  const jacobians = new Float32Array(T * H * H);
  return () => {
    const mark = kernels.mark();
    const trace = traceFrom(model, window, initialState(model));
    if (task === 'allPairs') stackedFlows(model, trace, ids.subarray(1), 0);
    if (task === 'jacobians')
      forEachJacobianProduct(kernels, tracedLayer(model, trace.layers[0][0]), T - 1, T - 1, 'hidden', (product) => {
        const { lag, values, columns } = product;
        for (let row = 0; row < H; row++)
          jacobians.set(values.subarray(row * columns, row * columns + H), (lag * H + row) * H);
      });
    kernels.release(mark);
  };
}
