// The sentences of a treebank as a text to be read: one a line, in the order of the file.
import type { ConlluTree } from '../../syntax/trees/dependencyTree';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';
import { readTokensOf, SentencePlacer, type ArcSentence } from './arcSentence';

const LINE_END = '\n';

/** A tree's sentence, with the line end before it unless it is the `first`; a blank where the vocabulary knows no line ends. */
export function treebankSentence(tree: ConlluTree, vocabulary: Vocabulary, first: boolean): ArcSentence {
  const between = first ? '' : vocabulary.idOf(LINE_END) === UNKNOWN_ID ? ' ' : LINE_END;
  const shift = between.length;
  const places = tree.places.map((place) => place && { start: place.start + shift, end: place.end + shift });
  const end = shift + tree.text.length;
  return new SentencePlacer(readTokensOf(between + tree.text, vocabulary)).next({
    ...{ tree, places, start: shift, end, document: tree.document },
  });
}
