// Options of `gatescope train`: every field of the configuration in kebab-case, checked by the same schema as elsewhere.
import * as v from 'valibot';
import { DEFAULT_CONFIG, runConfigSchema, TASKS, type RunConfig } from '../../protocol/runConfig';
import { defaultsOf } from '../../protocol/taskDefaults';
import type { DatasetSource } from '../../protocol/taskRun';
import { MAX_THREADS } from '../../protocol/trainerMessages';
import { onlyArgument, optionLines, parseOptions, UsageError, wholeNumber } from './subcommand';

export interface TrainOptions {
  /** One, or for a task with labels several: a class each, or more examples. */
  files: string[];
  /** Columns of the examples of a task. */
  columns: Pick<DatasetSource, 'labelColumn' | 'textColumn' | 'tagColumn'>;
  config: RunConfig;
  /** Run folder; null: a new one in the working directory. */
  out: string | null;
  /** Train only on the first bytes of the file; null: on all of it. */
  bytes: number | null;
  /** 0: as many as a measurement finds worth it. */
  threads: number;
  json: boolean;
}

const KEYS = Object.keys(DEFAULT_CONFIG) as (keyof RunConfig)[];

/** "hiddenUnits" → "hidden-units". */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @throws UsageError */
export function trainOptions(argv: string[]): TrainOptions {
  const text = { type: 'string' } as const;
  const fields = Object.fromEntries(KEYS.map((key) => [optionName(key), text]));
  const columns = { 'label-column': text, 'text-column': text, 'tag-column': text } as const;
  const own = { out: text, bytes: text, threads: text, json: { type: 'boolean' } } as const;
  const { values, positionals } = parseOptions(spellOutFlags(argv), { ...fields, ...columns, ...own });
  const given = values as Record<string, string | boolean | undefined>;
  const textOf = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined);
  const config = configOf(textOf);
  const mayBeSeveral = config.task === 'classification' || config.task === 'tagging';
  return {
    files: mayBeSeveral && positionals.length > 0 ? positionals : [onlyArgument('train', 'file', positionals)],
    columns: {
      ...(values['label-column'] !== undefined && { labelColumn: textOf('label-column') }),
      ...(values['text-column'] !== undefined && { textColumn: textOf('text-column') }),
      ...(values['tag-column'] !== undefined && { tagColumn: textOf('tag-column') }),
    },
    config,
    out: textOf('out') ?? null,
    bytes: wholeNumber('bytes', textOf('bytes'), 0, 1) || null,
    threads: wholeNumber('threads', textOf('threads'), 0, 0, MAX_THREADS),
    json: given.json === true,
  };
}

/** "--bidirectional" alone means "--bidirectional true". */
function spellOutFlags(argv: string[]): string[] {
  const flags = KEYS.filter((key) => typeof DEFAULT_CONFIG[key] === 'boolean').map((key) => `--${optionName(key)}`);
  return argv.flatMap((word, at) =>
    flags.includes(word) && !/^(true|false)$/.test(argv[at + 1] ?? '') ? [`${word}=true`] : [word],
  );
}

function configOf(textOf: (name: string) => string | undefined): RunConfig {
  const task = TASKS.find((each) => each === textOf('task')) ?? 'language';
  const wanted: Record<string, unknown> = { ...defaultsOf(task) };
  for (const key of KEYS) {
    const text = textOf(optionName(key));
    if (text !== undefined) wanted[key] = valueOf(text, typeof DEFAULT_CONFIG[key]);
  }
  const parsed = v.safeParse(runConfigSchema, wanted);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UsageError(`--${optionName(v.getDotPath(issue) ?? '')}: ${issue.message}`);
}

/** An option's text as a field of the given type; what is no such value stays text, for the schema to name. */
function valueOf(text: string, type: string): unknown {
  if (type === 'number') return text.trim() === '' ? NaN : Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** The text of `gatescope train --help`. */
export function trainHelp(): string {
  return [
    'gatescope train FILE [options]',
    'gatescope train FILE… --task classification|tagging [options]',
    '',
    'Trains a small recurrent network on a text file and stores the run in a folder.',
    '',
    'Tasks besides the language model, each with defaults of its own for what is not given:',
    '  classification   a table of labels and texts (label<TAB>text, CSV, with or without names of columns), a folder with a',
    '                   folder per label, or several files of lines with a class each',
    '  tagging          CoNLL-U, or token<TAB>tag lines with empty lines between sentences',
    '  cloze            any text: 15 % of its tokens are hidden and predicted from both sides',
    'A tenth each is held out for early stopping and, seen only in the end, for the scores.',
    '',
    'Options, with the defaults of a language model:',
    ...optionLines([
      ...KEYS.map((key): [string, string] => [optionName(key), String(DEFAULT_CONFIG[key])]),
      ['label-column NAME', 'classification: the column of labels, by name or number; found out where it is not given'],
      ['text-column NAME', 'classification: the column of texts'],
      ['tag-column NAME', 'tagging: UPOS in CoNLL-U, else the last'],
      ['threads N', 'threads of the engine; 0 lets a measurement decide'],
      ['bytes N', 'train only on the first N bytes'],
      ['out FOLDER', 'where the run is stored; a new folder here'],
      ['json', 'print the finished run’s record as JSON'],
      ['help', 'show this'],
    ]),
    '',
    'Exit codes: 0 trained, 1 failed, 2 wrong usage or input that cannot be used, 3 the loss diverged. Ctrl+C stores the run and stops.',
    '',
  ].join('\n');
}
