// How fast a network learns agreement from templates: accuracy after every epoch by number of attractors. There a vanilla network catches
// up, which real sentences are too few and too varied for.
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { trainNumberTask, type NumberTaskOptions } from './numberTask';
import { MOST_ATTRACTORS, templateItems, type TemplateItem } from './templateItems';

/** Items of the training part by number of attractors from 0 on: as in real text, few of many, and none of 4 and 5. Half are nonsense. */
export const TRAINED_ON: readonly number[] = [4200, 1100, 500, 200];
/** Items judged of each number of attractors, all of the strict curve. */
export const JUDGED_EACH = 400;

export interface TemplateSets {
  training: TemplateItem[];
  judged: TemplateItem[];
}

/**
 * The same whatever the seed of a network. No item with attractors is in both parts; without, prefixes are so short that most of them
 * occur in both.
 */
export function templateSets(): TemplateSets {
  const attractors = Array.from({ length: MOST_ATTRACTORS + 1 }, (_, count) => count);
  const judged = templateItems({ seed: 2, each: JUDGED_EACH / 2, attractors });
  const isJudged = new Set(judged.filter((item) => item.attractors > 0).map(prefixOf));
  const training = TRAINED_ON.flatMap((items, count) =>
    templateItems({ seed: 1, each: items / 2, attractors: [count], mixed: true }),
  );
  return { training: training.filter((item) => !isJudged.has(prefixOf(item))), judged };
}

function prefixOf({ words }: TemplateItem): string {
  return words.join(' ');
}

/** Hits by epoch, from the first on, and number of attractors; null where `goOn` ended it. */
export async function templateCurve(
  modules: KernelModules,
  options: NumberTaskOptions,
  { training, judged }: TemplateSets,
  goOn: () => Promise<boolean>,
): Promise<number[][] | null> {
  // Every word occurs often enough: none is read as its part of speech.
  const own = { ...options, leastOccurrences: 1 };
  const tagged = (items: readonly TemplateItem[]) => items.map((item) => ({ ...item, tags: item.words }));
  const curve: number[][] = [];
  const trained = await trainNumberTask(modules, own, tagged(training), tagged(judged), goOn, (_, hits) => {
    const byCount = new Array<number>(MOST_ATTRACTORS + 1).fill(0);
    judged.forEach(({ attractors }, at) => (byCount[attractors] += hits[at]));
    curve.push(byCount);
  });
  return trained && curve;
}
