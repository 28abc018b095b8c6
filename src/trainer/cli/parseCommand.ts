// `gatescope parse`: running text in, its sentences as dependency trees out, in CoNLL-U or JSON.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GatescopeError } from '../../protocol/failures';
import { PARSED_LANGUAGES, type ParsedLanguage } from '../../protocol/syntax';
import { bestReadings, CLEAR_FROM, readingsOf, SECOND_HEAD_FROM } from '../../syntax/trees/readings';
import { counted } from '../../text/counted';
import { openSource } from '../sourceReader';
import { conlluOfSentences } from '../syntax/conlluOfSentences';
import { ParserShelf } from '../syntax/parserShelf';
import { SentenceAnalyses, type SentenceAnalysis } from '../syntax/sentenceAnalyses';
import { textSentences, type TextSentence } from '../syntax/textSentences';
import { EXIT, optionLines, parseOptions, UsageError, type CommandContext, type Subcommand } from './subcommand';

/** Sentences that are written at a time. */
const AT_A_TIME = 400;
/** Nobody waits for anything else. */
const WORDS_AT_A_TIME = 10_000;
/** Of a sentence at most so many trees are written. */
const MOST_BEST = 20;

export interface ParseOptions {
  /** A path, or - for the standard input. */
  file: string;
  /** Null: found sentence by sentence. */
  language: ParsedLanguage | null;
  readings: boolean;
  /** So many trees of every sentence instead of its readings; null for these. */
  best: number | null;
  json: boolean;
}

export const parseCommand: Subcommand = {
  name: 'parse',
  summary: 'write the dependency trees of a text as CoNLL-U',
  help: () =>
    [
      'gatescope parse FILE|- [options]',
      '',
      'Splits running text (of a file, or of the standard input) into sentences and words and writes each sentence’s most probable',
      'dependency tree as CoNLL-U: parts of speech, heads and relations of Universal Dependencies; in the last column SpaceAfter=No and',
      'ArcProbability, the probability of the arc over all trees of the sentence. Sentences of other languages are left out, and counted.',
      '',
      'Options:',
      ...optionLines([
        ['lang en|ko', 'the language of all sentences; found sentence by sentence'],
        ['readings', 'every sentence’s second reading, too, where there is one'],
        ['best N', `the N most probable trees that differ in more than punctuation, 1 to ${MOST_BEST}`],
        ['json', 'print a line of JSON per sentence instead'],
        ['help', 'show this'],
      ]),
      '',
      `A second reading puts a modifier elsewhere in the tree: its second head is ${100 * SECOND_HEAD_FROM} % probable or more, both heads together ${100 * CLEAR_FROM} %,`,
      `and so are the heads of all other words together.`,
      '',
      'JSON, a line each: { sentence, text, language, start, end, words: [{ text, start, end, upos }],',
      '                     readings: [{ probability, arcs: [{ head, relation, marginal }] }], differs: [word, from 0] }',
      '',
      'Exit codes: 0 parsed, 1 failed, 2 wrong usage or a text that cannot be used.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const options = parseCommandOptions(argv);
    return () => parse(options, context);
  },
};

