// The whole network as one tfjs operation: its kernel runs the forward pass and the loss, its gradient the backward pass.
import * as tf from '@tensorflow/tfjs';
import { backward, type GradientOf } from '../network/backward';
import { crossEntropyGradient, softmaxCrossEntropy } from '../network/crossEntropy';
import { forward, type ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import type { BackwardTrace } from '../network/recurrentCell';
import { useCpuBackend } from '../network/tensorBackend';

const OPERATION = 'RecurrentLanguageModelLoss';

/** One batch on its way through the network, and the arena memory the way needs. */
export interface BatchPass {
  model: LanguageModel;
  /** Tokens read and tokens to predict, [T,B] time-major. */
  inputs: Int32Array;
  targets: Int32Array;
  /** h[0] and c[0] are the state the batch begins with. */
  trace: ForwardTrace;
  back: BackwardTrace;
  /** Receives the gradients; the gradient tensors are views on these arrays. */
  gradient: GradientOf;
}

/**
 * Mean cross-entropy of the batch in nats per token, differentiable with respect to every parameter through
 * tf.variableGrads. Gradient tensors share memory with `pass.gradient` and are overwritten by the next batch.
 * Throws RangeError when ids or their number do not fit.
 */
export function batchLoss(pass: BatchPass): tf.Scalar {
  registerOperation();
  if (pass.targets.length !== pass.inputs.length)
    throw new RangeError(`${pass.targets.length} targets for ${pass.inputs.length} inputs`);
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
      const { model, inputs, targets, trace } = passOf(attrs);
      forward(model, inputs, trace);
      const sum = softmaxCrossEntropy(model.kernels, trace.logits, targets, model.config.vocabulary);
      const loss = Float32Array.of(sum / targets.length);
      return (backend as tf.MathBackendCPU).makeTensorInfo([], 'float32', loss);
    },
  });
  tf.registerGradient({
    kernelName: OPERATION,
    gradFunc: (dy, _saved, attrs) => {
      const { model, inputs, targets, trace, back, gradient } = passOf(attrs);
      const scale = (dy as tf.Tensor).dataSync()[0] / targets.length;
      crossEntropyGradient(model.kernels, trace.logits, targets, model.config.vocabulary, scale);
      backward(model, inputs, trace, trace.logits, back, gradient);
      return Object.fromEntries(
        model.parameters.all.map(({ name, shape }) => [name, () => tf.tensor(gradient(name), shape, 'float32')]),
      );
    },
  });
}

function passOf(attributes: tf.NamedAttrMap | undefined): BatchPass {
  return attributes?.pass as unknown as BatchPass;
}
