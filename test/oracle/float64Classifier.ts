// A classifier of whole sequences in Float64Array loops: layers and directions put together from the oracle's one step, every lane read
// alone at its own length, so that nothing here knows of padding.
import {
  crossEntropy,
  gateBlocks,
  oracleStep,
  zeroState,
  type OracleParameters,
  type OracleShape,
  type OracleState,
} from './float64Network';

export interface ClassifierShape extends OracleShape {
  layers: number;
  bidirectional: boolean;
  classes: number;
  pooling: 'mean' | 'max' | 'last';
}

/** Shape of every parameter by its name, in the engine's order. */
export function classifierShapes(shape: ClassifierShape): Record<string, number[]> {
  const { hiddenUnits: H, embeddingSize: E, vocabulary: V, classes } = shape;
  const width = gateBlocks(shape.cell) * H;
  const joined = shape.bidirectional ? 2 * H : H;
  const shapes: Record<string, number[]> = { embedding: [V, E] };
  for (let layer = 0; layer < shape.layers; layer++)
    for (const suffix of suffixes(shape, layer)) {
      shapes[`W_x${suffix}`] = [layer === 0 ? E : joined, width];
      shapes[`W_h${suffix}`] = [H, width];
      shapes[`b${suffix}`] = [width];
      if (shape.cell === 'gru' && shape.resetGate === 'after') shapes[`b_hh${suffix}`] = [H];
    }
  return { ...shapes, W_o: [joined, classes], b_o: [classes] };
}

/** Names of a layer's directions: forward, then reverse. */
function suffixes({ bidirectional }: ClassifierShape, layer: number): string[] {
  const forward = layer === 0 ? '' : `_l${layer}`;
  return bidirectional ? [forward, `_l${layer}_reverse`] : [forward];
}

/** Mean cross-entropy over the lanes, nats; `lanes` holds the tokens of each. */
export function classifierLoss(
  shape: ClassifierShape,
  parameters: OracleParameters,
  lanes: ArrayLike<number>[],
  targets: ArrayLike<number>,
): number {
  const losses = lanes.map((ids, lane) => crossEntropy(logitsOf(shape, parameters, Array.from(ids)), targets[lane]));
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

function logitsOf(shape: ClassifierShape, parameters: OracleParameters, ids: number[]): Float64Array {
  const { hiddenUnits: H, embeddingSize: E, classes } = shape;
  let inputs = ids.map((id) => parameters.embedding.slice(id * E, (id + 1) * E));
  let byDirection: Float64Array[][] = [];
  for (let layer = 0; layer < shape.layers; layer++) {
    byDirection = suffixes(shape, layer).map((suffix, reverse) => {
      const [W_x, W_h, b, b_hh] = ['W_x', 'W_h', 'b', 'b_hh'].map((name) => parameters[name + suffix]);
      let state: OracleState = zeroState(shape);
      const read = (x: Float64Array) => (state = oracleStep(shape, { W_x, W_h, b, b_hh }, x, state)).h;
      return reverse ? [...inputs].reverse().map(read).reverse() : inputs.map(read);
    });
    const states = byDirection;
    inputs = ids.map((_, t) => Float64Array.from(states.flatMap((direction) => [...direction[t]])));
  }
  const pooled = byDirection.flatMap((states, reverse) =>
    Array.from({ length: H }, (_, k) => {
      const overTime = states.map((h) => h[k]);
      if (shape.pooling === 'mean') return overTime.reduce((a, b) => a + b, 0) / overTime.length;
      if (shape.pooling === 'max') return Math.max(...overTime);
      return overTime[reverse ? 0 : overTime.length - 1];
    }),
  );
  return Float64Array.from({ length: classes }, (_, n) =>
    pooled.reduce((sum, value, k) => sum + value * parameters.W_o[k * classes + n], parameters.b_o[n]),
  );
}
