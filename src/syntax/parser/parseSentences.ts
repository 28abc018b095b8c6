// The way in to a trained parser: a file of weights is opened once, then it scores the arcs of sentences.
import type { MatrixKernels } from '../../engine/kernels/matrixKernels';
import type { FeatureTables } from '../words/featureVocabulary';
import type { Language } from '../words/language';
import { parseBatch, type ParsedSentence } from './parseBatch';
import { decodeParser, type ParserFile, type ParserNotes } from './parserFile';
import { LONGEST_SENTENCE, parserBytes } from './parserMemory';
import { ParserModel } from './parserModel';
import { sentenceOfForms } from './readTrees';
import { batchesByLength, batchOf } from './sentenceBatch';

export interface Parser {
  readonly language: Language;
  /** What the file says of itself: licence, attribution, command, scores. */
  readonly notes: Readonly<Record<string, string>>;
  /**
   * Scores of every sentence, each given by its words' forms, in the order given. Throws RangeError for one of more than
   * LONGEST_SENTENCE words.
   */
  parse(sentences: readonly (readonly string[])[]): ParsedSentence[];
  /** The parser cannot be used any more; the arena keeps its memory. */
  dispose(): void;
}

/** Arena that a parser of this file needs, in bytes. @throws ParserFileError */
export function parserArenaBytes(file: ParserFile): number {
  return parserBytes(file.config, LONGEST_SENTENCE, false);
}

/** @throws ParserFileError for bytes that are no parser's, RangeError where the arena is too small */
export function openParser(bytes: Uint8Array, kernels: MatrixKernels): Parser {
  return parserOf(decodeParser(bytes), kernels);
}

/** The same of a file that has been decoded. */
export function parserOf(file: ParserFile, kernels: MatrixKernels): Parser {
  const model = new ParserModel(kernels, file.config, 0, true);
  for (const { name, values } of model.all) file.read(name, values);
  return parserWith(model, file.tables, file.notes);
}

/** A parser with these weights, also while they are trained. */
export function parserWith(model: ParserModel, tables: FeatureTables, notes: ParserNotes): Parser {
  return {
    language: model.config.language,
    notes,
    parse: (sentences) => {
      const read = sentences.map((forms) => {
        if (forms.length > LONGEST_SENTENCE)
          throw new RangeError(
            `a sentence of ${forms.length} words; the longest that can be parsed has ${LONGEST_SENTENCE}`,
          );
        return sentenceOfForms(forms, tables);
      });
      const parsed = read.map(() => NO_WORDS);
      const filled = read.map((_, at) => at).filter((at) => read[at].words > 0);
      const own = filled.map((at) => read[at]);
      for (const members of batchesByLength(own, LONGEST_SENTENCE)) {
        const answers = parseBatch(model, batchOf(members.map((at) => own[at])));
        answers.forEach((answer, k) => (parsed[filled[members[k]]] = answer));
      }
      return parsed;
    },
    dispose: () => model.dispose(),
  };
}

const NO_WORDS: ParsedSentence = {
  n: 0,
  scores: new Float64Array(1),
  upos: [],
  relation: () => {
    throw new RangeError('a sentence of no words has no arcs');
  },
};
