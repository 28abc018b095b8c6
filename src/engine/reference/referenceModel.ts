// The network in plain tfjs operations: slow, and the definition that the fused kernels are tested against. tf.grads
// differentiates it, so no derivative is written down here. Layers of cells (referenceCell.ts) stand on one another; in a
// bidirectional layer a second cell reads the sequence from its end; what layers give to each other is in referenceLayers.ts.
import * as tf from '@tensorflow/tfjs';
import { layerSuffix } from '../network/networkConfig';
import { cutIntoGates, referenceStep, type ReferenceState, type ReferenceStep } from './referenceCell';
import { layerInput, layerOutput, type ReferenceNetwork } from './referenceLayers';

/**
 * By name: embedding [V,E]; for every layer and direction W_x [inputs,G·H], W_h [H,G·H], b [G·H] and, for a GRU with the reset
 * gate after the product, b_hh [H], with `layerSuffix` behind the name; for highway connections W_t, b_t of the layers above the first;
 * W_o [D·H,V], b_o [V].
 */
export type ReferenceParameters = Record<string, tf.Tensor>;

/** Something for every layer and direction, [layer][direction]: forward, then reverse. */
export type PerDirection<T> = T[][];

/** Something for every state: [layer][direction][t] on the true time axis. */
export type PerState<T> = PerDirection<T[]>;

export interface ReferencePass {
  states: PerState<ReferenceStep>;
  /** What the top layer gives [B,D·H] by t; [B,H] where directions are summed. */
  output: tf.Tensor2D[];
}

/** Runs inputs x [B,E] by t through all layers, from `initial` or zeros; see referenceStep for `nudges`. */
export function referencePass(
  network: ReferenceNetwork,
  parameters: ReferenceParameters,
  inputs: tf.Tensor2D[],
  initial?: PerDirection<ReferenceState>,
  nudges?: PerState<Partial<ReferenceState>>,
): ReferencePass {
  const B = inputs[0].shape[0];
  const zeros = (): ReferenceState => ({
    h: tf.zeros<tf.Rank.R2>([B, network.hiddenUnits]),
    c: tf.zeros<tf.Rank.R2>([B, network.hiddenUnits]),
  });
  const outputs: tf.Tensor2D[][] = [];
  const states: PerState<ReferenceStep> = [];
  for (let layer = 0; layer < (network.layers ?? 1); layer++) {
    const read = inputs.map((x, t) =>
      layerInput(
        network,
        x,
        outputs.map((output) => output[t]),
      ),
    );
    const directions = (network.bidirectional ? [false, true] : [false]).map((reverse) => {
      const direction = reverse ? 1 : 0;
      const of = (name: string) => parameters[`${name}${layerSuffix({ layer, reverse })}`];
      const weights = cutIntoGates(network, of('W_x'), of('W_h'), of('b'), of('b_hh') ?? null);
      const steps = new Array<ReferenceStep>(inputs.length);
      let state = initial?.[layer][direction] ?? zeros();
      for (const t of reverse ? inputs.map((_, k) => inputs.length - 1 - k) : inputs.keys())
        state = steps[t] = referenceStep(network, weights, read[t], state, nudges?.[layer][direction][t]);
      return steps;
    });
    outputs.push(
      inputs.map((_, t) =>
        layerOutput(
          network,
          parameters,
          layer,
          directions.map((steps) => steps[t].h),
          read[t],
        ),
      ),
    );
    states.push(directions);
  }
  return { states, output: outputs[outputs.length - 1] };
}

/** −ln p(target) [B], nats, of a step's output [B,D·H] and its targets [B]. */
export function referenceCrossEntropy(
  parameters: ReferenceParameters,
  output: tf.Tensor2D,
  targets: tf.Tensor1D,
): tf.Tensor1D {
  const logits = output.matMul<tf.Tensor2D>(parameters.W_o).add<tf.Tensor2D>(parameters.b_o);
  const isTarget = tf.equal(targets.expandDims(1), tf.range(0, logits.shape[1], 1, 'int32').expandDims(0));
  return tf.logSumExp(logits, 1).sub<tf.Tensor1D>(tf.sum(logits.mul(isTarget.cast('float32')), 1));
}

/** Rows of the embedding by t, [B,E] each, for time-major ids [T,B]. */
export function embed(parameters: ReferenceParameters, ids: tf.Tensor2D): tf.Tensor2D[] {
  return tf.unstack(ids).map((row) => tf.gather(parameters.embedding as tf.Tensor2D, row as tf.Tensor1D));
}

/** −ln p(target) [B] by t over time-major ids and targets [T,B], from `initial` or zeros, and the pass that led there. */
export function referenceLosses(
  network: ReferenceNetwork,
  parameters: ReferenceParameters,
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  initial?: PerDirection<ReferenceState>,
): ReferencePass & { losses: tf.Tensor1D[] } {
  const pass = referencePass(network, parameters, embed(parameters, ids), initial);
  const next = tf.unstack(targets) as tf.Tensor1D[];
  return { ...pass, losses: pass.output.map((output, t) => referenceCrossEntropy(parameters, output, next[t])) };
}

/**
 * Mean cross-entropy, nats per token; arguments as in referenceLosses. The initial state is a constant, as carried
 * states are in truncated BPTT.
 */
export function referenceLoss(...batch: Parameters<typeof referenceLosses>): tf.Scalar {
  return tf.tidy(() => tf.stack(referenceLosses(...batch).losses).mean());
}

/** The loss as a number and its gradient by every parameter, copied out of tfjs; arguments as in referenceLosses. */
export function referenceGradients(
  network: ReferenceNetwork,
  parameters: ReferenceParameters,
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  initial?: PerDirection<ReferenceState>,
): { loss: number; gradients: Record<string, Float32Array> } {
  return tf.tidy(() => {
    const names = Object.keys(parameters);
    const withParameters = (...values: tf.Tensor[]) =>
      referenceLoss(network, Object.fromEntries(names.map((name, k) => [name, values[k]])), ids, targets, initial);
    const { value, grads } = tf.valueAndGrads(withParameters)(Object.values(parameters));
    return {
      loss: value.dataSync()[0],
      gradients: Object.fromEntries(names.map((name, k) => [name, Float32Array.from(grads[k].dataSync())])),
    };
  });
}
