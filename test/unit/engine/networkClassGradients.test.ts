// Loss and gradients of the head that classifies sequences: central differences in float64 where shapes are small, automatic
// differentiation of plain tfjs operations where they are not. Neither knows of padding: every lane is read alone.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { KernelVariant } from '../../../src/engine/kernels/kernelVariants';
import { embed, referencePass } from '../../../src/engine/reference/referenceModel';
import { gradientOf, norm } from '../../oracle/centralDifferences';
import { classifierLoss, classifierShapes, type ClassifierShape } from '../../oracle/float64Classifier';
import { everyCell } from '../../oracle/smallNetworks';
import { classifierUnderTest, type ClassifierBatch, type ClassifierUnderTest } from './classifierUnderTest';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels } from './smallTraining';

const POOLINGS = ['mean', 'max', 'last'] as const;
const STACKS = [
  { layers: 1, bidirectional: false },
  { layers: 1, bidirectional: true },
  { layers: 2, bidirectional: true },
];

const name = ({ pooling, layers, bidirectional }: ClassifierShape) =>
  `${pooling} over ${layers} ${bidirectional ? 'bidirectional ' : ''}layer${layers > 1 ? 's' : ''}`;

/** The batch in which every lane has all T tokens. */
function fullLanes({ ids, targets, lengths }: ClassifierBatch): ClassifierBatch {
  const B = lengths.length;
  const lanes = Array.from(lengths, (_, lane) => Array.from(ids).filter((_, at) => at % B === lane));
  return { ids, targets, lengths: new Int32Array(B).fill(ids.length / B), lanes };
}

function assertGradients(
  { model, session }: ClassifierUnderTest,
  expected: Record<string, ArrayLike<number>>,
  tolerance: number,
): void {
  for (const { name: parameter } of model.parameters.all) {
    const truth = Array.from(expected[parameter]);
    const actual = session.gradientOf(parameter);
    const difference = norm(truth.map((value, k) => value - actual[k]));
    assert.ok(difference <= tolerance * norm(truth), `${parameter}: ${difference} of ${norm(truth)}`);
  }
}

/** Steps on full lanes and on lanes of different lengths, from the same parameters. */
async function holdToDifferences(shape: ClassifierShape, variant?: KernelVariant): Promise<void> {
  const T = 4;
  const classifier = await classifierUnderTest(shape, T, 3, variant);
  const { parameters, session, batch, model } = classifier;
  for (const { ids, targets, lengths, lanes } of [fullLanes(batch), batch]) {
    for (const { name: parameter, values } of model.parameters.all) values.set(parameters[parameter]);
    const loss = () => classifierLoss(shape, parameters, lanes, targets);
    const step = session.step(ids, targets, lengths.every((length) => length === T) ? null : lengths);
    assert.ok(Math.abs(step.loss - loss()) < 1e-5, `loss ${step.loss}, expected ${loss()}`);
    const expected = Object.entries(parameters).map(([key, values]) => [key, gradientOf(loss, values)]);
    assertGradients(classifier, Object.fromEntries(expected), 1e-4);
  }
}

describe('gradients of a classifier of sequences', () => {
  afterEach(disposeModels);

  for (const pooling of POOLINGS)
    for (const stack of STACKS)
      for (const { name: cell, shape: sizes } of everyCell(3, 2, 4)) {
        const shape: ClassifierShape = { ...sizes, ...stack, classes: 3, pooling };
        it(`${cell}, ${name(shape)}: gradients within 1e-4 of central differences`, () => holdToDifferences(shape));
      }

  for (const variant of ALL_VARIANTS.filter((each) => each !== 'simd'))
    for (const pooling of POOLINGS)
      it(`LSTM, ${pooling}: gradients within 1e-4 of central differences with ${variant} kernels`, async () => {
        const sizes = { hiddenUnits: 5, embeddingSize: 3, vocabulary: 4, classes: 2 };
        const stack = {
          cell: 'lstm',
          activation: 'tanh',
          resetGate: 'before',
          layers: 1,
          bidirectional: true,
        } as const;
        await holdToDifferences({ ...sizes, ...stack, pooling }, variant);
      });

  const sizes = { hiddenUnits: 37, embeddingSize: 11, vocabulary: 29, classes: 5 };
  for (const pooling of POOLINGS)
    for (const cell of ['lstm', 'gru'] as const)
      it(`${cell}, ${pooling}: has the loss and gradients of plain tfjs operations with T=23, B=7, H=37`, async () => {
        const shape: ClassifierShape = {
          ...{ cell, activation: 'tanh', resetGate: 'after', ...sizes, layers: 2, bidirectional: true, pooling },
        };
        const classifier = await classifierUnderTest(shape, 23, 7);
        const { ids, targets, lengths } = classifier.batch;
        const expected = plainGradients(shape, classifier);
        const { loss } = classifier.session.step(ids, targets, lengths);
        assert.ok(Math.abs(loss - expected.loss) < 1e-5, `loss ${loss}, expected ${expected.loss}`);
        assertGradients(classifier, expected.gradients, 1e-4);
      });
});

/** Loss and gradients in tfjs operations, lane by lane. */
function plainGradients(shape: ClassifierShape, { parameters, batch }: ClassifierUnderTest) {
  return tf.tidy(() => {
    const names = Object.keys(parameters);
    const shapes = classifierShapes(shape);
    const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
      const byName = Object.fromEntries(names.map((key, at) => [key, tensors[at]]));
      const losses = batch.lanes.map((lane, b) => {
        const inputs = embed(byName, tf.tensor2d(lane, [lane.length, 1], 'int32'));
        const { output } = referencePass(shape, byName, inputs);
        const states = tf.stack(output);
        const [front, behind] = [output[lane.length - 1], output[0]];
        const H = shape.hiddenUnits;
        const pooled = {
          mean: () => states.mean(0),
          max: () => states.max(0),
          last: () => tf.concat([front.slice([0, 0], [1, H]), behind.slice([0, H], [1, H])], 1),
        }[shape.pooling]();
        const logits = pooled.matMul<tf.Tensor2D>(byName.W_o).add<tf.Tensor2D>(byName.b_o);
        return tf.losses.softmaxCrossEntropy(
          tf.oneHot(tf.tensor1d([batch.targets[b]], 'int32'), shape.classes),
          logits,
        );
      });
      return tf.stack(losses).mean();
    };
    const values = names.map((key) => tf.tensor(Float32Array.from(parameters[key]), shapes[key]));
    const { value, grads } = tf.valueAndGrads(loss)(values);
    return {
      loss: value.dataSync()[0],
      gradients: Object.fromEntries(names.map((key, at) => [key, grads[at].dataSync().slice()])),
    };
  });
}
