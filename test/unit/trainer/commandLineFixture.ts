// Runs the command line inside the test's process and keeps what it said.
import { runCommandLine } from '../../../src/trainer/cli/dispatch';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import { nodeThreads } from '../../../src/trainer/nodeThreads';

export interface Said {
  code: number;
  /** Results. */
  output: string;
  /** Everything else, line by line. */
  notes: string[];
}

export async function gatescope(...argv: string[]): Promise<Said> {
  const said: Said = { code: -1, output: '', notes: [] };
  const terminal = {
    print: (text: string) => void (said.output += text),
    note: (line: string) => void said.notes.push(line),
    progress: () => undefined,
  };
  const engine = () => ({ modules: readKernelModules('dist'), threads: nodeThreads('dist') });
  said.code = await runCommandLine(argv, { terminal, engine, media: () => 'media', version: () => '1.2.3' });
  return said;
}
