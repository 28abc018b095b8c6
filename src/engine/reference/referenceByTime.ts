// The same network evaluated the other way round: all layers at a token before the next token is read. It must give the numbers of a pass
// that goes layer by layer. Only layers that read forward can be taken so: what reads backward needs all tokens of the layer below.
import * as tf from '@tensorflow/tfjs';
import { layerSuffix } from '../network/networkConfig';
import { cutIntoGates, referenceStep, type ReferenceState, type ReferenceStep } from './referenceCell';
import { layerInput, layerOutput, type ReferenceNetwork } from './referenceLayers';
import type { ReferenceParameters, ReferencePass } from './referenceModel';

/** Arguments and result as in referencePass, from zero states. Throws TypeError where layers read both ways. */
export function referencePassByTime(
  network: ReferenceNetwork,
  parameters: ReferenceParameters,
  inputs: tf.Tensor2D[],
): ReferencePass {
  if (network.bidirectional) throw new TypeError('what reads backward needs all tokens of the layer below');
  const layers = Array.from({ length: network.layers ?? 1 }, (_, layer) => {
    const of = (name: string) => parameters[name + layerSuffix({ layer, reverse: false })];
    return cutIntoGates(network, of('W_x'), of('W_h'), of('b'), of('b_hh') ?? null);
  });
  const zeros = () => tf.zeros<tf.Rank.R2>([inputs[0].shape[0], network.hiddenUnits]);
  let before: ReferenceState[] = layers.map(() => ({ h: zeros(), c: zeros() }));
  const states: ReferenceStep[][][] = layers.map(() => [[]]);
  const output = inputs.map((x) => {
    const below: tf.Tensor2D[] = [];
    before = layers.map((weights, layer) => {
      const read = layerInput(network, x, below);
      const step = referenceStep(network, weights, read, before[layer]);
      below.push(layerOutput(network, parameters, layer, [step.h], read));
      states[layer][0].push(step);
      return step;
    });
    return below[below.length - 1];
  });
  return { states, output };
}
