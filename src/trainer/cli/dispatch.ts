// From the words on a command line to the command that does the work, and to the exit code.
import { failureOf } from '../failureOf';
import { failureSentence } from '../failureSentences';
import { agreementCommand } from './agreementCommand';
import { arcsCommand } from './arcsCommand';
import { benchCommand } from './benchCommand';
import { compareCommand } from './compareCommand';
import { exitOfFailure } from './exitOfFailure';
import { inspectCommand } from './inspectCommand';
import { oracleCommand } from './oracleCommand';
import { parseCommand } from './parseCommand';
import { parserCommand } from './parserCommand';
import { probeCommand } from './probeCommand';
import { scoreCommand } from './scoreCommand';
import { EXIT, UsageError, type CommandContext, type Subcommand } from './subcommand';
import { MEMORY_MEGABYTES, trainCommand } from './trainCommand';

export const COMMANDS: Subcommand[] = [
  ...[trainCommand, scoreCommand, probeCommand, arcsCommand, agreementCommand, inspectCommand, compareCommand],
  ...[parseCommand, parserCommand, oracleCommand, benchCommand],
];

/** The text of `gatescope --help`. */
export function overview(): string {
  return [
    'gatescope COMMAND [options]',
    '',
    'Trains small recurrent networks on text and shows what goes on inside them.',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`),
    '',
    'gatescope COMMAND --help lists the options of a command; gatescope --version tells the version.',
    'Results go to the standard output, with --json as JSON; everything else goes to the standard error.',
    '',
  ].join('\n');
}

/** Does what the words ask for and returns the exit code; never throws. */
export async function runCommandLine(argv: string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  try {
    return await prepared(argv, context)();
  } catch (error) {
    terminal.progress(null);
    if (error instanceof UsageError) {
      terminal.note(`gatescope: ${error.message}${/[.?]$/.test(error.message) ? '' : '.'}`);
      const command = commandOf(argv[0]);
      terminal.note(`See gatescope ${command ? `${command.name} ` : ''}--help.`);
      return EXIT.badInput;
    }
    const failure = failureOf(error, MEMORY_MEGABYTES);
    terminal.note(`gatescope: ${failureSentence(failure)}`);
    return exitOfFailure(failure.code);
  }
}

const commandOf = (name: string | undefined) => COMMANDS.find((each) => each.name === name);

function prepared([name, ...rest]: string[], context: CommandContext): () => Promise<number> {
  const { terminal } = context;
  const print = (text: string) => () => Promise.resolve((terminal.print(text), EXIT.done));
  if (name === undefined || name === '--help' || name === '-h') return print(overview());
  if (name === '--version') return print(`${context.version()}\n`);
  const command = commandOf(name);
  const names = COMMANDS.map((each) => each.name).join(', ');
  if (!command)
    throw new UsageError(`unknown ${name.startsWith('-') ? 'option' : 'command'} "${name}"; there is: ${names}`);
  if (rest.includes('--help') || rest.includes('-h')) return print(command.help());
  return command.prepare(rest, context);
}
