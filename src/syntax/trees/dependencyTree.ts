// Dependency trees in Universal Dependencies' terms: every word has one head, the root has none, relations name the arcs.

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
export interface Place {
  start: number;
  end: number;
}

/** A tree with all that its file says of it, columns as written (`_` where there is no value). */
export interface ConlluTree extends DependencyTree {
  /** The sentence as it was written, its words joined as SpaceAfter and multiword tokens say. */
  text: string;
  /** Where each word stands in `text`; null where a contraction does not spell its words out, as “du” for “de le”. */
  places: (Place | null)[];
  lemmas: string[];
  xpos: string[];
  /** Column 6. */
  features: string[];
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
