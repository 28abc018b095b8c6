// The network and the batch every benchmark measures: the defaults of a run on a text of 65 different characters.
import path from 'node:path';
import type { CellKind } from '../../src/engine/cells/cellDescription';
import { selectKernels } from '../../src/engine/kernels/selectKernels';
import { arenaBytes } from '../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../src/engine/network/languageModel';
import type { NetworkConfig } from '../../src/engine/network/networkConfig';
import { readKernelModules } from '../../src/trainer/kernelsModule';

export const TIMESTEPS = 64;
export const BATCH = 32;
export const VOCABULARY = 65;
export const HIDDEN_UNITS = 128;
export const EMBEDDING_SIZE = 64;
export const LEARNING_RATE = 2e-3;

export function networkConfig(cell: CellKind): NetworkConfig {
  return {
    cell,
    activation: 'tanh',
    resetGate: 'before',
    hiddenUnits: HIDDEN_UNITS,
    embeddingSize: EMBEDDING_SIZE,
    vocabulary: VOCABULARY,
    layers: 1,
    bidirectional: false,
    recurrentInitialisation: 'orthogonal',
    normalScale: 0.1,
    forgetBias: 1,
    seed: 1,
  };
}

/** A model on the kernels that a run would choose here; `kernels` names them. */
export async function benchedModel(cell: CellKind): Promise<{ model: LanguageModel; kernels: string }> {
  const modules = readKernelModules(path.resolve(__dirname, '../../dist'));
  if (!modules.simd) throw new Error('dist/kernels.simd.wasm is missing: run `npm run build:kernels`');
  const config = networkConfig(cell);
  const { kernels } = await selectKernels(modules, arenaBytes(config, TIMESTEPS, BATCH));
  return { model: new LanguageModel(kernels, config), kernels: kernels.name };
}

/** Token ids that look like nothing in particular, the same on every run; never the unknown token 0. */
export function tokenIds(length: number, offset = 0): Int32Array {
  return Int32Array.from(
    { length },
    (_, i) => 1 + (((i + offset) * 7919 + ((i + offset) % 13) * 31) % (VOCABULARY - 1)),
  );
}
