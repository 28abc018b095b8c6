// What reaches every layer of a run: the norms of the gradients of its recurrent weights on the first slice of the text, before clipping,
// with the weights before training and with those after it.
import type { KernelModules } from '../../../src/engine/kernels/kernelVariants';
import type { RunRecord } from '../../../src/protocol/run';
import { Batches } from '../../../src/text/batches';
import { splitTokens } from '../../../src/text/split';
import type { RunFolder } from '../../../src/trainer/runFolder';
import { openTokenFile } from '../../../src/trainer/tokenFile';
import { TrainedModel } from '../../../src/trainer/trainedModel';

export interface LayerGradients {
  /** ‖∂J/∂W_h‖ from the lowest layer up. */
  before: number[];
  after: number[];
}

export async function layerGradients(
  { config, corpus }: RunRecord,
  folder: RunFolder,
  modules: KernelModules,
): Promise<LayerGradients> {
  if (corpus === null) throw new Error('the run has read no text');
  const after = await TrainedModel.fromCheckpoint(config, folder.readCheckpoint(), modules);
  const before = await TrainedModel.create(config, corpus.vocabulary, after.shape, modules);
  const tokens = openTokenFile(folder.tokenPath, corpus.tokens);
  const batches = new Batches(tokens, splitTokens(corpus.tokens).training, after.shape);
  const size = after.shape.timesteps * after.shape.lanes;
  const [inputs, targets] = [new Int32Array(size), new Int32Array(size)];
  batches.fill(0, inputs, targets);
  tokens.close();
  const norms = ({ session }: TrainedModel): number[] => {
    session.resetState();
    const { gradientNorm, clippedNorm } = session.step(inputs, targets);
    return Array.from({ length: config.layers }, (_, layer) => {
      const gradient = session.gradientOf(layer === 0 ? 'W_h' : `W_h_l${layer}`);
      return (Math.hypot(...gradient) * gradientNorm) / clippedNorm;
    });
  };
  try {
    return { before: norms(before), after: norms(after) };
  } finally {
    before.model.dispose();
    after.model.dispose();
  }
}
