// Agreement items from dependency trees, by a stated rule:
//   the subject is a noun (NOUN or PROPN) with Number, an nsubj, nsubj:pass or nsubj:outer without a conjunct;
//   its verb is the first finite one among its head and that head's auxiliaries and copulas; it stands to the right of the subject
//   and shows number: it is in the present tense, or "was" or "were", whose form tells it;
//   the two agree.
// Attractors are the nouns between the two whose Number is the other one.
import type { ConlluTree } from '../../syntax/trees/dependencyTree';
import type { AgreementItem, GrammaticalNumber } from './agreementItem';

export interface ConlluItem extends AgreementItem {
  /** Parts of speech of the words before the verb: column 5, or column 4 where the file has none. */
  tags: string[];
  verb: string;
  lemma: string;
  /** Place of the verb: what stands before it is `words`. */
  verbAt: number;
  /** Whether a clause modifies the subject. */
  clause: boolean;
  /** The document, or what its sentence's name begins with, or the sentence itself where the file names neither. */
  document: string;
  sentence: string | null;
  /** The sentence as it was written up to the verb, without a space at its end; null where places are not known. */
  text: string | null;
  /** Whether the verb is written onto the word before it, as 's is. */
  attached: boolean;
}

const SUBJECTS: ReadonlySet<string> = new Set(['nsubj', 'nsubj:pass', 'nsubj:outer']);
const AUXILIARIES: ReadonlySet<string> = new Set(['aux', 'aux:pass', 'cop']);
const PAST_BE: ReadonlyMap<string, GrammaticalNumber> = new Map([
  ['was', 'singular'],
  ['were', 'plural'],
]);
const NUMBERS: ReadonlyMap<string | undefined, GrammaticalNumber> = new Map([
  ['Sing', 'singular'],
  ['Plur', 'plural'],
]);

/** All items of some sentences, in their order. */
export function conlluItems(trees: readonly ConlluTree[]): ConlluItem[] {
  return trees.flatMap((tree, at) => itemsOf(tree, at));
}

function itemsOf(tree: ConlluTree, at: number): ConlluItem[] {
  const { forms, heads, relations } = tree;
  const features = tree.features.map(featuresOf);
  const numbers = forms.map((_, word) => (isNoun(tree, word) ? NUMBERS.get(features[word].get('Number')) : undefined));
  const items: ConlluItem[] = [];
  for (let subject = 0; subject < forms.length; subject++) {
    const number = numbers[subject];
    if (number === undefined || !SUBJECTS.has(relations[subject]) || heads[subject] === 0) continue;
    if (hasChild(tree, subject, (relation) => relation === 'conj')) continue;
    const verbAt = finiteVerb(tree, features, heads[subject] - 1);
    if (verbAt === null || verbAt <= subject || verbNumber(forms[verbAt], features[verbAt]) !== number) continue;
    const between = numbers.slice(subject + 1, verbAt).filter((other) => other !== undefined);
    const same = between.filter((other) => other === number).length;
    items.push({
      ...{ words: forms.slice(0, verbAt), number, subject, attractors: between.length - same, same },
      ...{ tags: tagsOf(tree).slice(0, verbAt), verb: forms[verbAt], lemma: tree.lemmas[verbAt], verbAt },
      clause: hasChild(tree, subject, (relation) => relation.startsWith('acl')),
      ...{ document: documentOf(tree, at), sentence: tree.sentence },
      ...writtenBefore(tree, verbAt),
    });
  }
  return items;
}

function isNoun({ upos }: ConlluTree, word: number): boolean {
  return upos[word] === 'NOUN' || upos[word] === 'PROPN';
}

function hasChild({ heads, relations }: ConlluTree, head: number, wanted: (relation: string) => boolean): boolean {
  return relations.some((relation, word) => heads[word] === head + 1 && wanted(relation));
}

/** The first finite verb among a predicate and its auxiliaries and copulas. */
function finiteVerb(tree: ConlluTree, features: ReadonlyMap<string, string>[], predicate: number): number | null {
  const { forms, heads, relations, upos } = tree;
  for (let word = 0; word < forms.length; word++) {
    const belongs = word === predicate || (heads[word] === predicate + 1 && AUXILIARIES.has(relations[word]));
    if (!belongs || (upos[word] !== 'VERB' && upos[word] !== 'AUX')) continue;
    if (features[word].get('VerbForm') === 'Fin') return word;
  }
  return null;
}

/** By the form where it tells: some treebanks give every "was" one Number. */
function verbNumber(form: string, features: ReadonlyMap<string, string>): GrammaticalNumber | undefined {
  const past = PAST_BE.get(form.toLowerCase());
  return past ?? (features.get('Tense') === 'Pres' ? NUMBERS.get(features.get('Number')) : undefined);
}

function featuresOf(column: string): ReadonlyMap<string, string> {
  if (column === '_') return new Map();
  return new Map(
    column.split('|').map((feature): [string, string] => {
      const equals = feature.indexOf('=');
      return [feature.slice(0, equals), feature.slice(equals + 1)];
    }),
  );
}

function tagsOf({ xpos, upos }: ConlluTree): string[] {
  return xpos.map((tag, word) => (tag === '_' ? (upos[word] ?? '_') : tag));
}

/** Sentences of a document are named "document-number" where the file names no documents. */
function documentOf({ document, sentence }: ConlluTree, at: number): string {
  return document ?? sentence?.replace(/-[^-]*$/, '') ?? `sentence ${at + 1}`;
}

function writtenBefore({ text, places }: ConlluTree, verbAt: number): Pick<ConlluItem, 'text' | 'attached'> {
  const place = places[verbAt];
  if (place === null) return { text: null, attached: false };
  const before = text.slice(0, place.start);
  return { text: before.trimEnd(), attached: before !== '' && before === before.trimEnd() };
}