/** @throws UsageError */
export function parseCommandOptions(argv: string[]): ParseOptions {
  const { values, positionals } = parseOptions(argv, {
    ...{ lang: { type: 'string' }, readings: { type: 'boolean' }, best: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('parse needs a text file, or - for the standard input');
  if (more.length > 0) throw new UsageError(`parse takes one file; ${more[0]} is another`);
  const language = PARSED_LANGUAGES.find((each) => each === values.lang) ?? null;
  if (values.lang !== undefined && language === null)
    throw new UsageError(`--lang is ${PARSED_LANGUAGES.join(' or ')}, not ${values.lang}`);
  const best = values.best === undefined ? null : Number(values.best);
  if (best !== null && !(Number.isInteger(best) && best >= 1 && best <= MOST_BEST))
    throw new UsageError(`--best is a whole number from 1 to ${MOST_BEST}, not ${String(values.best)}`);
  const readings = values.readings === true;
  if (readings && best !== null)
    throw new UsageError('--best and --readings are two ways to see other trees; give one');
  return { file, language, readings, best, json: values.json === true };
}

async function parse(options: ParseOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const name = options.file === '-' ? 'the standard input' : path.basename(options.file);
  const text = await textOf(options.file, name);
  const { sentences } = textSentences(text, options.language ?? undefined);
  if (sentences.length === 0) throw new GatescopeError('emptyText', { name });
  const parsable = sentences.filter(({ language }) => language !== null);
  const shelf = new ParserShelf(context.media(), context.engine().modules);
  const { best } = options;
  const analyses = new SentenceAnalyses(shelf, {
    wordsAtATime: WORDS_AT_A_TIME,
    told: best === null ? readingsOf : (parsed) => bestReadings(parsed, best),
  });
  for (let first = 0; first < parsable.length; first += AT_A_TIME) {
    const part = parsable.slice(first, first + AT_A_TIME);
    const found = await analyses.of(part, () => Promise.resolve());
    const told = part.map((sentence, at) => toldOf(sentence, found[at], text));
    const document = first === 0 && options.file !== '-' ? name : null;
    terminal.print(
      options.json
        ? told.map((each, at) => `${JSON.stringify({ sentence: first + at + 1, ...each })}\n`).join('')
        : conlluOfSentences(told, {
            document,
            firstNumber: first + 1,
            everyReading: options.readings || best !== null,
          }),
    );
    terminal.progress(`${Math.min(parsable.length, first + AT_A_TIME)} of ${counted(parsable.length, 'sentence')}`);
  }
  terminal.progress(null);
  shelf.close();
  for (const note of leftOut(sentences, text, name)) terminal.note(note);
  return parsable.length > 0 ? EXIT.done : EXIT.badInput;
}

/** What is said of the sentences that are not parsed: those without words, and those of other languages. */
function leftOut(sentences: readonly TextSentence[], text: string, name: string): string[] {
  const without = sentences.filter(({ language }) => language === null);
  const foreign = without.filter(({ start, end }) => /\p{L}/u.test(text.slice(start, end))).length;
  const wordless = without.length - foreign;
  const notes: string[] = [];
  if (wordless === sentences.length)
    notes.push(
      `There are no words to parse in ${name}: it holds numbers or marks only; --lang parses them all the same.`,
    );
  else if (wordless > 0)
    notes.push(
      `${wordless} of ${counted(sentences.length, 'sentence')} ${wordless === 1 ? 'holds' : 'hold'} no words to parse, numbers or marks only.`,
    );
  if (foreign > 0)
    notes.push(
      `${foreign} of ${counted(sentences.length, 'sentence')} ${foreign === 1 ? 'is' : 'are'} in no language that there is a parser for (${PARSED_LANGUAGES.join(', ')}); --lang parses ${foreign === 1 ? 'it' : 'them'} all the same. ` +
        'Trees of other parsers can be imported as a CoNLL-U file: in the inspector (Import Dependency Trees…), or by --conllu of arcs, probe and agreement.',
    );
  return notes;
}

/** Of a sentence what JSON says of it. */
function toldOf({ start, end, language, words }: TextSentence, analysis: SentenceAnalysis | null, text: string) {
  return {
    ...{ text: text.slice(start, end), language, start, end },
    words: words.map((word, at) => ({
      ...{ text: word.form, start: word.start, end: word.end },
      upos: analysis?.upos[at] ?? null,
    })),
    readings: analysis?.readings ?? [],
    differs: analysis?.differs ?? [],
  };
}

/** @throws GatescopeError as openSource */
async function textOf(file: string, name: string): Promise<string> {
  const isGiven = file === '-';
  const source = { uri: '', name, path: isGiven ? null : path.resolve(file), part: { kind: 'whole' } } as const;
  const reader = await openSource(source, isGiven ? readFileSync(0, 'utf8') : null);
  try {
    let text = '';
    for await (const piece of reader.pieces()) text += piece.text;
    return text;
  } finally {
    await reader.close();
  }
}
