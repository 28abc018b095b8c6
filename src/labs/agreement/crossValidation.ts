// Every item judged once, by a network that was trained on other documents.
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import type { ConlluItem } from './conlluItems';
import { documentFolds } from './documentFolds';
import { trainNumberTask, type NumberTaskOptions } from './numberTask';

export const FOLDS = 5;

export interface CrossValidated {
  /** Per item: 1 where its number was told, 0 where not, −1 where it was not judged: the work was interrupted. */
  hits: Int8Array;
  /** Right if the number that is the more frequent among those trained on is always said. */
  majority: Int8Array;
  folds: number;
  /** Of the last fold's network. */
  parameters: number;
  seconds: number;
}

type Judged = Pick<ConlluItem, 'words' | 'tags' | 'number' | 'document'>;

/**
 * Document-grouped cross-validation; the seed decides the folds, the weights before training and the order of the batches. Between two
 * batches `goOn` may end it: folds that were judged are kept. Throws RangeError for fewer than five documents.
 */
export async function crossValidate(
  modules: KernelModules,
  options: NumberTaskOptions,
  items: readonly Judged[],
  goOn: () => Promise<boolean>,
  progress: (fold: number) => void,
): Promise<CrossValidated> {
  const began = performance.now();
  const parts = documentFolds(
    items.map(({ document }) => document),
    FOLDS,
    options.seed,
  );
  const found = { hits: new Int8Array(items.length).fill(-1), majority: new Int8Array(items.length).fill(-1) };
  let [folds, parameters] = [0, 0];
  for (; folds < FOLDS; folds++) {
    progress(folds);
    const held = Array.from(items.keys()).filter((at) => parts[at] === folds);
    const training = items.filter((_, at) => parts[at] !== folds);
    const plural = training.filter(({ number }) => number === 'plural').length;
    const trained = await trainNumberTask(
      modules,
      options,
      training,
      held.map((at) => items[at]),
      goOn,
    );
    if (trained === null) break;
    parameters = trained.parameters;
    held.forEach((at, k) => {
      found.hits[at] = trained.hits[k];
      found.majority[at] = (items[at].number === 'plural') === 2 * plural > training.length ? 1 : 0;
    });
  }
  return { ...found, folds, parameters, seconds: (performance.now() - began) / 1000 };
}
