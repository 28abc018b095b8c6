// A parser to be trained, shaped by the trees it will be trained on: the words it will know, the relations and tags it will tell apart.
import type { DependencyTree } from '../trees/dependencyTree';
import { buildFeatureTables, type FeatureTables } from '../words/featureVocabulary';
import type { Language } from '../words/language';
import type { ParserConfig } from './parserConfig';
import { LONGEST_SENTENCE, parserBytes } from './parserMemory';
import type { ParserPlan } from './parserTraining';
import { namesIn, slotsOf } from './readTrees';

export interface ParserSize {
  units: number;
  layers: number;
  arcWidth: number;
  labelWidth: number;
}

/** What fits into 5 MB, whatever the language. */
export const DEFAULT_SIZE: Readonly<Record<Language, ParserSize>> = {
  en: { units: 200, layers: 3, arcWidth: 200, labelWidth: 64 },
  ko: { units: 192, layers: 3, arcWidth: 200, labelWidth: 64 },
};

export interface NewParser {
  config: ParserConfig;
  tables: FeatureTables;
  /** Arena for its training, and for parsing with it in between. */
  bytes: number;
}

export function newParser(
  trees: readonly DependencyTree[],
  language: Language,
  size: ParserSize,
  plan: ParserPlan,
): NewParser {
  const tables = buildFeatureTables(
    trees.map(({ forms }) => forms),
    language,
  );
  const config = {
    ...{ language, ...size, slots: slotsOf(tables), seed: plan.seed },
    relations: namesIn(trees.flatMap(({ relations }) => relations)),
    tags: namesIn(trees.flatMap(({ upos }) => upos)),
  };
  const bytes = parserBytes(config, plan.batchWords, true) + parserBytes(config, LONGEST_SENTENCE, false);
  return { config, tables, bytes };
}
