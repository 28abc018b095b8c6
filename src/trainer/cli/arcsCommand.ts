// `gatescope arcs`: how much of the gradient reaches the other end of dependency arcs, beside word pairs without an arc.
import path from 'node:path';
import type { JoinedAnswer } from '../../protocol/joined';
import { PARSED_LANGUAGES, type ParsedLanguage } from '../../protocol/syntax';
import { languageOf } from '../../syntax/words/language';
import { treebankSource } from '../joined/arcSource';
import { JoinedDesk } from '../joined/joinedDesk';
import { JoinedMeasures, type MeasuredModel } from '../joined/joinedMeasures';
import { RunFolder } from '../runFolder';
import { SyntaxDesk } from '../syntax/syntaxDesk';
import { openTokenFile } from '../tokenFile';
import { nextTurn } from '../trainingLoop';
import { arcLines } from './arcsReport';
import { readGoldTrees } from './parserTrees';
import { openRun } from './storedRun';
import {
  EXIT,
  onlyArgument,
  optionLines,
  parseOptions,
  UsageError,
  wholeNumber,
  type CommandContext,
  type Subcommand,
  type Terminal,
} from './subcommand';

const DEFAULT_SENTENCES = 2000;

export const arcsCommand: Subcommand = {
  name: 'arcs',
  summary: 'the gradient along dependency arcs',
  help: () =>
    [
      'gatescope arcs RUN_FOLDER [--conllu FILE | --lang en|ko] [--sentences N] [--json]',
      '',
      'Of every dependency arc between two words of a sentence: the loss of the later word and its gradient on the earlier one, ‖∂J/∂x‖,',
      'as it is and as a share of its sum over all earlier words of the sentence; beside word pairs without an arc at the same distance',
      'and of the same parts of speech (of the same classes of words where fewer than five share these). Ratios with the middle 95 % of',
      '200 drawings of sentences, of documents where the trees name thirty or more. A word of several tokens counts as a whole. Of a cloze',
      'model each word of an arc is hidden in turn. A word that is foretold surely has a small gradient everywhere: the share says where it goes.',
      '',
      'Trees: those of --conllu, read as a text of one sentence a line with the state carried on; else those imported for the run; else',
      'the parser’s of the text trained on. Interrupted, it tells what it has found so far.',
      'JSON: curves (order, asked, points as in distances), relations, nullByLag, sentences, words, arcs, leftOut, trees, seconds.',
      '',
      'Options:',
      ...optionLines([
        ['conllu FILE', 'sentences with their trees'],
        ['lang en|ko', 'language of the text for the parser; told from the text'],
        ['sentences N', `so many sentences from the beginning; ${DEFAULT_SENTENCES}`],
        ['json', 'print JSON'],
        ['help', 'show this'],
      ]),
      '',
      'Exit codes: 0 done, 1 failed, 2 wrong usage.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const text = { type: 'string' } as const;
    const options = { conllu: text, lang: text, sentences: text, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseOptions(argv, options);
    const runFolder = onlyArgument('arcs', 'run folder', positionals);
    const { conllu, lang } = values;
    const language = PARSED_LANGUAGES.find((known) => known === lang) ?? null;
    if (lang !== undefined && language === null)
      throw new UsageError(`arcs: --lang: one of ${PARSED_LANGUAGES.join(', ')}`);
    if (conllu !== undefined && lang !== undefined) throw new UsageError('arcs: --conllu or --lang, not both');
    const sentences = wholeNumber('sentences', values.sentences, DEFAULT_SENTENCES, 1);
    return () => arcs({ runFolder, conllu: conllu ?? null, language, sentences, json: values.json === true }, context);
  },
};

interface Asked {
  runFolder: string;
  conllu: string | null;
  language: ParsedLanguage | null;
  sentences: number;
  json: boolean;
}

const UNMEASURABLE: Record<NonNullable<JoinedAnswer['problem']>, string> = {
  noTrees: 'arcs: there is no parser for the language of the text; --conllu gives trees, --lang says the language',
  noSentence: 'arcs: the text has no sentence',
  readsBothWays: 'arcs: a network that reads both ways has read the word that it should foretell',
};

/** @throws UsageError for runs that foretell no words and texts without trees; GatescopeError as readGoldTrees and the parser */
async function arcs(asked: Asked, context: CommandContext): Promise<number> {
  const { terminal, engine } = context;
  const folder = new RunFolder(path.resolve(asked.runFolder));
  const record = folder.readRecord();
  const { task, bidirectional } = record.config;
  if (task !== 'language' && task !== 'cloze')
    throw new UsageError(`arcs: ${record.id} learnt ${task}; it foretells no words`);
  if (task === 'language' && bidirectional) throw new UsageError(UNMEASURABLE.readsBothWays);
  const trained = await openRun(folder, record, engine().modules);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const syntax = new SyntaxDesk(folder.folder, { mediaFolder: context.media(), kernelsWasm: engine().modules });
  try {
    const found = await sourceOf(asked, folder, syntax, terminal);
    if (typeof found === 'string') throw new UsageError(UNMEASURABLE[found]);
    const vocabulary = folder.readVocabulary();
    const { model, position } = trained;
    const hidden = task === 'cloze' ? vocabulary.size - 1 : null;
    const measured = { model, step: position.step, unit: vocabulary.unit, hidden };
    const answer = await measureTo(found, measured, asked.sentences, stop.signal, context);
    const { step } = position;
    terminal.print(
      asked.json
        ? `${JSON.stringify({ run: record.id, step, interrupted: stop.signal.aborted, ...answer }, null, 2)}\n`
        : `${arcLines(answer, step).join('\n')}\n`,
    );
    return EXIT.done;
  } finally {
    process.removeListener('SIGINT', interrupt);
    syntax.close();
    trained.model.dispose();
  }
}

async function sourceOf({ conllu, language }: Asked, folder: RunFolder, syntax: SyntaxDesk, terminal: Terminal) {
  const vocabulary = folder.readVocabulary();
  if (conllu !== null) {
    const { trees, leftOut } = await readGoldTrees([conllu]);
    for (const { line, reason } of leftOut)
      terminal.note(`${path.basename(conllu)}, line ${line}: left out, ${reason}`);
    const told = languageOf(
      trees
        .slice(0, 200)
        .map(({ text }) => text)
        .join(' '),
    );
    return new JoinedMeasures(treebankSource(trees, vocabulary, told, path.basename(conllu)));
  }
  const { corpus, source } = folder.readRecord();
  if (corpus === null) return 'noSentence';
  const tokens = openTokenFile(folder.tokenPath, corpus.tokens);
  try {
    terminal.progress('reading the text');
    const desk = new JoinedDesk(() => source, language);
    return await desk.measures({ syntax, vocabulary, corpus, tokens: () => tokens, pause: nextTurn });
  } finally {
    tokens.close();
  }
}

/** As far as it comes before it is interrupted. */
async function measureTo(
  measures: JoinedMeasures,
  measured: MeasuredModel,
  sentences: number,
  signal: AbortSignal,
  { terminal }: CommandContext,
): Promise<JoinedAnswer> {
  const pause = async () => {
    terminal.progress(`sentence ${measures.counted} of ${sentences}`);
    await nextTurn();
    signal.throwIfAborted();
  };
  try {
    return await measures.measure(measured, sentences, pause);
  } catch (error) {
    if (!signal.aborted) throw error;
    return await measures.measure(measured, measures.counted, nextTurn);
  } finally {
    terminal.progress(null);
  }
}
