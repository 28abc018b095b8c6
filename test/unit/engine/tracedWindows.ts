// A window of text read by a model that holds an oracle's parameters, as one of its layers.
import { initialState, traceFrom } from '../../../src/engine/inspection/windowForward';
import { tracedLayer, type TracedLayer } from '../../../src/engine/inspection/tracedLayer';
import type { JacobianProduct } from '../../../src/engine/inspection/jacobianProducts';
import { timesPowerOfTwo } from '../../../src/engine/inspection/orderOne';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import type { OracleParameters, OracleShape } from '../../oracle/float64Network';
import { smallTraining } from './smallTraining';

/** From a zero state; the models are disposed by `disposeModels`. */
export async function tracedWindow(
  shape: OracleShape,
  parameters: OracleParameters,
  window: Int32Array,
  name: MatrixKernels['name'] = 'javascript',
): Promise<{ kernels: MatrixKernels; layer: TracedLayer }> {
  const { model, kernels } = await smallTraining(shape, {}, name);
  for (const { name: parameter, values } of model.parameters.all) values.set(parameters[parameter]);
  const trace = traceFrom(model, window, initialState(model));
  return { kernels, layer: tracedLayer(model, trace.layers[0][0]) };
}

/** The same states as a layer that reads from the end would have left them, of the window turned round. */
export function turnedRound(layer: TracedLayer): TracedLayer {
  const { T, gates, h, c, tanhC, recurrentCandidate, place } = layer.trace;
  const turned = <A extends Float32Array | null>(values: A, rows: number): A => {
    if (!values) return values;
    const width = values.length / rows;
    const copy = values.slice();
    for (let row = 0; row < rows; row++)
      copy.set(values.subarray(row * width, (row + 1) * width), (rows - 1 - row) * width);
    return copy as A;
  };
  return {
    ...layer,
    trace: {
      ...layer.trace,
      place: { ...place, reverse: true },
      gates: turned(gates, T),
      h: turned(h, T + 1),
      c: turned(c, T + 1),
      tanhC: turned(tanhC, T),
      recurrentCandidate: turned(recurrentCandidate, T),
    },
  };
}

/** A product as its rows, with their exponents. */
export function rowsOf({ rows, columns, values, exponents }: JacobianProduct): Float64Array[] {
  return Array.from({ length: rows }, (_, row) =>
    Float64Array.from(values.subarray(row * columns, (row + 1) * columns), (v) => timesPowerOfTwo(v, exponents[row])),
  );
}
