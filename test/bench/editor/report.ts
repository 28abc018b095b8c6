// What the benchmark in the editor prints and writes: one table for a person, all figures for a program.
import type { Machine } from '../machine';
import { markdownTable } from '../report';
import { median, threeDigits } from '../statistics';
import type { FrameFigures } from './heatmapFrames';
import { KINDS, type KeyFigures, type Kind } from './keyLatency';
import { relativeToStep, type TrainingFigures } from './trainingTurns';
import { WINDOW_SENTENCE } from './window';

export interface EditorReport {
  machine: Machine;
  text: string;
  training: TrainingFigures | null;
  keys: KeyFigures | null;
  heatmaps: FrameFigures | null;
}

const KIND_NAMES: Record<Kind, string> = {
  move: 'the cursor moves on',
  type: 'a letter is typed',
  page: 'a page further, another window of text',
};

/** The value below which so many hundredths of the values lie. */
export function percentile(values: number[], hundredths: number): number {
  if (values.length === 0) throw new RangeError('no percentile of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((hundredths / 100) * sorted.length) - 1)];
}

function spread(values: number[]): string[] {
  return [percentile(values, 50), percentile(values, 95), Math.max(...values)].map(threeDigits);
}

function trainingTable(figures: TrainingFigures): string {
  const row = (name: string, values: number[], relative: number | null): string[] => [
    name,
    threeDigits(median(values)),
    relative === null ? '' : `${((relative - 1) * 100).toFixed(1)} %`,
  ];
  return markdownTable(
    ['milliseconds a step, evaluations and snapshots included', 'median', 'more than the step alone'],
    [
      row('the engine’s step alone', figures.step, null),
      row('`gatescope train`', figures.commandLine, relativeToStep(figures, 'commandLine')),
      row('in VS Code, the inspector open', figures.editor, relativeToStep(figures, 'editor')),
    ],
  );
}

function keyTable({ latencies, columns }: KeyFigures): string {
  const all = KINDS.flatMap((kind) => latencies[kind]);
  return markdownTable(
    [`milliseconds from a key to the picture, ${columns} columns, while training goes on`, 'median', '95 %', 'most'],
    [['all keys', ...spread(all)], ...KINDS.map((kind) => [KIND_NAMES[kind], ...spread(latencies[kind])])],
  );
}

function frameTable({ scrolling, zooming, units, columns }: FrameFigures): string {
  return markdownTable(
    [`milliseconds between frames, heatmaps of ${units} units × ${columns} steps`, 'median', '95 %', 'most'],
    [
      ['scrolling', ...spread(scrolling)],
      ['zooming', ...spread(zooming)],
    ],
  );
}

/** Everything a person is shown. */
export function textOf({ machine, text, training, keys, heatmaps }: EditorReport): string {
  const lines = [`${machine.processor}, ${machine.cores} cores, ${machine.system}; text: ${text}`];
  if (training) {
    const { kernels, threads } = training;
    lines.push(
      `LSTM 128, T 64, B 32; ${kernels} on ${threads} thread${threads === 1 ? '' : 's'}`,
      trainingTable(training),
    );
  }
  if (keys) lines.push(`Inspector in ${WINDOW_SENTENCE}, its socket not compressed`, keyTable(keys));
  if (heatmaps) lines.push('Heatmaps in a page of their own, synthetic numbers', frameTable(heatmaps));
  return lines.join('\n\n');
}

const BEGIN = '<!-- bench: written by npm run bench:editor -- --readme -->';
const END = '<!-- bench in the editor: end -->';

/** The README with these figures instead of those between the marks. Throws Error where the marks are missing. */
export function withEditorBenchmark(readme: string, report: EditorReport): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no part between "${BEGIN}" and "${END}"`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${textOf(report)}\n\n${readme.slice(end)}`;
}
