// What `gatescope compare` found, as a table.
import type { LagMedian, MemoryLength } from '../../protocol/lagStatistics';
import type { RunConfig } from '../../protocol/runConfig';

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

export interface ComparisonData {
  file: string;
  budget: 'parameters' | 'units';
  seeds: number;
  window: number;
  models: ComparedCell[];
}

/** Lags that the table shows. */
const SHOWN = [1, 2, 5, 10, 20, 40, 80, 160];

export function comparisonAsText({ file, budget, seeds, models }: ComparisonData): string {
  const lags = SHOWN.filter((lag) => models.some(({ medians }) => medians.some((one) => one.lag === lag)));
  const head = ['cell', 'parameters', 'loss', 'memory', '95 %', ...lags.map((lag) => `lag ${lag}`)];
  const rows = models.map(({ cell, hiddenUnits, parameters, deviation, runs, memory, medians }) => [
    `${cell} ${hiddenUnits}`,
    `${parameters} (${deviation < 0 ? '' : '+'}${(100 * deviation).toFixed(1)} %)`,
    meanLoss(runs),
    memory === null ? '-' : reach(memory.lag, memory),
    memory === null ? '-' : `${reach(memory.low, memory)} to ${reach(memory.high, memory)}`,
    ...lags.map((lag) => medians.find((one) => one.lag === lag)?.median.toPrecision(2) ?? ''),
  ]);
  const widths = head.map((_, k) => Math.max(...[head, ...rows].map((row) => row[k].length)));
  const line = (row: string[]) =>
    row
      .map((text, k) => text.padEnd(widths[k]))
      .join('  ')
      .trimEnd();
  return [
    `${file}: same data order, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, equal ${budget}`,
    ...[head, ...rows].map(line),
    'loss: nats per token held out, mean over seeds; memory: first lag under 1 % of lag 0; lag: median share of lag 0',
    '',
  ].join('\n');
}

const reach = (lag: number | null, { longest }: MemoryLength): string => (lag === null ? `>= ${longest}` : String(lag));

function meanLoss(runs: readonly CellRun[]): string {
  const known = runs.flatMap(({ bestValidationLoss }) => bestValidationLoss ?? []);
  return known.length === 0 ? '-' : (known.reduce((a, b) => a + b, 0) / known.length).toFixed(3);
}
