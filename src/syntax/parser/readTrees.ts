// From trees with words to what the network reads: numbers of features, heads, relations and tags.
import type { DependencyTree } from '../trees/dependencyTree';
import type { FeatureTables } from '../words/featureVocabulary';
import { featureIds, featureRows, FEATURE_SLOTS } from '../words/wordFeatures';
import type { FeatureSlot } from './parserConfig';
import type { FeatureSentence, GoldSentence } from './sentenceBatch';

/** The tables that these features need, by slot. */
export function slotsOf(tables: FeatureTables): FeatureSlot[] {
  const rows = featureRows(tables);
  return FEATURE_SLOTS[tables.language].map(({ name, width }, at) => ({ name, width, size: rows[at] }));
}

/** How often each row of the first slot was seen in training; of unknown words 0. */
export function frequenciesOf(tables: FeatureTables): number[] {
  return [0, ...tables.counts];
}

export function sentenceOfForms(forms: readonly string[], tables: FeatureTables): FeatureSentence {
  const slots = FEATURE_SLOTS[tables.language].length;
  const ids = new Int32Array(forms.length * slots);
  forms.forEach((form, at) => ids.set(featureIds(form, tables), at * slots));
  return { words: forms.length, ids };
}

/** What is not in the lists is not learned. */
export function goldSentence(
  tree: DependencyTree,
  tables: FeatureTables,
  relations: readonly string[],
  tags: readonly string[],
): GoldSentence {
  return {
    ...sentenceOfForms(tree.forms, tables),
    heads: tree.heads,
    relations: Int32Array.from(tree.relations, (relation) => relations.indexOf(relation)),
    tags: Int32Array.from(tree.upos, (tag) => (tag === null ? -1 : tags.indexOf(tag))),
  };
}

/** Sorted, each once. */
export function namesIn(values: Iterable<string | null>): string[] {
  const names = new Set<string>();
  for (const value of values) if (value !== null) names.add(value);
  return [...names].sort();
}
