// How well trees agree with those that people drew: attachment scores and parts of speech, as the CoNLL 2018 shared task counts them.
import { universalRelation, type DependencyTree } from './dependencyTree';

/** Counts over all words, punctuation included; the scores are these divided by `words`. */
export interface TreeCounts {
  words: number;
  /** With the right head: UAS. */
  heads: number;
  /** With the right head and relation, subtypes left aside: LAS. */
  labelled: number;
  /** With the right head and relation, subtypes included. */
  labelledWithSubtypes: number;
  /** Words that have a part of speech in the gold tree, and how many of those the parse gives the same. */
  tagged: number;
  upos: number;
}

/** Sentence k of one is sentence k of the other, with the same words. @throws RangeError where they are not */
export function treeScores(gold: readonly DependencyTree[], parsed: readonly DependencyTree[]): TreeCounts {
  if (gold.length !== parsed.length) throw new RangeError(`${parsed.length} trees for ${gold.length} sentences`);
  const counts: TreeCounts = { words: 0, heads: 0, labelled: 0, labelledWithSubtypes: 0, tagged: 0, upos: 0 };
  gold.forEach((right, at) => {
    const tree = parsed[at];
    if (tree.heads.length !== right.heads.length)
      throw new RangeError(`sentence ${at + 1}: ${tree.heads.length} words instead of ${right.heads.length}`);
    right.relations.forEach((relation, word) => {
      counts.words++;
      if (right.upos[word] !== null) {
        counts.tagged++;
        if (tree.upos[word] === right.upos[word]) counts.upos++;
      }
      if (tree.heads[word] !== right.heads[word]) return;
      counts.heads++;
      if (universalRelation(tree.relations[word]) === universalRelation(relation)) counts.labelled++;
      if (tree.relations[word] === relation) counts.labelledWithSubtypes++;
    });
  });
  return counts;
}
