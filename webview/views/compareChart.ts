// Draws the comparison's chart: a line with its marker and its band per model, and its memory lengths with their intervals.
import * as l10n from '@vscode/l10n';
import { area, line } from 'd3-shape';
import type { MemoryLength } from '../../src/protocol/lagStatistics';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { compareChart, markerPath, type ChartInterval, type ChartLine, type ChartPoint } from '../chart/compareChart';
import type { MeasuredModel } from '../comparedMeasures';
import { svg } from '../dom';
import { scientific } from '../shownText';
import { measureText } from '../textMeasure';
import { memoryText } from './compareWords';

/** Lags that carry a marker. */
const MARKED = new Set([0, 1, 2, 3, 5, 8, 12, 20, 32, 50, 80, 128, 200, 320]);

export function drawCompareChart(models: readonly MeasuredModel[], width: number, relative: boolean): SVGSVGElement {
  const curves = models.map(({ name, index, memory, ablationMemory, relative: shares, absolute }) => ({
    ...{ name, index, memory, ablationMemory, points: relative ? shares : absolute },
  }));
  const words = models.flatMap(({ memory, ablationMemory }) => [
    rowText('gradient', memory),
    rowText('ablation', ablationMemory),
  ]);
  const least = Math.max(...words.map(measureText)) + 18;
  const chart = compareChart(curves, width, least, measureText);
  const { left, right, bottom, height, gap, lines, labels } = chart;
  const picture = svg('svg', {
    ...{ width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', class: 'compare-chart' },
    'aria-label': l10n.t(
      'Median gradient by lag, and memory length: {0}',
      models.map(({ name, memory }) => `${name} ${memoryText(memory)}`).join(', '),
    ),
  });
  const grid = (at: number, strong = false): SVGElement =>
    svg('path', { class: strong ? 'grid strong' : 'grid', d: `M${left},${at}H${right}` });
  picture.append(
    ...chart.powers.flatMap((power) => [
      grid(chart.y(10 ** power)),
      svg('text', { class: 'note axis-label', x: left - 6, y: chart.y(10 ** power) + 4 }, powerOfTen(power)),
    ]),
    ...chart.lags.flatMap((lag) => [
      svg('path', { class: 'tick', d: `M${chart.x(lag)},${bottom}v4` }),
      svg('text', { class: 'note middle', x: chart.x(lag), y: bottom + 16 }, String(lag)),
    ]),
    svg('path', { class: 'axis-break', d: `M${gap - 11},${bottom + 4}l4,-8m1,8l4,-8` }),
    svg('text', { class: 'note middle', x: (gap + right) / 2, y: bottom + 32 }, l10n.t('lag i − j, steps (log)')),
    ...(relative
      ? [
          svg('path', { class: 'one-percent', d: `M${left},${chart.y(0.01)}H${right}` }),
          svg('text', { class: 'note halo', x: left + 4, y: chart.y(0.01) - 4 }, '1 %'),
        ]
      : []),
    ...lines.flatMap((one) => bandMarks(one)),
    ...lines.map(({ index, points }) => svg('path', { class: `compare-line of-${index}`, d: medianPath(points) })),
    ...lines.flatMap((one) => markers(one)),
    ...labels.flatMap(({ id, text, x, y, anchor, leader }) => [
      ...(leader ? [svg('path', { class: 'leader', d: `M${leader.map((at) => `${at.x},${at.y}`).join('L')}` })] : []),
      svg('text', { class: `line-name halo of-${id}`, x, y, 'text-anchor': anchor }, text),
    ]),
    svg('text', { class: 'strong-text', x: 0, y: bottom + 50 }, l10n.t('Memory length, steps')),
    ...chart.rows.flatMap(({ name, index, y, gradient, ablation }, k) => [
      svg('text', { class: 'axis-label', x: left - GAP, y: y + 4 }, name),
      ...intervalMarks(gradient, index, right, 'gradient', models[k].memory),
      ...intervalMarks(ablation, index, right, 'ablation', models[k].ablationMemory),
    ]),
  );
  return picture;
}

const GAP = 8;

const medianPath = (points: ChartPoint[]): string =>
  line<ChartPoint>(
    ({ x }) => x,
    ({ y }) => y,
  )(points) ?? '';

/** From the least to the greatest seed; nothing where there is one. */
function bandMarks({ index, points }: ChartLine): SVGElement[] {
  if (points.every(({ low, high }) => low === high)) return [];
  const d = area<ChartPoint>()
    .x(({ x }) => x)
    .y0(({ low }) => low)
    .y1(({ high }) => high)(points);
  return [svg('path', { class: `compare-band of-${index}`, d })];
}

function markers({ name, index, points }: ChartLine): SVGElement[] {
  return points
    .filter(({ value }) => MARKED.has(value.lag))
    .map(({ x, y, value }) => {
      const { lag, median, low, high, n } = value;
      const said =
        low === high
          ? l10n.t('{0}, lag {1}: {2}, n = {3}', name, lag, scientific(median), n)
          : l10n.t(
              '{0}, lag {1}: {2}, seeds from {3} to {4}, n = {5}',
              ...[name, lag, scientific(median), scientific(low), scientific(high), n],
            );
      return svg('path', { class: `compare-marker of-${index}`, d: markerPath(index, x, y) }, svg('title', {}, said));
    });
}

type Kind = 'gradient' | 'ablation';

function rowText(kind: Kind, memory: MemoryLength | null): string {
  return kind === 'gradient' ? l10n.t('gradient {0}', memoryText(memory)) : l10n.t('ablation {0}', memoryText(memory));
}

function intervalMarks(
  interval: ChartInterval | null,
  index: number,
  right: number,
  kind: Kind,
  memory: MemoryLength | null,
): SVGElement[] {
  if (interval === null) return [];
  const { y, from, to, at, open } = interval;
  const ends = open ? `M${to},${y}l-5,-3m5,3l-5,3` : `M${to},${y - 3}v6`;
  return [
    svg('path', { class: `interval ${kind}`, d: `M${from},${y - 3}v6M${from},${y}H${to}${ends}` }),
    ...(at === null ? [] : [svg('path', { class: `interval-at ${kind}`, d: markerPath(index, at, y) })]),
    svg('text', { class: kind === 'gradient' ? '' : 'note', x: right + GAP + 4, y: y + 4 }, rowText(kind, memory)),
  ];
}
