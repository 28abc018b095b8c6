// Options of `gatescope compare`: its own, and those of `gatescope train` for all cells alike.
import { CELLS, LIMITS, type RunConfig } from '../../protocol/runConfig';
import { optionLines, UsageError, wholeNumber } from './subcommand';
import { trainOptions, type TrainOptions } from './trainOptions';

const MOST_SEEDS = 9;
const COLUMNS = 256;
/** Room for the largest window that a model can inspect. */
const MOST_COLUMNS = 512;

export interface CompareOptions {
  /** For every cell but for its size; `out` is that of the comparison. */
  train: TrainOptions;
  /** The first one is what the others are sized by. */
  cells: RunConfig['cell'][];
  seeds: number;
  budget: 'parameters' | 'units';
  /** Per cent of the file that runs are trained on, ascending: its beginning. */
  shares: number[];
  out: string | null;
  /** Tokens of the window. */
  count: number;
}

/** @throws UsageError */
export function compareOptions(argv: string[]): CompareOptions {
  const own = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const [, name, joined] = /^--(cells|seeds|budget|shares|count)(?:=(.*))?$/.exec(argv[at]) ?? [];
    if (name === undefined) rest.push(argv[at]);
    else own.set(name, joined ?? argv[++at] ?? '');
  }
  const train = trainOptions(rest);
  if (train.config.task !== 'language') throw new UsageError('compare: only language models are compared');
  const cells = (own.get('cells') ?? CELLS.join()).split(',').map((name) => {
    const cell = CELLS.find((each) => each === name.trim());
    if (cell === undefined) throw new UsageError(`--cells: "${name}" is none of ${CELLS.join(', ')}`);
    return cell;
  });
  if (new Set(cells).size < cells.length || cells.length < 2)
    throw new UsageError('--cells: at least two different cells');
  const seeds = wholeNumber('seeds', own.get('seeds'), 1, 1, MOST_SEEDS);
  if (train.config.seed + seeds - 1 > LIMITS.seed[1]) throw new UsageError('--seed: too large for so many seeds');
  const budget = own.get('budget') ?? 'parameters';
  if (budget !== 'parameters' && budget !== 'units') throw new UsageError('--budget: parameters or units');
  const shares = (own.get('shares') ?? '100').split(',').map((text) => wholeNumber('shares', text, 100, 1, 100));
  shares.sort((a, b) => a - b);
  if (new Set(shares).size < shares.length) throw new UsageError('--shares: the same share twice');
  const count = wholeNumber('count', own.get('count'), COLUMNS, 2, MOST_COLUMNS);
  return { train, cells, seeds, budget, shares, out: train.out, count };
}

/** The text of `gatescope compare --help`. */
export function compareHelp(): string {
  return [
    'gatescope compare FILE [options]',
    '',
    'Trains several cells on a text file, taking turns, with the same data order and seeds: their losses on text held out at equal steps',
    'and after equal time, what a step takes, and how the gradient of a loss on the whole state, √(‖∂J/∂h‖² + ‖∂J/∂c‖²), falls with the lag.',
    '',
    'Options besides those of gatescope train, which hold for all cells:',
    ...optionLines([
      [
        'cells LIST',
        `two or more of ${CELLS.join(',')}; the first one has the hidden units asked for; ${CELLS.join(',')}`,
      ],
      ['seeds N', `runs of each cell, with seeds from --seed on, at most ${MOST_SEEDS}; 1`],
      ['budget WHAT', 'the other cells have as many parameters, or as many units; parameters'],
      ['shares LIST', 'per cent of the file to train on, each from its beginning, as in 10,30,100; 100'],
      ['count N', `tokens of the window, at most ${MOST_COLUMNS}; ${COLUMNS}`],
      ['out FOLDER', 'where the runs are stored, a folder each; a new folder here'],
      ['json', 'print JSON instead of a table'],
      ['help', 'show this'],
    ]),
    '',
    'JSON: file, budget, seeds, window (tokens), cells, shares and models. Each of shares has',
    '  share, bytes, tokens   how much of the file; its last tenth is held out',
    '  step, seconds          as far as every run came: where the losses are compared; seconds are those of training steps alone',
    '  models                 name, cell, hiddenUnits, parameters, secondsPerStep (median), diverged (seeds, which do not count), and over',
    '                         seeds {mean, low, high, n} of losses in nats per token: atStep, atSeconds, lowest (whenever it was)',
    '  verdicts               atStep, atSeconds: best, alike (models whose range meets its), seeds, chance (of such a clear order',
    '                         among models all alike); advice: the same of LSTM and GRU alone, and stepTime, GRU beside LSTM',
    'Each of models, which are those of the largest share, has',
    '  cell, hiddenUnits, parameters, deviation   its size, and its parameters beside the first cell’s: 0.01 is 1 % more',
    '  runs       seed, folder, step, bestValidationLoss (nats per token), parameters, diverged',
    '  memory     lag: the first at which the median gradient is under 1 % of that at lag 0; null: at least `longest`.',
    '             low, high: the middle 95 % of resampled seeds and stretches of losses; steps, seeds: of how many',
    '  medians    by lag, as shares of lag 0: median over losses and seeds; low, high: least and greatest seed; n',
    '',
    'Exit codes: 0 compared, 1 failed, 2 wrong usage or input that cannot be used, 3 a loss diverged (its weights of before are compared).',
    '',
  ].join('\n');
}
