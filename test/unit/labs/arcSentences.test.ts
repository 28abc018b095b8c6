// Words of a tree and tokens of a network: which is which, and what is left out.
import assert from 'node:assert/strict';
import { readTokensOf, SentencePlacer } from '../../../src/labs/arcs/arcSentence';
import { treebankSentence } from '../../../src/labs/arcs/treebankSentences';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { TokenCounter, type Vocabulary } from '../../../src/text/vocabulary';
import { tokenize, type TokenUnit } from '../../../src/text/tokenize';

const row = (id: string, form: string, upos: string, head: string, relation: string, misc = '_') =>
  [id, form, form, upos, '_', '_', head, relation, '_', misc].join('\t');

/** A contraction, a word of several tokens, a full stop. */
const CONLLU = [
  '# newdoc id = letters',
  '# text = Don’t re-read it.',
  row('1-2', 'Don’t', '_', '_', '_'),
  ...[row('1', 'Do', 'AUX', '3', 'aux'), row('2', 'n’t', 'PART', '3', 'advmod')],
  ...[row('3', 're-read', 'VERB', '0', 'root'), row('4', 'it', 'PRON', '3', 'obj', 'SpaceAfter=No')],
  row('5', '.', 'PUNCT', '3', 'punct'),
  '',
  '# text = I read.',
  ...[row('1', 'I', 'PRON', '2', 'nsubj'), row('2', 'read', 'VERB', '0', 'root', 'SpaceAfter=No')],
  row('3', '.', 'PUNCT', '2', 'punct'),
  '',
  '',
].join('\n');
const [first, second] = readConllu(CONLLU).trees;

function vocabularyOf(text: string, unit: TokenUnit): Vocabulary {
  const counter = new TokenCounter();
  for (const token of tokenize(text, unit)) counter.add(token.text, token.start, token.end);
  return counter.vocabulary(unit);
}

describe('words as tokens', () => {
  it('are whole tokens: a word of several has them all, words that share one have none', () => {
    const vocabulary = vocabularyOf(`${first.text}\n`, 'words');
    const { words, ids, document } = treebankSentence(first, vocabulary, true);
    assert.deepEqual(
      [...ids].map((id) => vocabulary.textOf(id)),
      ['Don’t', 're', '-', 'read', 'it', '.'],
    );
    assert.deepEqual(words, [
      ...[null, null, { first: 1, end: 4, known: true }],
      ...[
        { first: 4, end: 5, known: true },
        { first: 5, end: 6, known: true },
      ],
    ]);
    assert.equal(document, 'letters');
  });

  it('are characters of a model that reads these', () => {
    const { words } = treebankSentence(first, vocabularyOf(`${first.text}\n`, 'characters'), true);
    assert.deepEqual(words.slice(0, 3), [
      { first: 0, end: 2, known: true },
      { first: 2, end: 5, known: true },
      { first: 6, end: 13, known: true },
    ]);
  });

  it('are unknown where the vocabulary lacks a token of them', () => {
    const { words } = treebankSentence(second, vocabularyOf('I write.\n', 'words'), false);
    assert.deepEqual(
      words.map((word) => word?.known),
      [true, false, true],
    );
  });

  it('come after a line end that belongs to no sentence', () => {
    const vocabulary = vocabularyOf(`${second.text}\n`, 'words');
    const { gap, ids } = treebankSentence(second, vocabulary, false);
    assert.deepEqual(
      [...gap].map((id) => vocabulary.textOf(id)),
      ['\n'],
    );
    assert.equal(ids.length, 3);
    assert.equal(treebankSentence(second, vocabulary, true).gap.length, 0);
  });

  it('stand where a parser found them in a text, with what is read between sentences', () => {
    const text = 'I read. (So it is.) I read.';
    const vocabulary = vocabularyOf(text, 'words');
    const placer = new SentencePlacer(readTokensOf(text, vocabulary));
    const at = (start: number) => ({
      ...{ tree: second, document: null, start, end: start + 7 },
      places: second.places.map((place) => place && { start: place.start + start, end: place.end + start }),
    });
    const [one, two] = [placer.next(at(0)), placer.next(at(20))];
    assert.deepEqual([one.gap.length, one.ids.length], [0, 3]);
    assert.deepEqual(
      [...two.gap].map((id) => vocabulary.textOf(id)),
      ['(', 'So', 'it', 'is', '.', ')'],
    );
    assert.deepEqual(two.words, one.words);
    assert.deepEqual(two.ids, one.ids);
  });
});
