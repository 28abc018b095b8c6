// Options of `gatescope train`: every field of the configuration in kebab-case, checked by the same schema as elsewhere.
import * as v from 'valibot';
import { DEFAULT_CONFIG, runConfigSchema, type RunConfig } from '../../protocol/runConfig';
import { MAX_THREADS } from '../../protocol/trainerMessages';
import { onlyArgument, optionLines, parseOptions, UsageError, wholeNumber } from './subcommand';

export interface TrainOptions {
  file: string;
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
  const own = { out: text, bytes: text, threads: text, json: { type: 'boolean' } } as const;
  const { values, positionals } = parseOptions(argv, { ...fields, ...own });
  const given = values as Record<string, string | boolean | undefined>;
  const textOf = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined);
  return {
    file: onlyArgument('train', 'file', positionals),
    config: configOf(textOf),
    out: textOf('out') ?? null,
    bytes: wholeNumber('bytes', textOf('bytes'), 0, 1) || null,
    threads: wholeNumber('threads', textOf('threads'), 0, 0, MAX_THREADS),
    json: given.json === true,
  };
}

function configOf(textOf: (name: string) => string | undefined): RunConfig {
  const wanted: Record<string, unknown> = { ...DEFAULT_CONFIG };
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
    '',
    'Trains a small recurrent network on a text file and stores the run in a folder.',
    '',
    'Options, with their defaults:',
    ...optionLines([
      ...KEYS.map((key): [string, string] => [optionName(key), String(DEFAULT_CONFIG[key])]),
      ['threads N', 'threads of the engine; 0 lets a measurement decide'],
      ['bytes N', 'train only on the first N bytes'],
      ['out FOLDER', 'where the run is stored; a new folder here'],
      ['json', 'print the finished run’s record as JSON'],
      ['help', 'show this'],
    ]),
    '',
    'Exit codes: 0 trained, 1 failed, 2 wrong usage, 3 the loss diverged. Ctrl+C stores the run and stops.',
    '',
  ].join('\n');
}
