// What `gatescope compare` found, as tables.
import type { FairComparison, FairModel, FairVerdicts } from '../../protocol/fairComparison';
import type { LagMedian, MemoryLength } from '../../protocol/lagStatistics';
import type { RunConfig } from '../../protocol/runConfig';
import { counted } from '../../text/counted';
import { spreadText, verdictSentences } from './fairReport';

export interface CellRun {
  seed: number;
  folder: string;
  step: number;
  bestValidationLoss: number | null;
  parameters: number;
  diverged: boolean;
}

export interface ComparedCell {
  cell: RunConfig['cell'];
  hiddenUnits: number;
  parameters: number;
  /** Beside the first cell's: 0.01 is 1 % more. */
  deviation: number;
  runs: CellRun[];
  memory: MemoryLength | null;
  /** Shares of lag 0. */
  medians: LagMedian[];
}

/** What became of the cells on a part of the file. */
export interface ComparedShare extends FairComparison {
  /** Per cent. */
  share: number;
  bytes: number;
  tokens: number;
  models: (FairModel & { cell: RunConfig['cell']; hiddenUnits: number; parameters: number })[];
  verdicts: FairVerdicts;
}

export interface ComparisonData {
  file: string;
  budget: 'parameters' | 'units';
  seeds: number;
  window: number;
  cells: RunConfig['cell'][];
  shares: ComparedShare[];
  /** Of the largest share. */
  models: ComparedCell[];
}

/** Lags that the table shows. */
const SHOWN = [1, 2, 5, 10, 20, 40, 80, 160];

export function comparisonAsText({ file, budget, seeds, shares, models }: ComparisonData): string {
  const lags = SHOWN.filter((lag) => models.some(({ medians }) => medians.some((one) => one.lag === lag)));
  const memoryRows = models.map(({ cell, hiddenUnits, memory, medians }) => [
    `${cell} ${hiddenUnits}`,
    memory === null ? '-' : reach(memory.lag, memory),
    memory === null ? '-' : `${reach(memory.low, memory)} to ${reach(memory.high, memory)}`,
    ...lags.map((lag) => medians.find((one) => one.lag === lag)?.median.toPrecision(2) ?? ''),
  ]);
  return [
    `${file}: same data order, ${counted(seeds, 'seed')}, equal ${budget}`,
    ...shares.flatMap(shareLines),
    '',
    ...aligned([['cell', 'memory', '95 %', ...lags.map((lag) => `lag ${lag}`)], ...memoryRows]),
    'losses: nats per token held out, mean over seeds (least to greatest); time: of training steps alone',
    'memory: first lag under 1 % of lag 0; lag: median share of lag 0',
    '',
  ].join('\n');
}

function shareLines({ share, bytes, tokens, step, seconds, models, verdicts }: ComparedShare): string[] {
  const [first] = models;
  const after = seconds === null ? 'equal time' : `after ${seconds.toPrecision(3)} s`;
  const rows = models.map(({ name, parameters, secondsPerStep, atStep, atSeconds, lowest, diverged }) => {
    const deviation = parameters / first.parameters - 1;
    return [
      name,
      `${parameters} (${deviation < 0 ? '' : '+'}${(100 * deviation).toFixed(1)} %)`,
      secondsPerStep === null ? '-' : (1000 * secondsPerStep).toPrecision(3),
      ...[spreadText(atStep), spreadText(atSeconds), spreadText(lowest)],
      `${atStep?.n ?? 0}${diverged > 0 ? ` (${diverged} diverged)` : ''}`,
    ];
  });
  return [
    '',
    `${share} % of the file: ${counted(bytes, 'byte')}, ${counted(tokens, 'token')}, the last tenth held out`,
    ...aligned([['cell', 'parameters', 'ms a step', `loss at step ${step ?? '-'}`, after, 'lowest', 'n'], ...rows]),
    ...verdictSentences(verdicts),
  ];
}

function aligned(rows: string[][]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows.map((row) =>
    row
      .map((text, k) => text.padEnd(widths[k]))
      .join('  ')
      .trimEnd(),
  );
}

const reach = (lag: number | null, { longest }: MemoryLength): string => (lag === null ? `>= ${longest}` : String(lag));
