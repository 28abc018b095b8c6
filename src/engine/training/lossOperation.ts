// The mean loss of a batch as one tfjs operation with its own gradient: registered once, it makes the recurrent kernels a
// part of tfjs's automatic differentiation.
import * as tf from '@tensorflow/tfjs';
import type { Program, Share } from '../kernels/programs';
import { runBackward, topGradients, type BackwardTrace, type GradientOf } from '../network/backward';
import { runLayers, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { meanLoss, runOutput, type OutputTrace } from '../network/outputLayer';
import { useCpuBackend } from '../network/tensorBackend';

const OPERATION = 'RecurrentLanguageModelLoss';

/** One batch on its way through the network, and the recorded passes that take it there. */
export interface BatchPass {
  model: LanguageModel;
  /** From inputs, targets and initial states in the trace to the losses and ∂J/∂h of the top layer, J their mean. */
  forward: Program;
  output: OutputTrace;
  /** From there to the gradient of every parameter. */
  backward: Program;
  /** Where `backward` leaves them; the gradient tensors are views on these arrays. */
  gradient: GradientOf;
}

export interface RecordedPass extends BatchPass {
  trace: ForwardTrace;
}

/** Records the passes over a batch; `finish` is recorded behind the gradients, which all threads can then read. */
export function recordPass(
  model: LanguageModel,
  trace: ForwardTrace,
  back: BackwardTrace,
  gradient: GradientOf,
  finish: (share: Share) => void,
): RecordedPass {
  const { kernels } = model;
  const forward = kernels.program((share) => {
    runLayers(model, trace, share);
    runOutput(model, trace, topGradients(back), share);
  });
  const backward = kernels.program((share) => {
    runBackward(model, trace, back, gradient, share);
    finish(share);
  });
  return { model, trace, forward, output: trace.output, backward, gradient };
}

/**
 * Mean cross-entropy of the batch in nats per token (per lane where these are classified), differentiable with respect to every parameter through
 * tf.variableGrads. Gradient tensors share memory with `pass.gradient` and are overwritten by the next batch.
 */
export function batchLoss(pass: BatchPass): tf.Scalar {
  registerOperation();
  const inputs = Object.fromEntries(pass.model.parameters.all.map(({ name, variable }) => [name, variable]));
  // tfjs types attributes as plain data but hands them through untouched; the batch's memory is not a tensor.
  const attributes = { pass } as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel(OPERATION, inputs, attributes);
}

function registerOperation(): void {
  useCpuBackend();
  if (tf.getKernel(OPERATION, 'cpu')) return;
  tf.registerKernel({
    kernelName: OPERATION,
    backendName: 'cpu',
    kernelFunc: ({ attrs, backend }) => {
      const { forward, output } = passOf(attrs);
      forward.run();
      const loss = Float32Array.of(meanLoss(output));
      return (backend as tf.MathBackendCPU).makeTensorInfo([], 'float32', loss);
    },
  });
  tf.registerGradient({
    kernelName: OPERATION,
    gradFunc: (dy, _saved, attrs) => {
      const { model, backward, gradient } = passOf(attrs);
      backward.run();
      const [factor] = (dy as tf.Tensor).dataSync();
      const gradientTensor = (name: string, shape: number[]) => {
        const own = tf.tensor(gradient(name), shape, 'float32');
        return factor === 1 ? own : own.mul(factor);
      };
      return Object.fromEntries(
        model.parameters.all.map(({ name, shape }) => [name, () => gradientTensor(name, shape)]),
      );
    },
  });
}

function passOf(attributes: tf.NamedAttrMap | undefined): BatchPass {
  return attributes?.pass as unknown as BatchPass;
}
