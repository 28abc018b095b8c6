// What is said of trees: who wavers between which heads, where trees are from, and why there are none.
import assert from 'node:assert/strict';
import { brokenList, brokenText } from '../../../webview/brokenSentences';
import type { SyntaxAnswer, SyntaxSentence } from '../../../src/protocol/syntax';
import { ambiguityText, arcText, beginningText, missingText, sourceText } from '../../../webview/syntaxSentences';

type Arc = [head: number, relation: string, marginal?: number];

function sentenceOf(forms: string, ...readings: [probability: number, arcs: Arc[]][]): SyntaxSentence {
  const words = forms.split(' ').map((text, k, all) => {
    const start = all.slice(0, k).join(' ').length + Math.min(1, k);
    return { text, ...{ start, end: start + text.length, first: 0, last: 0, upos: null } };
  });
  const all = readings.map(([probability, arcs]) => ({
    probability,
    arcs: arcs.map(([head, relation, marginal = probability]) => ({ head, relation, marginal })),
  }));
  const differs = words.flatMap((_, k) => {
    const [a, b] = all.map(({ arcs }) => arcs[k]);
    return b && (a.head !== b.head || a.relation !== b.relation) ? [k] : [];
  });
  return { start: 0, end: 9, language: 'en', cut: false, words, readings: all, differs };
}

const answerOf = (changes: Partial<SyntaxAnswer>): SyntaxAnswer => ({
  ...{
    source: 'parser',
    language: 'en',
    sentences: [],
    problem: null,
    unmatched: [],
    imported: null,
    secondReading: { from: 0.1, clearFrom: 0.7 },
  },
  ...changes,
});

describe('what is said of two readings', () => {
  it('is between which heads a word wavers, with the probability of each arc and not of the tree', () => {
    const sentence = sentenceOf(
      'see stars here',
      [
        0.58,
        [
          [0, 'root'],
          [1, 'obj'],
          [1, 'advmod', 0.34],
        ],
      ],
      [
        0.31,
        [
          [0, 'root'],
          [1, 'obj'],
          [2, 'advmod', 0.47],
        ],
      ],
    );
    assert.equal(ambiguityText(sentence), '“here” belongs to “see” (34 %) or to “stars” (47 %).');
  });

  it('is nothing of a sentence with one', () => {
    assert.equal(ambiguityText(sentenceOf('go', [1, [[0, 'root']]])), '');
  });
});

describe('what is said of where trees are from', () => {
  it('names the parser’s language, or the file', () => {
    assert.equal(sourceText(answerOf({ language: 'ko' })), 'parser: Korean');
    const imported = { name: 'gold.conllu', trees: 3 };
    assert.equal(sourceText(answerOf({ source: 'imported', imported })), 'imported from gold.conllu');
    assert.equal(sourceText(answerOf({ source: 'document' })), 'trees of this CoNLL-U file');
  });

  it('tells a language without a parser from trees of another text and from a broken tree', () => {
    assert.match(
      missingText(answerOf({ language: null, problem: { kind: 'noLanguage' } })),
      /no parser for this language/,
    );
    const other = answerOf({ language: null, source: 'imported', problem: { kind: 'unmatched', name: 'gold.conllu' } });
    assert.equal(missingText(other), 'The trees of gold.conllu are of other sentences than these.');
    const broken = [{ line: 7, reason: { code: 'noRoot', args: {} } }] as const;
    assert.match(brokenText(broken), /: 1, the first in line 7: \S/);
    assert.match(brokenList(broken), /^line 7: \S/);
    assert.equal(brokenText([]), '');
    assert.equal(missingText(answerOf({ sentences: [sentenceOf('go', [1, [[0, 'root']]])] })), '');
  });
});

describe('what is said of an arc', () => {
  const sentence = sentenceOf('see stars', [
    1,
    [
      [0, 'root'],
      [1, 'obj'],
    ],
  ]);
  const shown = { sentence, offset: 0, reading: 0, arcs: sentence.readings[0].arcs, differs: [], pairs: [] };

  it('tells which of its words is out of sight, and on which side', () => {
    assert.doesNotMatch(arcText(shown, 1), /out of sight/);
    assert.match(arcText(shown, 1, { word: 0, head: -1 }), /“see” is out of sight to the left/);
    assert.match(arcText(shown, 1, { word: 1, head: 0 }), /“stars” is out of sight to the right/);
    assert.match(arcText(shown, 1, { word: 1, head: -1 }), /right · “see” is out of sight to the left/);
  });

  it('is of sentences that are named by how they begin', () => {
    assert.equal(beginningText(sentence), '“see stars”');
    const [stars, stop] = sentence.words;
    assert.equal(beginningText({ words: [stars, { ...stop, text: '.', start: 3, end: 4 }] }), '“see.”');
    assert.equal(beginningText(sentenceOf('see the very many stars up there')), '“see the very many stars…”');
  });
});
