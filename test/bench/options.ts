// The benchmark's command line.
import { parseArgs } from 'node:util';

export interface BenchOptions {
  json: boolean;
  /** File that the JSON is written to as well; null: none. */
  out: string | null;
  /** Ids of workloads; null: all. */
  only: string[] | null;
  rounds: number;
  /** Seconds that a contestant's burst may take. */
  burstSeconds: number;
  slow: boolean;
  /** Put the figures into the README. */
  readme: boolean;
  help: boolean;
}

export const HELP = `npm run bench -- [options]

  --json          print the figures as JSON (the table goes to stderr)
  --out FILE      write the JSON to FILE as well
  --only IDS      only these workloads, separated by commas
  --quick         fewer and shorter rounds: for a look, not for figures to quote
  --rounds N      so many rounds; 5 unless said otherwise, fewer once five minutes have passed
  --readme        put the figures into README.md
  --slow          also what takes more than a minute a step (tf.layers with V = 5000)

GATESCOPE_PYTHON names the Python that has PyTorch, JAX and Keras; GATESCOPE_NODE the Node that runs the engine.
`;

/** Throws Error for a command line that cannot be understood. */
export function parseOptions(argv: string[], known: string[]): BenchOptions {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: argv,
    options: { json: flag, quick: flag, slow: flag, readme: flag, help: flag, out: text, only: text, rounds: text },
  });
  const only = values.only?.split(',').map((id) => id.trim()) ?? null;
  const unknown = only?.filter((id) => !known.includes(id)) ?? [];
  if (unknown.length > 0) throw new Error(`--only: no workload ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const rounds = values.rounds === undefined ? (values.quick ? 2 : 5) : Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds: a whole number above 0');
  return {
    ...{
      json: values.json,
      out: values.out ?? null,
      only,
      rounds,
      slow: values.slow,
      readme: values.readme,
      help: values.help,
    },
    burstSeconds: values.quick ? 0.2 : 0.3,
  };
}
