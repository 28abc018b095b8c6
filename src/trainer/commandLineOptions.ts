// The command line's options: every field of the configuration in kebab-case, checked by the same schema as elsewhere.
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { DEFAULT_CONFIG, runConfigSchema, type RunConfig } from '../protocol/runConfig';

export interface TrainCommand {
  file: string;
  config: RunConfig;
  /** Run folder; null: a new one in the working directory. */
  out: string | null;
  /** Train only on the first bytes of the file; null: on all of it. */
  bytes: number | null;
  json: boolean;
}

export type Command = { kind: 'help' } | { kind: 'version' } | { kind: 'train'; train: TrainCommand };

/** A command line that cannot be understood; the message says which part. */
export class UsageError extends Error {}

const KEYS = Object.keys(DEFAULT_CONFIG) as (keyof RunConfig)[];

/** "hiddenUnits" → "hidden-units". */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @throws UsageError */
export function parseCommandLine(argv: string[]): Command {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const fields = Object.fromEntries(KEYS.map((key) => [optionName(key), text]));
  const options = { ...fields, out: text, bytes: text, json: flag, help: flag, version: flag };
  const { values, positionals } = understood(() =>
    parseArgs({ args: joinNegatives(argv), options, allowPositionals: true, strict: true }),
  );
  if (values.help || argv.length === 0) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [command, file, ...more] = positionals;
  if (command !== 'train') throw new UsageError(`unknown command "${command ?? ''}"; there is: train`);
  if (file === undefined) throw new UsageError('train: which file?');
  if (more.length > 0) throw new UsageError(`train: one file at a time, not also ${more.join(' ')}`);
  const given = values as Record<string, string | boolean | undefined>;
  const bytes = given.bytes === undefined ? null : Number(given.bytes);
  if (bytes !== null && !(Number.isInteger(bytes) && bytes > 0))
    throw new UsageError('--bytes: a whole number above 0');
  const out = typeof given.out === 'string' ? given.out : null;
  return { kind: 'train', train: { file, config: configOf(given), out, bytes, json: given.json === true } };
}

function configOf(given: Record<string, string | boolean | undefined>): RunConfig {
  const wanted: Record<string, unknown> = { ...DEFAULT_CONFIG };
  for (const key of KEYS) {
    const value = given[optionName(key)];
    if (typeof value === 'string') wanted[key] = typeof DEFAULT_CONFIG[key] === 'number' ? toNumber(value) : value;
  }
  const parsed = v.safeParse(runConfigSchema, wanted);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UsageError(`--${optionName(v.getDotPath(issue) ?? '')}: ${issue.message}`);
}

const toNumber = (value: string) => (value.trim() === '' ? NaN : Number(value));

/** parseArgs takes "--forget-bias -1" for two options; "--forget-bias=-1" it understands. */
function joinNegatives(argv: string[]): string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const last = joined.at(-1);
    if (/^-\d/.test(argument) && last !== undefined && /^--[a-z-]+$/.test(last))
      joined[joined.length - 1] += `=${argument}`;
    else joined.push(argument);
  }
  return joined;
}

function understood<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The text of --help. */
export function helpText(): string {
  const fields = KEYS.map((key) => `  --${optionName(key).padEnd(26)} ${String(DEFAULT_CONFIG[key])}`);
  return [
    'gatescope train FILE [options]',
    '',
    'Trains a small recurrent network on a text file and stores the run in a folder.',
    '',
    'Options, with their defaults:',
    ...fields,
    `  --${'bytes N'.padEnd(26)} train only on the first N bytes`,
    `  --${'out FOLDER'.padEnd(26)} where the run is stored; a new folder here`,
    `  --${'json'.padEnd(26)} print the finished run's record as JSON`,
    `  --${'help'.padEnd(26)} show this`,
    `  --${'version'.padEnd(26)} show the version`,
    '',
    'Exit codes: 0 trained, 1 failed, 2 wrong usage, 3 the loss diverged. Ctrl+C stores the run and stops.',
    '',
  ].join('\n');
}
