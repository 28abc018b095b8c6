// Where the sentences of the joined measure and their trees are from: a treebank that was imported, or the parser's trees of a text.
import { betweenSteps } from '../../engine/inspection/pieces';
import { SentencePlacer, type ArcSentence, type ReadTokens } from '../../labs/arcs/arcSentence';
import { treebankSentence } from '../../labs/arcs/treebankSentences';
import type { JoinedAnswer } from '../../protocol/joined';
import type { ParsedLanguage } from '../../protocol/syntax';
import { bestParse } from '../../syntax/parser/bestParse';
import { LONGEST_SENTENCE } from '../../syntax/parser/parserMemory';
import type { Parser } from '../../syntax/parser/parseSentences';
import type { ConlluTree } from '../../syntax/trees/dependencyTree';
import { createTokenizer } from '../../text/tokenize';
import type { Vocabulary } from '../../text/vocabulary';
import { textSentences, type TextSentence } from '../syntax/textSentences';

/** A sentence in the parser's language. */
type ParsedText = Pick<TextSentence, 'start' | 'end' | 'words'>;

type Pause = () => Promise<void>;

export interface ArcSource {
  trees: JoinedAnswer['trees'];
  sentencesInAll: number;
  /** The next sentences in the order of the text, at least one and few at a time; none at its end. */
  next(pause: Pause): Promise<ArcSentence[]>;
}

/** A treebank is read as a text of its own, one sentence a line. */
export function treebankSource(
  trees: readonly ConlluTree[],
  vocabulary: Vocabulary,
  language: ParsedLanguage | null,
  file: string,
): ArcSource {
  let at = 0;
  return {
    trees: { source: 'imported', language, file },
    sentencesInAll: trees.length,
    next: async () => (at < trees.length ? [treebankSentence(trees[at], vocabulary, at++ === 0)] : []),
  };
}

/** Sentences and words parsed at a time: some 20 ms. */
const SENTENCES = 4;
const WORDS = 60;

export function parserSource({ read, sentences }: PreparedText, parser: Parser, language: ParsedLanguage): ArcSource {
  const placer = new SentencePlacer(read);
  let at = 0;
  return {
    trees: { source: 'parser', language, file: null },
    sentencesInAll: sentences.length,
    next: async (pause) => {
      const some: ParsedText[] = [];
      let words = 0;
      while (at < sentences.length && some.length < SENTENCES && (some.length === 0 || words < WORDS)) {
        words += sentences[at].words.length;
        some.push(sentences[at++]);
      }
      if (some.length === 0) return [];
      await pause();
      const forms = some.map((sentence) => sentence.words.map(({ form }) => form));
      const parsed = parser.parse(forms);
      return some.map(({ start, end, words: places }, k) =>
        placer.next({ tree: bestParse(forms[k], parsed[k]), places, start, end, document: null }),
      );
    },
  };
}

/** A text with its tokens, and its sentences in one language. */
export interface PreparedText {
  read: ReadTokens;
  sentences: ParsedText[];
}

/** UTF-16 units that are split into sentences or tokens at once. */
const UNITS = 8192;

/** Splits a text into tokens and sentences; sentences that are too long for the parser are left out. */
export async function prepareText(
  text: string,
  vocabulary: Vocabulary,
  language: ParsedLanguage,
  pause: Pause,
): Promise<PreparedText> {
  const rest = betweenSteps(pause);
  const [starts, ends, ids]: number[][] = [[], [], []];
  const tokenizer = createTokenizer(vocabulary.unit);
  const add = (token: string, start: number, end: number) => {
    starts.push(start);
    ends.push(end);
    ids.push(vocabulary.idOf(token));
  };
  for (let at = 0; at < text.length; at += UNITS) {
    tokenizer.push(text.slice(at, at + UNITS), add);
    await rest();
  }
  tokenizer.end(add);
  const sentences: ParsedText[] = [];
  for (let at = 0; at < text.length;) {
    const end = blockEnd(text, at);
    for (const { start, end: to, words } of textSentences(text.slice(at, end), language).sentences) {
      const moved = words.map((word) => ({ form: word.form, start: word.start + at, end: word.end + at }));
      if (words.length <= LONGEST_SENTENCE) sentences.push({ start: start + at, end: to + at, words: moved });
    }
    at = end;
    await rest();
  }
  return { read: { starts, ends, ids: Int32Array.from(ids) }, sentences };
}

/** Where a block of the text ends: at an empty line, else at a line's end, else anywhere. */
function blockEnd(text: string, from: number): number {
  const to = from + UNITS;
  if (to >= text.length) return text.length;
  const block = text.slice(from, to);
  const paragraph = Math.max(block.lastIndexOf('\n\n'), block.lastIndexOf('\n\r\n'));
  if (paragraph > 0) return from + paragraph + 1;
  const line = Math.max(block.lastIndexOf('\n'), block.lastIndexOf('. '));
  return line > 0 ? from + line + 1 : to;
}
