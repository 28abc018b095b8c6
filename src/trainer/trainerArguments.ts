// What the launcher tells a trainer process on its command line.
import { parseArgs } from 'node:util';

export interface TrainerArguments {
  priority: 'low' | 'normal';
  memoryMegabytes: number;
}

export function formatTrainerArguments({ priority, memoryMegabytes }: TrainerArguments): string[] {
  return [`--priority=${priority}`, `--memory=${memoryMegabytes}`];
}

/** Throws TypeError for an unknown argument. */
export function parseTrainerArguments(argv: string[]): TrainerArguments {
  const options = {
    priority: { type: 'string', default: 'low' },
    memory: { type: 'string', default: '2048' },
  } as const;
  const { values } = parseArgs({ args: argv, options, strict: true });
  return { priority: values.priority === 'normal' ? 'normal' : 'low', memoryMegabytes: Number(values.memory) };
}
