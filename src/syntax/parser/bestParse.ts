// From the network's scores to one tree a sentence: the maximum spanning tree with the best relation on every arc.
import type { DependencyTree } from '../trees/dependencyTree';
import { maximumSpanningTree } from '../trees/maximumSpanningTree';
import type { ParsedSentence } from './parseBatch';

/** The tree of a sentence with these words. */
export function bestParse(forms: readonly string[], { scores, n, relation, upos }: ParsedSentence): DependencyTree {
  const heads = maximumSpanningTree(scores, n);
  const relations = Array.from(heads, (head, word) => relation(head, word + 1).relation);
  return { forms: [...forms], upos, heads, relations };
}
