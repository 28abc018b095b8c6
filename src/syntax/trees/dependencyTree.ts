// Dependency trees in Universal Dependencies' terms: every word has one head, the root has none, relations name the arcs.
import type { WordPlace } from '../../text/datasets/conlluText';

/** A sentence's tree; all arrays are one entry a word. */
export interface DependencyTree {
  forms: string[];
  /** Universal parts of speech; null where none is known. */
  upos: (string | null)[];
  /** Of word d (from 0) the number of its head (from 1), as in CoNLL-U; 0 for the root. */
  heads: Int32Array;
  /** Names of the arcs to the heads, with subtypes: `acl:relcl`. */
  relations: string[];
}

/** UTF-16 offsets [start, end). */
export type Place = WordPlace;

/** A multiword token: its form is written instead of those of its words, numbered from 1. */
export interface Contraction {
  first: number;
  last: number;
  form: string;
  misc: string;
}

/** A tree with what its file says of it, columns as written (`_` where there is no value); without empty nodes and enhanced dependencies. */
export interface ConlluTree extends DependencyTree {
  /** The sentence as it was written, its words joined as SpaceAfter and multiword tokens say. */
  text: string;
  /** Where each word stands in `text`; null where a contraction does not spell its words out, as “du” for “de le”. */
  places: (Place | null)[];
  lemmas: string[];
  xpos: string[];
  /** Column 6. */
  features: string[];
  /** Column 10. */
  misc: string[];
  contractions: Contraction[];
  /** Comment lines as written, without line ends. */
  comments: string[];
  /** Identifier of the document that the sentence belongs to, from the latest `# newdoc id = …`. */
  document: string | null;
  /** From `# sent_id = …`. */
  sentence: string | null;
  /** The sentence's first line in its file, from 1; a comment where it has some. */
  line: number;
}

/** A relation without its subtype: `acl` of `acl:relcl`. */
export function universalRelation(relation: string): string {
  const colon = relation.indexOf(':');
  return colon < 0 ? relation : relation.slice(0, colon);
}

/** Numbers (from 1) of words whose heads run in a circle, along the heads; null where all lead to the root. */
export function cycleIn(heads: ArrayLike<number>): number[] | null {
  // Of every word the walk that first came by.
  const walks = new Int32Array(heads.length + 1);
  for (let start = 1; start <= heads.length; start++) {
    let word = start;
    for (; word !== 0 && walks[word] === 0; word = heads[word - 1]) walks[word] = start;
    if (word === 0 || walks[word] !== start) continue;
    const cycle = [word];
    for (let next = heads[word - 1]; next !== word; next = heads[next - 1]) cycle.push(next);
    return cycle;
  }
  return null;
}
