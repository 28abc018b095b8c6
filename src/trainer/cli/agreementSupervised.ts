// Agreement as a supervised task over sentences of CoNLL-U files: cells beside each other, by document-grouped cross-validation.
import type { CellKind } from '../../engine/cells/cellDescription';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { isStrict } from '../../labs/agreement/agreementItem';
import type { ConlluItem } from '../../labs/agreement/conlluItems';
import { crossValidate, FOLDS, type CrossValidated } from '../../labs/agreement/crossValidation';
import { NUMBER_TASK, type NumberTaskOptions } from '../../labs/agreement/numberTask';
import { wilsonInterval } from '../tasks/scores';

/** From here on, numbers of attractors are counted together. */
export const TOGETHER = 3;

/** Items with equally many attractors, over all seeds. */
export interface SupervisedCell {
  attractors: number;
  /** Items; each is judged once for every seed. */
  n: number;
  /** Mean over seeds, and Wilson's interval for so many items, 95 %. */
  accuracy: number;
  low: number;
  high: number;
  seeds: number[];
  /** Right if the number that is the more frequent among the training items is always said. */
  majority: number;
}

export interface SupervisedNetwork {
  cell: CellKind;
  parameters: number;
  /** Mean of one seed's folds. */
  seconds: number;
  all: SupervisedCell[];
  /** The strict curve: all nouns in between are of the other number. */
  strict: SupervisedCell[];
}

export interface SupervisedReport {
  items: number;
  documents: number;
  folds: number;
  seeds: number[];
  options: Omit<NumberTaskOptions, 'cell' | 'seed'>;
  networks: SupervisedNetwork[];
  /** Whether it was ended before all folds were judged: then it tells what was. */
  interrupted: boolean;
}

export interface SupervisedOptions {
  cells: readonly CellKind[];
  seeds: readonly number[];
  rareAs: NumberTaskOptions['rareAs'];
}

/** Seeds take turns, so that an interruption leaves the cells about equally far. Throws RangeError for fewer than five documents. */
export async function runSupervised(
  modules: KernelModules,
  items: readonly ConlluItem[],
  { cells, seeds, rareAs }: SupervisedOptions,
  goOn: () => Promise<boolean>,
  progress: (line: string) => void,
): Promise<SupervisedReport> {
  const options = { ...NUMBER_TASK, rareAs };
  const found = new Map<CellKind, CrossValidated[]>(cells.map((cell) => [cell, []]));
  let interrupted = false;
  for (const seed of seeds)
    for (const [cell, done] of found) {
      if (interrupted) break;
      const tell = (fold: number) => progress(`${cell}, seed ${seed}, fold ${fold + 1} of ${FOLDS}`);
      const judged = await crossValidate(modules, { ...options, cell, seed }, items, goOn, tell);
      done.push(judged);
      interrupted = judged.folds < FOLDS;
    }
  return {
    ...{ items: items.length, documents: new Set(items.map(({ document }) => document)).size, folds: FOLDS },
    ...{ seeds: [...seeds], options, interrupted },
    networks: [...found]
      .filter(([, done]) => done.some(({ folds }) => folds > 0))
      .map(([cell, done]) => networkOf(cell, items, done)),
  };
}

function networkOf(cell: CellKind, items: readonly ConlluItem[], done: readonly CrossValidated[]): SupervisedNetwork {
  const strict = (item: ConlluItem) => isStrict(item);
  return {
    ...{ cell, parameters: done[0].parameters },
    seconds: done.reduce((sum, { seconds }) => sum + seconds, 0) / done.length,
    all: cellsOf(items, done, () => true),
    strict: cellsOf(items, done, strict),
  };
}

function cellsOf(
  items: readonly ConlluItem[],
  done: readonly CrossValidated[],
  chosen: (item: ConlluItem) => boolean,
): SupervisedCell[] {
  return Array.from({ length: TOGETHER + 1 }, (_, attractors) => {
    const own = Array.from(items.keys()).filter(
      (at) => Math.min(items[at].attractors, TOGETHER) === attractors && chosen(items[at]),
    );
    const shares = (of: 'hits' | 'majority') =>
      done.map((seed) => {
        const judged = own.filter((at) => seed[of][at] >= 0);
        return judged.reduce((sum, at) => sum + seed[of][at], 0) / judged.length;
      });
    const n = own.filter((at) => done.some(({ hits }) => hits[at] >= 0)).length;
    const seeds = shares('hits').filter(Number.isFinite);
    const accuracy = mean(seeds);
    const [low, high] = wilsonInterval(accuracy * n, n);
    return { attractors, n, accuracy, low, high, seeds, majority: mean(shares('majority').filter(Number.isFinite)) };
  }).filter(({ n }) => n > 0);
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
