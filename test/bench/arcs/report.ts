// What `npm run arcs` found, as tables and sentences, and in the README between two marks.
import type { ArcMeasure, ArcOrder } from '../../../src/protocol/joined';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { distanceText } from '../../../src/trainer/cli/arcsReport';

export interface ArcPoint extends ArcMeasure {
  /** Ratio of shares by seed. */
  seeds: number[];
  /** As sentences drawn anew give it: the same drawings for all cells. */
  drawings: { value: number[]; share: number[]; ratio: number[] };
}

export interface CellReport {
  cell: RunConfig['cell'];
  parameters: number;
  hiddenUnits: number;
  /** Least validation loss by seed, nats per word. */
  losses: number[];
  curves: { order: ArcOrder | 'both'; points: ArcPoint[] }[];
  relations: (ArcMeasure & { relation: string; order: ArcOrder })[];
}

export interface ArcsReport {
  files: { train: string[]; dev: string[] };
  trainSentences: number;
  sentences: number;
  words: number;
  arcs: number;
  unaligned: number;
  unknown: number;
  documents: number;
  seeds: number[];
  config: RunConfig;
  distances: { from: number; to: number | null }[];
  cells: CellReport[];
  seconds: number;
}

export const CELL_NAMES: Record<RunConfig['cell'], string> = { lstm: 'LSTM', gru: 'GRU', vanilla: 'vanilla' };

const BEGIN = '<!-- arcs: written by npm run arcs -- --readme -->';
const END = '<!-- arcs: end -->';

/** The README with the report instead of what is between the marks. Throws Error where the marks are missing. */
export function withArcs(readme: string, report: ArcsReport, picture: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no part between "${BEGIN}" and "${END}"`);
  const image = `![Gradient along dependency arcs against the distance, for each cell](${picture})`;
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${image}\n\n${arcsText(report)}\n\n${readme.slice(end)}`;
}

export function arcsText(report: ArcsReport): string {
  const { files, seeds, config, cells, sentences, words, arcs, documents, unaligned, unknown } = report;
  const number = (value: number) => value.toLocaleString('en');
  const sizes = cells.map(
    ({ cell, hiddenUnits, parameters, losses }) =>
      `${CELL_NAMES[cell]} ${hiddenUnits} units, ${number(parameters)} parameters, validation loss in nats ${mean(losses).toFixed(3)} (${Math.min(...losses).toFixed(3)} to ${Math.max(...losses).toFixed(3)})`,
  );
  return [
    `Trained on the ${number(report.trainSentences)} sentences of ${files.train.join(' and ')}, word by word, ${config.epochs} epochs of ${config.sequenceLength} words × ${config.batchSize} lanes (Adam at ${config.learningRate}, ${config.recurrentInitialisation} W_h, the LSTM’s forget bias ${config.forgetBias}), seeds ${seeds.join(', ')}: ${sizes.join('; ')}. Measured on ${files.dev.join(' and ')}, which none has read: ${number(sentences)} sentences, ${number(words)} words, ${number(arcs)} arcs between known words; ${number(unaligned)} words (parts of contractions above all) and ${number(unknown)} that are not in the vocabulary are left out, and punctuation’s arcs. Trees are the treebanks’ own.`,
    `The loss of an arc’s later word and its gradient on the earlier one, as a share of that on all earlier words of the sentence, in per cent: on arcs | on pairs without an arc at the same distance and of the same parts of speech; their ratio [95 %, over 200 drawings of the ${documents} documents]; least to greatest seed. n arcs.`,
    table(shareRows(report)),
    'The gradient itself, ‖∂J/∂x‖ on arcs, geometric means, and what of it is left of that between neighbours [95 %]:',
    table(valueRows(report)),
    'Ratios by the order of the two words: head first | dependent first, n arcs each.',
    table(orderRows(report)),
    verdicts(report)
      .map((line) => `- ${line}`)
      .join('\n'),
  ].join('\n\n');
}

const bothOf = ({ curves }: CellReport): ArcPoint[] => curveOf({ curves }, 'both');

function curveOf({ curves }: Pick<CellReport, 'curves'>, order: ArcOrder | 'both'): ArcPoint[] {
  return curves.find((curve) => curve.order === order)?.points ?? [];
}

function shareRows({ cells, distances }: ArcsReport): string[][] {
  const rows = distances.map((distance, k) => [
    distanceText(distance),
    String(Math.round(bothOf(cells[0])[k].n)),
    ...cells.map((cell) => {
      const { share, seeds } = bothOf(cell)[k];
      if (share === null) return '';
      const percent = (part: number) => Number((100 * part).toPrecision(3));
      const spread = `${Math.min(...seeds).toFixed(2)} to ${Math.max(...seeds).toFixed(2)}`;
      return `${percent(share.arc)} \\| ${percent(share.none)}; ${ratioText(share)}; ${spread}`;
    }),
  ]);
  return [['words apart', 'n', ...cells.map(({ cell }) => CELL_NAMES[cell])], ...rows];
}

