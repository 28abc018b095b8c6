// The mean loss of a batch under every head in Float64Array loops: lanes are read alone at their own length, so that nothing here knows
// of padding, batches or masks.
import { crossEntropy, oracleLogits, type OracleParameters } from './float64Network';
import { stackForward, stackParameterShapes, type StackShape } from './float64Stack';

export type OracleHead =
  | { kind: 'tokens' }
  | { kind: 'classes'; classes: number; pooling: 'mean' | 'max' | 'last' }
  | { kind: 'tags'; tags: number };

/** Columns of W_o. */
function columnsOf(shape: StackShape, head: OracleHead): number {
  return head.kind === 'tokens' ? shape.vocabulary : head.kind === 'classes' ? head.classes : head.tags;
}

/** Names and shapes of all parameters with this head. */
export function headParameterShapes(shape: StackShape, head: OracleHead): Record<string, number[]> {
  const shapes = stackParameterShapes(shape);
  const columns = columnsOf(shape, head);
  return { ...shapes, W_o: [shapes.W_o[0], columns], b_o: [columns] };
}

/** Nats per prediction; `lanes` hold tokens, `targets` one per token (negative: none) or one per lane where these are classified. */
export function headLoss(
  shape: StackShape,
  head: OracleHead,
  parameters: OracleParameters,
  lanes: number[][],
  targets: number[][],
): number {
  const read = { ...shape, vocabulary: columnsOf(shape, head) };
  const losses = lanes.flatMap((ids, lane) => {
    const { outputs, losses: perToken } = stackForward(read, parameters, ids, targets[lane]);
    if (head.kind !== 'classes') return Array.from(perToken).filter((loss) => !Number.isNaN(loss));
    return [crossEntropy(oracleLogits(read, parameters, pooledOf(shape, head.pooling, outputs)), targets[lane][0])];
  });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

/** `last`: where directions stand side by side, each where it has read everything; else at the last token. */
function pooledOf(shape: StackShape, pooling: 'mean' | 'max' | 'last', outputs: Float64Array[]): Float64Array {
  const H = shape.hiddenUnits;
  return outputs[0].map((_, k) => {
    const overTime = outputs.map((output) => output[k]);
    if (pooling === 'mean') return overTime.reduce((a, b) => a + b, 0) / overTime.length;
    if (pooling === 'max') return Math.max(...overTime);
    return overTime[k < H ? overTime.length - 1 : 0];
  });
}
