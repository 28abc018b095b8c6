// What a command of the command line is, and what all of them share: where they write, how they read their arguments, how they end.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import type { ThreadPlatform } from '../../engine/kernels/kernelThread';

/** Where a command speaks: results on the output, everything else beside it. */
export interface Terminal {
  /** A result, as it is. */
  print(text: string): void;
  /** A line for the person in front of it. */
  note(line: string): void;
  /** A line that the next one replaces; shown only where a person watches. null removes it. */
  progress(line: string | null): void;
}

/** What the engine's kernels are made of and run on. */
export interface EngineParts {
  modules: KernelModules;
  threads: ThreadPlatform;
}

export interface CommandContext {
  terminal: Terminal;
  /** Makes this process ready for the kernels and finds them. */
  engine(): EngineParts;
  /** The folder of the files that come with Gatescope. */
  media(): string;
  /** The version of the package. */
  version(): string;
}

export interface Subcommand {
  name: string;
  /** Its line in `gatescope --help`. */
  summary: string;
  /** The text of `gatescope NAME --help`. */
  help(): string;
  /** Reads the arguments behind the name; what it returns does the work and tells the exit code. Throws UsageError. */
  prepare(argv: string[], context: CommandContext): () => Promise<number>;
}

/** `badInput` also stands for wrong usage: what was asked for cannot be done as it was asked. */
export const EXIT = { done: 0, failed: 1, badInput: 2, diverged: 3 } as const;

/** A command line that cannot be understood; the message says which part. */
export class UsageError extends Error {}

/** parseArgs, with its complaints as UsageErrors of one sentence. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(argv: string[], options: T) {
  try {
    return parseArgs({ args: joinNegatives(argv), options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split(/\. |\n/)[0]);
  }
}

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

/** The one argument that a command takes. Throws UsageError for none and for more. */
export function onlyArgument(command: string, what: string, positionals: string[]): string {
  const [first, ...more] = positionals;
  if (first === undefined) throw new UsageError(`${command}: which ${what}?`);
  if (more.length > 0) throw new UsageError(`${command}: one ${what} at a time, not also ${more.join(' ')}`);
  return first;
}

/** A whole number given as text, `fallback` where it was not given. Throws UsageError naming the option. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  fallback: number,
  least: number,
  most = Infinity,
) {
  if (text === undefined) return fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`--${option}: a whole number from ${least}${most < Infinity ? ` to ${most}` : ''}`);
}

/** Lines "  --name VALUE   what it does", aligned. */
export function optionLines(options: [name: string, meaning: string][]): string[] {
  const width = Math.max(26, ...options.map(([name]) => name.length));
  return options.map(([name, meaning]) => `  --${name.padEnd(width)} ${meaning}`);
}