function valueRows({ cells, distances }: ArcsReport): string[][] {
  const rows = distances.map((distance, k) => [
    distanceText(distance),
    ...cells.flatMap((cell) => {
      const points = bothOf(cell);
      const { value, drawings } = points[k];
      if (value === null) return ['', ''];
      const left = interval(drawings.value.map((each, d) => each / points[0].drawings.value[d]));
      return [
        value.arc.toPrecision(2),
        `${short(value.arc / (points[0].value?.arc ?? NaN))} [${short(left.low)}, ${short(left.high)}]`,
      ];
    }),
  ]);
  return [['words apart', ...cells.flatMap(({ cell }) => [CELL_NAMES[cell], 'left'])], ...rows];
}

function orderRows({ cells, distances }: ArcsReport): string[][] {
  const orders = ['headFirst', 'dependentFirst'] as const;
  const rows = distances.map((distance, k) => [
    distanceText(distance),
    orders.map((order) => Math.round(curveOf(cells[0], order)[k].n)).join(' \\| '),
    ...cells.map((cell) => orders.map((order) => ratioText(curveOf(cell, order)[k].share)).join(' \\| ')),
  ]);
  return [['words apart', 'n', ...cells.map(({ cell }) => CELL_NAMES[cell])], ...rows];
}

const short = (value: number): string => (value >= 0.0995 ? value.toFixed(2) : value.toPrecision(2));

function ratioText(share: ArcMeasure['share']): string {
  if (share === null) return '';
  return `${share.ratio.toFixed(2)} [${share.low.toFixed(2)}, ${share.high.toFixed(2)}]`;
}

/** What the numbers say of the lecture's claim that a dependency is lost when the gradient vanishes. */
export function verdicts(report: ArcsReport): string[] {
  const { cells, distances } = report;
  const last = distances.length - 1;
  const above = cells.map((cell) => {
    const told = (test: (low: number, high: number) => boolean) =>
      bothOf(cell).flatMap(({ share }, k) =>
        share && test(share.low, share.high) ? [distanceText(distances[k])] : [],
      );
    const over = told((low) => low > 1);
    const under = told((_, high) => high < 1);
    const say = (list: string[]) => (list.length > 0 ? list.join(', ') : 'none');
    return `${CELL_NAMES[cell.cell]}: arcs get more of the gradient than pairs without an arc at distances ${say(over)}; less at ${say(under)}; at the others the two are not told apart.`;
  });
  const vanilla = cells.find(({ cell }) => cell === 'vanilla');
  if (!vanilla) return above;
  const against = cells
    .filter((cell) => cell !== vanilla)
    .flatMap((cell) => [
      `At ${distanceText(distances[last])} words the share of the gradient that reaches the other end of an arc is in the vanilla network ${timesText(vanilla, cell, last, 'share')} that in the ${CELL_NAMES[cell.cell]}, and its ratio to pairs without an arc ${timesText(vanilla, cell, last, 'ratio')} the ${CELL_NAMES[cell.cell]}’s.`,
      `Of the gradient between neighbours, the vanilla network keeps ${keptText(vanilla, last)} at ${distanceText(distances[last])} words, the ${CELL_NAMES[cell.cell]} ${keptText(cell, last)}.`,
    ]);
  return [...above, ...against];
}

function timesText(a: CellReport, b: CellReport, k: number, of: 'share' | 'ratio'): string {
  const [one, other] = [bothOf(a)[k], bothOf(b)[k]];
  if (!one.share || !other.share) return 'not known';
  const times = of === 'share' ? one.share.arc / other.share.arc : one.share.ratio / other.share.ratio;
  const { low, high } = interval(one.drawings[of].map((value, d) => value / other.drawings[of][d]));
  const isTold = low > 1 || high < 1;
  return `${short(times)} [${short(low)}, ${short(high)}] times${isTold ? '' : ' (not told apart)'}`;
}

function keptText(cell: CellReport, k: number): string {
  const points = bothOf(cell);
  const { low, high } = interval(points[k].drawings.value.map((value, d) => value / points[0].drawings.value[d]));
  return `${short((points[k].value?.arc ?? NaN) / (points[0].value?.arc ?? NaN))} [${short(low)}, ${short(high)}]`;
}

function interval(values: readonly (number | null)[]): { low: number; high: number } {
  const sorted = Float64Array.from(
    values.filter((value) => value !== null && Number.isFinite(value)) as number[],
  ).sort();
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function table([head, ...rows]: string[][]): string {
  const widths = head.map((_, k) => Math.max(...[head, ...rows].map((row) => row[k].length)));
  const line = (cells: string[]) =>
    `| ${cells.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, k) => (k === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
