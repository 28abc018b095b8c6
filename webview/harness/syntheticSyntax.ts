// Trees as a parser might find them in a window: two readings of the lecture's sentence, worked out by hand; of any other text some tree.
import type { SyntaxAnswer, SyntaxArc, SyntaxSentence } from '../../src/protocol/syntax';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { seededRandom } from './syntheticText';

const arc = (head: number, relation: string, marginal: number | null): SyntaxArc => ({ head, relation, marginal });

/** Head and relation of every word, by the sentence's words. */
const READINGS: Record<string, { probability: number; arcs: SyntaxArc[] }[]> = {
  'Scientists study whales from space .': [
    {
      probability: 0.58,
      arcs: [
        ...[arc(2, 'nsubj', 0.99), arc(0, 'root', 0.99), arc(2, 'obj', 0.97)],
        ...[arc(5, 'case', 0.99), arc(2, 'obl', 0.6), arc(2, 'punct', 1)],
      ],
    },
    {
      probability: 0.31,
      arcs: [
        ...[arc(2, 'nsubj', 0.99), arc(0, 'root', 0.99), arc(2, 'obj', 0.97)],
        ...[arc(5, 'case', 0.99), arc(3, 'nmod', 0.33), arc(2, 'punct', 1)],
      ],
    },
  ],
  'The writer of the books that the young farmers admire is old .': [
    {
      probability: 0.88,
      arcs: [
        ...[arc(2, 'det', 1), arc(12, 'nsubj', 0.98), arc(5, 'case', 1), arc(5, 'det', 1), arc(2, 'nmod', 0.96)],
        ...[arc(10, 'obj', 0.93), arc(9, 'det', 1), arc(9, 'amod', 0.99), arc(10, 'nsubj', 0.98)],
        ...[arc(5, 'acl:relcl', 0.44), arc(12, 'cop', 0.99), arc(0, 'root', 0.98), arc(12, 'punct', 1)],
      ],
    },
  ],
};

const RELATIONS = ['det', 'amod', 'nsubj', 'obj', 'obl', 'case', 'advmod', 'conj', 'acl:relcl', 'mark', 'nmod'];

/** A tree over [from, to) hung on `head`, without arcs that cross. */
function grow(random: () => number, arcs: SyntaxArc[], from: number, to: number, head: number): void {
  if (from >= to) return;
  const top = from + Math.floor(random() * (to - from));
  const relation = head === 0 ? 'root' : RELATIONS[Math.floor(random() * RELATIONS.length)];
  arcs[top] = arc(head, relation, Math.max(0.3, 1 - 0.8 * random() ** 4));
  grow(random, arcs, from, top, top + 1);
  grow(random, arcs, top + 1, to, top + 1);
}

/** What a trainer might answer about the window; no language where none of its letters are Latin or Korean. */
export function syntheticSyntax({ tokens }: FrameHeader): SyntaxAnswer {
  const start = tokens[0].start;
  let text = '';
  for (const token of tokens) text = text.padEnd(token.start - start) + token.text;
  const isKorean = /\p{Script=Hangul}/u.test(text);
  const language = isKorean ? 'ko' : /\p{Script=Latin}/u.test(text) ? 'en' : null;
  const sentences = [...text.matchAll(/[^.?!]+[.?!]?/gu)].flatMap((match) => {
    const words = [...match[0].matchAll(isKorean ? /[^\s.,“”]+|[.,“”]/gu : /\p{L}+|[^\p{L}\s]/gu)].map((word) => ({
      text: word[0],
      ...{ start: start + match.index + word.index, end: start + match.index + word.index + word[0].length },
      ...{ first: null, last: null, upos: /\p{L}/u.test(word[0]) ? 'NOUN' : 'PUNCT' },
    }));
    if (words.length === 0) return [];
    return [sentenceOf(words, language)];
  });
  return {
    ...{
      source: 'parser',
      language,
      sentences,
      unmatched: [],
      imported: null,
      secondReading: { from: 0.1, clearFrom: 0.7 },
    },
    problem: language === null ? { kind: 'noLanguage' } : null,
    tokensPerSecond: 4200,
  };
}

function sentenceOf(words: SyntaxSentence['words'], language: SyntaxSentence['language']): SyntaxSentence {
  const arcs: SyntaxArc[] = [];
  grow(seededRandom(words.length), arcs, 0, words.length, 0);
  const known = READINGS[words.map(({ text }) => text).join(' ')];
  const readings = language === null ? [] : (known ?? [{ probability: 0.7, arcs }]);
  const differs = readings.length > 1 ? words.flatMap((_, k) => differsAt(readings, k)) : [];
  const [start, end] = [words[0].start, words[words.length - 1].end];
  return { start, end, language, cut: false, words, readings, differs };
}

function differsAt([{ arcs: a }, { arcs: b }]: { arcs: SyntaxArc[] }[], word: number): number[] {
  return a[word].head === b[word].head && a[word].relation === b[word].relation ? [] : [word];
}
