// Trees as CoNLL-U, ten columns a word and an empty line after each sentence.
import type { ConlluTree, DependencyTree } from './dependencyTree';

/** What a tree from anywhere has, and what else is known of it; `_` is written for the rest, so also for enhanced dependencies. */
export type WritableTree = DependencyTree & Partial<Omit<ConlluTree, keyof DependencyTree>>;

/**
 * What `readConllu` reads back as the same trees. Comments are written as they are; where a tree has none, the document (where it is
 * another than that before), the sentence's identifier and its text. Without a last column, places say where no space follows.
 */
export function writeConllu(trees: readonly WritableTree[]): string {
  return trees
    .map((tree, at) => {
      const comments = tree.comments ?? commentsOf(tree, trees[at - 1]?.document ?? null);
      return [...comments, ...rowsOf(tree), '', ''].join('\n');
    })
    .join('');
}

function commentsOf({ document, sentence, text }: WritableTree, before: string | null): string[] {
  const comments: string[] = [];
  if (document && document !== before) comments.push(`# newdoc id = ${oneLine(document)}`);
  if (sentence) comments.push(`# sent_id = ${oneLine(sentence)}`);
  if (text) comments.push(`# text = ${oneLine(text)}`);
  return comments;
}

function rowsOf(tree: WritableTree): string[] {
  const { forms, lemmas, upos, xpos, features, heads, relations, misc, contractions } = tree;
  return forms.flatMap((form, word) => {
    const contraction = contractions?.find(({ first }) => first === word + 1);
    const cells = [
      ...[String(word + 1), form, lemmas?.[word], upos[word], xpos?.[word], features?.[word]],
      ...[String(heads[word]), relations[word], null, misc?.[word] ?? (isGlued(tree, word) ? 'SpaceAfter=No' : null)],
    ];
    if (!contraction) return [rowOf(cells)];
    const { first, last, misc: miscOfAll } = contraction;
    const empty = Array.from({ length: 7 }, () => null);
    return [rowOf([`${first}-${last}`, contraction.form, ...empty, miscOfAll]), rowOf(cells)];
  });
}

function rowOf(cells: (string | null | undefined)[]): string {
  return cells.map((cell) => (cell ? oneLine(cell) : '_')).join('\t');
}

/** Whether the next word begins where this one ends. */
function isGlued({ places }: WritableTree, word: number): boolean {
  const [place, next] = [places?.[word], places?.[word + 1]];
  return place !== null && place !== undefined && place.end === next?.start;
}

/** Tabs and line ends would begin another column or row, and nothing at all is `_`. */
function oneLine(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ');
  return line.trim() === '' ? '_' : line;
}
