// Sentences with their readings as CoNLL-U: what the inspector saves and the command line prints.
import type { SyntaxReading } from '../../protocol/syntax';
import type { Place } from '../../syntax/trees/dependencyTree';
import { writeConllu, type WritableTree } from '../../syntax/trees/writeConllu';

/** Of a sentence what is written; the words' offsets say only where no space stands between two. */
export interface WrittenSentence {
  text: string;
  words: readonly { text: string; start: number; end: number; upos: string | null }[];
  readings: readonly SyntaxReading[];
}

export interface WritingOptions {
  /** What the text is called in the comment `newdoc id`; null for no such comment. */
  document: string | null;
  /** Number of the first sentence, 1 where it is left out. */
  firstNumber?: number;
  /** All readings that are told (at most 26), one below the other, instead of the best one. */
  everyReading: boolean;
}

const CODE_OF_A = 97;

/**
 * Ten columns a word; SpaceAfter=No where no white space follows, ArcProbability of arcs whose probability is known, and the reading's
 * own probability as a comment. Sentences without a reading are left out.
 */
export function conlluOfSentences(sentences: readonly WrittenSentence[], options: WritingOptions): string {
  const trees = sentences.flatMap((sentence, at) => {
    const readings = options.everyReading ? sentence.readings : sentence.readings.slice(0, 1);
    return readings.map((reading, k): WritableTree => {
      const { text, words } = sentence;
      const isFirst = at === 0 && k === 0;
      const comments = [
        ...(isFirst && options.document !== null ? [`# newdoc id = ${oneLine(options.document)}`] : []),
        `# sent_id = ${at + (options.firstNumber ?? 1)}${readings.length > 1 ? `-${String.fromCharCode(CODE_OF_A + k)}` : ''}`,
        `# text = ${oneLine(text)}`,
        ...(readings.length > 1 ? [`# reading = ${k + 1} of ${readings.length}`] : []),
        ...(reading.probability === null ? [] : [`# reading_probability = ${reading.probability.toFixed(4)}`]),
      ];
      return {
        ...{ forms: words.map((word) => word.text), upos: words.map((word) => word.upos), comments },
        heads: Int32Array.from(reading.arcs, ({ head }) => head),
        relations: reading.arcs.map(({ relation }) => relation),
        misc: words.map((word, d) => miscOf(word, words[d + 1], reading.arcs[d].marginal)),
      };
    });
  });
  return writeConllu(trees);
}

function miscOf(word: Place, next: Place | undefined, marginal: number | null): string {
  const parts = [
    ...(marginal === null ? [] : [`ArcProbability=${marginal.toFixed(4)}`]),
    ...(next && next.start === word.end ? ['SpaceAfter=No'] : []),
  ];
  return parts.join('|') || '_';
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
