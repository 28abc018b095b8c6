// Options of `gatescope parser train` and `gatescope parser score`.
import { DEFAULT_SIZE, type ParserSize } from '../../syntax/parser/newParser';
import { DEFAULT_PLAN, type ParserPlan } from '../../syntax/parser/parserTraining';
import type { Language } from '../../syntax/words/language';
import { onlyArgument, optionLines, parseOptions, UsageError, wholeNumber } from './subcommand';

export interface ParserTrainOptions {
  language: Language;
  train: string[];
  dev: string[];
  out: string;
  size: ParserSize;
  plan: ParserPlan;
}

export interface ParserScoreOptions {
  language: Language;
  file: string;
  /** Null: those that come with Gatescope. */
  weights: string | null;
  json: boolean;
}

/** @throws UsageError */
export function parserTrainOptions(argv: string[]): ParserTrainOptions {
  const text = { type: 'string' } as const;
  const files = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseOptions(argv, {
    ...{ lang: text, train: files, dev: files, out: text },
    ...{ epochs: text, seed: text, units: text, layers: text, 'batch-words': text, 'learning-rate': text },
    ...{ 'word-dropout': text, 'slot-dropout': text },
  });
  if (positionals.length > 0)
    throw new UsageError(
      `parser train: ${positionals[0]} belongs to no option; --train and --dev take one file each time`,
    );
  const { train = [], dev = [], out } = values;
  if (train.length === 0) throw new UsageError('parser train: which --train files?');
  if (dev.length === 0) throw new UsageError('parser train: which --dev files?');
  if (out === undefined) throw new UsageError('parser train: which --out file?');
  const language = languageOption('train', values.lang);
  const [size, plan] = [DEFAULT_SIZE[language], DEFAULT_PLAN[language]];
  return {
    ...{ language, train, dev, out },
    size: {
      ...size,
      units: wholeNumber('units', values.units, size.units, 1, 1024),
      layers: wholeNumber('layers', values.layers, size.layers, 1, 8),
    },
    plan: {
      ...plan,
      epochs: wholeNumber('epochs', values.epochs, plan.epochs, 1, 1000),
      batchWords: wholeNumber('batch-words', values['batch-words'], plan.batchWords, 1, 20_000),
      learningRate: positiveNumber('learning-rate', values['learning-rate'], plan.learningRate),
      seed: wholeNumber('seed', values.seed, plan.seed, 0, 2 ** 31 - 1),
      dropout: {
        ...plan.dropout,
        words: positiveNumber('word-dropout', values['word-dropout'], plan.dropout.words),
        slots: positiveNumber('slot-dropout', values['slot-dropout'], plan.dropout.slots, 0.9),
      },
    },
  };
}

/** @throws UsageError */
export function parserScoreOptions(argv: string[]): ParserScoreOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseOptions(argv, { lang: text, weights: text, json: { type: 'boolean' } });
  const file = onlyArgument('parser score', 'file', positionals);
  const language = languageOption('score', values.lang);
  return { language, file, weights: values.weights ?? null, json: values.json === true };
}

function languageOption(command: string, text: string | undefined): Language {
  if (text === 'en' || text === 'ko') return text;
  const wrong = text === undefined ? '' : ` there is no parser for "${text}";`;
  throw new UsageError(`parser ${command}:${wrong} --lang en or --lang ko`);
}

function positiveNumber(option: string, text: string | undefined, fallback: number, most = 1000): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= most) return value;
  throw new UsageError(`--${option}: a number above 0, at most ${most}`);
}

/** The text of `gatescope parser --help`. */
export function parserHelp(): string {
  return [
    'gatescope parser train --lang en|ko --train FILE --dev FILE --out FILE [options]',
    'gatescope parser score FILE --lang en|ko [--weights FILE] [--json]',
    '',
    'train: trains a dependency parser on the trees of CoNLL-U files and writes its weights after every epoch that finds more',
    'arcs of the dev files with their relations than all before. Progress goes to the standard error. Equal files, options and',
    'kernels give equal weights.',
    'score: how many heads (UAS), heads with relations (LAS, with subtypes left aside and with them) and parts of speech of a',
    'CoNLL-U file the parser finds, given the words; tokens per second of one core, with features and spanning trees; and which sentences',
    'were left out and why.',
    '',
    'Options:',
    ...optionLines([
      ['lang en|ko', 'language of the parser'],
      ['train FILE', 'trees to learn; may be given again'],
      ['dev FILE', 'trees that choose the epoch; may be given again'],
      ['out FILE', 'where the weights go'],
      [
        'epochs N',
        `times through the trees; ${DEFAULT_PLAN.en.epochs} in English, ${DEFAULT_PLAN.ko.epochs} in Korean`,
      ],
      ['seed N', `of the weights, the order and what is dropped; ${DEFAULT_PLAN.en.seed}`],
      [
        'units N',
        `of each direction of each layer; ${DEFAULT_SIZE.en.units} in English, ${DEFAULT_SIZE.ko.units} in Korean`,
      ],
      ['layers N', `recurrent layers; ${DEFAULT_SIZE.en.layers}`],
      ['batch-words N', `words of a batch; ${DEFAULT_PLAN.en.batchWords}`],
      ['learning-rate X', `of Adam, at its highest; ${DEFAULT_PLAN.en.learningRate}`],
      [
        'word-dropout X',
        `a word seen f times looks unknown with probability X / (X + f); ${DEFAULT_PLAN.en.dropout.words} in English, ${DEFAULT_PLAN.ko.dropout.words} in Korean`,
      ],
      [
        'slot-dropout X',
        `share of the rows of features that are dropped; ${DEFAULT_PLAN.en.dropout.slots} in English, ${DEFAULT_PLAN.ko.dropout.slots} in Korean`,
      ],
      ['weights FILE', 'score these instead of those that come with Gatescope'],
      ['json', 'print JSON'],
      ['help', 'show this'],
    ]),
    '',
    'JSON of score: { file, lang, weights, sentences, words, uas, las, lasWithSubtypes, upos, tokensPerSecond, leftOut: [{ file, line, reason }] },',
    'scores in per cent of the words.',
    '',
    'Exit codes: 0 done, 1 failed, 2 wrong usage or input that cannot be used, 3 training diverged.',
    '',
  ].join('\n');
}
