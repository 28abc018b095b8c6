// A small classifier of sequences with random parameters and lanes, for the tests that compare it with something.
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { classifierShapes, type ClassifierShape } from '../../oracle/float64Classifier';
import type { OracleParameters } from '../../oracle/float64Network';
import { randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { smallTraining, type SmallTraining } from './smallTraining';

export interface ClassifierUnderTest extends SmallTraining {
  /** The engine's parameters in float64. */
  parameters: OracleParameters;
  batch: ClassifierBatch;
}

export interface ClassifierBatch {
  /** [T,B], time-major; behind a lane's end any tokens. */
  ids: Int32Array;
  /** [B] each. */
  lengths: Int32Array;
  targets: Int32Array;
  /** The tokens of each lane. */
  lanes: number[][];
}

/** Lanes of 1 to T tokens, one of them of T. */
export function randomLanes(shape: ClassifierShape, T: number, B: number, seed: number): ClassifierBatch {
  const random = randomNumbers(seed);
  const ids = randomIds(shape.vocabulary, T * B, seed + 1);
  const lengths = Int32Array.from({ length: B }, (_, lane) => (lane === B >> 1 ? T : 1 + Math.floor(random() * T)));
  const targets = randomIds(shape.classes, B, seed + 2);
  const lanes = Array.from(lengths, (length, lane) => Array.from({ length }, (_, t) => ids[t * B + lane]));
  return { ids, lengths, targets, lanes };
}

export async function classifierUnderTest(
  shape: ClassifierShape,
  T: number,
  B: number,
  variant?: MatrixKernels['name'],
): Promise<ClassifierUnderTest> {
  const { classes, pooling, ...network } = shape;
  const head = { kind: 'classes', classes, pooling } as const;
  const training = await smallTraining({ ...network, head }, { timesteps: T, batch: B }, variant);
  const random = randomNumbers(12);
  const parameters: OracleParameters = {};
  for (const [name, size] of Object.entries(classifierShapes(shape))) {
    const reach = name === 'embedding' ? 1.5 : size.length === 1 ? 0.5 : 2 / Math.sqrt(size[0]);
    const { values } = training.model.parameters.get(name);
    values.forEach((_, at) => (values[at] = (2 * random() - 1) * reach));
    parameters[name] = Float64Array.from(values);
  }
  return { ...training, parameters, batch: randomLanes(shape, T, B, 31) };
}
