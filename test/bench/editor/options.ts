// The command line of the benchmark in the editor.
import { parseArgs } from 'node:util';
import { PRESSES } from './keyLatency';

export const PARTS = ['training', 'keys', 'heatmaps'] as const;
export type Part = (typeof PARTS)[number];

export interface EditorBenchOptions {
  json: boolean;
  /** File that the JSON is written to as well; null: none. */
  out: string | null;
  /** The text to train on; null: a generated one of about a megabyte. */
  text: string | null;
  only: readonly Part[];
  rounds: number;
  presses: number;
  /** Use the package that was built last. */
  packaged: boolean;
  readme: boolean;
  help: boolean;
}

export const HELP = `npm run bench:editor -- [options]

Measures a real VS Code with the packaged extension in it: how fast training goes with the inspector open, how soon the
inspector has drawn what a key asked for while training goes on, and how smoothly 512 × 512 heatmaps scroll and zoom.

  --json          print the figures as JSON (the table goes to stderr)
  --out FILE      write the JSON to FILE as well
  --text FILE     train on FILE (tinyshakespeare, say) instead of a generated text
  --only PARTS    only these parts, separated by commas: ${PARTS.join(', ')}
  --rounds N      so many turns of training; 3 unless said otherwise
  --presses N     so many presses of keys; ${PRESSES} unless said otherwise
  --packaged      do not build: measure the package that was built last
  --readme        put the figures into README.md
`;

/** Throws Error for a command line that cannot be understood. */
export function parseOptions(argv: string[]): EditorBenchOptions {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      ...{ json: flag, packaged: flag, readme: flag, help: flag },
      ...{ out: text, text, only: text, rounds: text, presses: text },
    },
  });
  const only = values.only?.split(',').map((part) => part.trim()) ?? [...PARTS];
  const isPart = (part: string): part is Part => (PARTS as readonly string[]).includes(part);
  const unknown = only.filter((part) => !isPart(part));
  if (unknown.length > 0) throw new Error(`--only: no part ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
  const count = (name: 'rounds' | 'presses', usual: number): number => {
    const value = values[name] === undefined ? usual : Number(values[name]);
    if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name}: a whole number above 0`);
    return value;
  };
  return {
    ...{ json: values.json, packaged: values.packaged, readme: values.readme, help: values.help },
    ...{ out: values.out ?? null, text: values.text ?? null, only: only.filter(isPart) },
    ...{ rounds: count('rounds', 3), presses: count('presses', PRESSES) },
  };
}
