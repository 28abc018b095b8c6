// Trees of Universal Dependencies, which hang on content words, turned so that function words are the heads of what they stand with.

export interface HeadedArc {
  /** 0 for the root, else the number of the head word, from 1. */
  head: number;
  relation: string;
  marginal: number | null;
}

/** Function relations from the innermost outwards, and what their content word is called under them. */
const FUNCTIONS: [relation: string, complement: string][] = [
  ['clf', 'comp:clf'],
  ['det', 'comp:det'],
  ['case', 'comp:obj'],
  ['cop', 'comp:pred'],
  ['aux', 'comp:aux'],
  ['mark', 'comp:obj'],
];
const VERBAL = ['cop', 'aux'];
const SUBJECTS = ['nsubj', 'csubj', 'expl'];

/** Without its subtype. */
const universal = (relation: string): string => relation.split(':')[0];

/**
 * The arcs of a sentence with its function words as heads. The rule: every dependent of a content word that is a classifier, determiner,
 * preposition or particle (case), copula, auxiliary or clause marker is promoted, in this order, and of the same kind the nearest first,
 * as Surface-Syntactic UD (SUD) does for all but determiners and classifiers. Who is promoted takes the place of the phrase's head so far,
 * its head, relation and probability, and that one becomes its complement (comp:obj, comp:pred, comp:aux, comp:det, comp:clf). Dependents
 * of the content word that stand beyond the promoted word go over to it, and to copulas and auxiliaries the subjects too, wherever they
 * stand; all others stay. Thus "from space" is obl(study, from), comp:obj(from, space), and "has been happy" is has → been → happy. A tree
 * stays a tree, and where no arcs crossed, none do because of a promotion, but for a subject between the two (“is she happy”).
 */
export function functionHeads<A extends HeadedArc>(arcs: readonly A[]): A[] {
  const turned = arcs.map((arc) => ({ ...arc }));
  arcs.forEach((_, content) => {
    /** The phrase's heads so far, the last one its head now. */
    const heads = [content];
    const waits = (dependent: number): boolean =>
      arcs[dependent].head === content + 1 && isFunction(arcs[dependent].relation);
    for (const [relation, complement] of FUNCTIONS)
      for (const word of functionsOf(arcs, content, relation)) {
        const top = heads[heads.length - 1];
        const { marginal } = turned[word];
        turned.forEach((arc, dependent) => {
          if (!heads.includes(arc.head - 1) || heads.includes(dependent) || waits(dependent)) return;
          const isSubject = VERBAL.includes(relation) && SUBJECTS.includes(universal(arc.relation));
          if (isSubject || isBeyond(dependent, word, content)) arc.head = word + 1;
        });
        Object.assign(turned[word], place(turned[top]));
        Object.assign(turned[top], { head: word + 1, relation: complement, marginal });
        heads.push(word);
      }
  });
  return turned;
}

const place = ({ head, relation, marginal }: HeadedArc): HeadedArc => ({ head, relation, marginal });

const isFunction = (relation: string): boolean => FUNCTIONS.some(([name]) => name === universal(relation));

/** Dependents of the content word by this relation, nearest first. */
function functionsOf(arcs: readonly HeadedArc[], content: number, relation: string): number[] {
  return arcs
    .flatMap((arc, word) => (arc.head === content + 1 && universal(arc.relation) === relation ? [word] : []))
    .sort((a, b) => Math.abs(a - content) - Math.abs(b - content));
}

/** On the other side of the function word than the content word. */
function isBeyond(dependent: number, word: number, content: number): boolean {
  return word < content ? dependent < word : dependent > word;
}
