// The command line that repeats a run outside the editor.
import type { RunConfig } from '../../protocol/runConfig';
import type { TextSource } from '../../protocol/run';

export type Shell = 'posix' | 'windows';

/** The shell a path belongs to, told by the path itself: the host knows no operating system. */
export function shellOf(path: string): Shell {
  return /^[A-Za-z]:\\|^\\\\/.test(path) ? 'windows' : 'posix';
}

/** Quotes one argument so that the shell hands it over unchanged. */
export function quoteArgument(argument: string, shell: Shell): string {
  if (shell === 'windows') return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return `"${argument.replace(/["\\$`]/g, '\\$&')}"`;
}

/** "hiddenUnits" → "--hidden-units". */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * `node "…/dist/cli.js" train "<file>" --cell lstm …` with every value of the configuration, so that it does not
 * depend on defaults. A source that is only the head of its file adds --bytes.
 */
export function trainCommandLine(cliPath: string, path: string, config: RunConfig, part: TextSource['part']): string {
  const shell = shellOf(cliPath);
  const options = Object.entries(config).map(([key, value]) => `${optionName(key)} ${value}`);
  if (part.kind === 'head') options.push(`--bytes ${part.bytes}`);
  return ['node', quoteArgument(cliPath, shell), 'train', quoteArgument(path, shell), ...options].join(' ');
}
