// What `npm run depth` found, as tables and sentences, and in the README between two marks.
import { spreadOf, verdictOf, type Spread } from '../../../src/protocol/fairComparison';
import { CONNECTIONS, type RunConfig } from '../../../src/protocol/runConfig';
import type { LayerGradients } from './layerGradients';

export interface DepthRun {
  connections: RunConfig['connections'];
  seed: number;
  parameters: number;
  steps: number;
  /** Of the training steps; null where not measured. */
  seconds: number | null;
  /** Validation loss after the last step, nats per token. */
  loss: number;
  gradients: LayerGradients;
}

export interface DepthReport {
  text: string;
  config: RunConfig;
  seeds: number[];
  /** Loss of a model that knows only how frequent characters are, nats. */
  unigramEntropy: number;
  runs: DepthRun[];
}

const BEGIN = '<!-- depth: written by npm run depth -- --readme -->';
const END = '<!-- depth: end -->';

/** The README with the report instead of what is between the marks. Throws Error where the marks are missing. */
export function withDepth(readme: string, report: DepthReport): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no part between "${BEGIN}" and "${END}"`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${depthText(report)}\n\n${readme.slice(end)}`;
}

export function depthText(report: DepthReport): string {
  const { config, text, seeds, runs } = report;
  const { layers, hiddenUnits, sequenceLength, batchSize } = config;
  const told = CONNECTIONS.map((connections) => {
    const own = runs.filter((run) => run.connections === connections);
    return { connections, own, spread: spreadOf(own.map(({ loss }) => loss)) };
  });
  const rows = told.map(({ connections, own, spread }) => [
    connections,
    own[0].parameters.toLocaleString('en'),
    spreadText(spread),
    milliseconds(own),
    ...(['before', 'after'] as const).flatMap((when) => {
      const lowest = geometricMean(own.map(({ gradients }) => gradients[when][0]));
      const highest = geometricMean(own.map(({ gradients }) => gradients[when][layers - 1]));
      return [shortly(lowest), shortly(highest)];
    }),
  ]);
  const head = ['between layers', 'parameters', 'validation loss', 'ms a step'];
  const gradients = ['layer 1, step 0', `layer ${layers}, step 0`, 'layer 1, end', `layer ${layers}, end`];
  return [
    `${layers} LSTM layers of ${hiddenUnits} units on the sample text (${text}), ${runs[0].steps} steps of ${sequenceLength} tokens × ${batchSize} lanes, seeds ${seeds.join(', ')}. Nats per character held out: mean (least to greatest seed); knowing only how frequent characters are reaches ${report.unigramEntropy.toFixed(3)}. Gradients: ‖∂J/∂W_h‖ on the text’s first slice before clipping, geometric means over seeds. Milliseconds: the run that was fastest.`,
    table([[...head, ...gradients], ...rows]),
    told
      .slice(1)
      .map(({ connections, spread }) => sentence(connections, told[0].spread, spread))
      .join('\n'),
  ].join('\n\n');
}

/** What the seeds say of one kind of connection beside none. */
function sentence(connections: string, none: Spread | null, spread: Spread | null): string {
  const verdict = verdictOf([
    { name: 'without connections', spread: none },
    { name: connections, spread },
  ]);
  if (verdict === null) return '';
  const { best, alike, seeds, chance } = verdict;
  if (alike.length > 0) return `- ${connections} and without connections are not told apart by ${seeds} seeds.`;
  const other = best === connections ? 'without connections' : connections;
  return `- Every seed of ${best} ends lower than every seed of ${other} (by chance alone: 1 in ${Math.round(1 / chance)}).`;
}

function spreadText(spread: Spread | null): string {
  return spread === null ? '' : `${spread.mean.toFixed(3)} (${spread.low.toFixed(3)} to ${spread.high.toFixed(3)})`;
}

function milliseconds(runs: readonly DepthRun[]): string {
  const each = runs.flatMap(({ seconds, steps }) => (seconds === null ? [] : [(1000 * seconds) / steps]));
  return each.length === 0 ? '' : Math.min(...each).toPrecision(3);
}

const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const shortly = (value: number): string => value.toPrecision(2);

function table([head, ...rows]: string[][]): string {
  const widths = head.map((_, k) => Math.max(...[head, ...rows].map((row) => row[k].length)));
  const line = (cells: string[]) =>
    `| ${cells.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, k) => (k === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
