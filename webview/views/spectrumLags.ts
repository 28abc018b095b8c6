// The largest singular values of ∂h(i)/∂h(j) against the lag: medians over positions, a band for σ₁, a vanilla network's bound.
import * as l10n from '@vscode/l10n';
import { area, line } from 'd3-shape';
import type { JacobianLags } from '../../src/protocol/spectra';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { lagChart, lagTicks, powerTicks, type LagChart, type LagLine, type LagPoint } from '../chart/lagChart';
import { svg } from '../dom';
import { scientific } from '../shownText';
import { lagSentence } from './spectrumSentences';

const HEIGHT = 236;
const SUBSCRIPTS = '₁₂₃₄₅₆₇₈';
/** Room of a name at a line's end, px. */
const NAME_HEIGHT = 12;
const NAME_WIDTH = 16;
/** A bound that leaves the picture sooner has no room for its name, px. */
const NAMED_BOUND = 60;

/** The picture; `gain` is γσ_max of a vanilla network, null for other cells. */
export function drawLags(lags: JacobianLags, width: number, gain: number | null): SVGSVGElement {
  const chart = lagChart(lags, width, HEIGHT);
  const { left, right, bottom, lines, longest } = chart;
  const picture = svg('svg', {
    ...{ width, height: HEIGHT, role: 'img', class: 'lags' },
    'aria-label': l10n.t('Singular values of ∂h(i)/∂h(j) by lag. {0}', lagSentence(lags)),
  });
  picture.append(
    ...powerTicks(chart).flatMap((power) => [
      svg('path', { class: power === 0 ? 'grid strong' : 'grid', d: `M${left},${chart.y(power)}H${right}` }),
      svg('text', { class: 'note axis-label', x: left - 6, y: chart.y(power) + 4 }, powerOfTen(power)),
    ]),
    ...lagTicks(chart).map((lag) =>
      svg('text', { class: 'note middle', x: chart.x(lag), y: bottom + 15 }, String(lag)),
    ),
    svg('text', { class: 'note middle', x: (left + right) / 2, y: HEIGHT - 5 }, l10n.t('lag i − j, steps')),
    ...lines.slice(0, 1).map((first) => svg('path', { class: 'lag-band', d: bandPath(first) })),
    ...[...lines]
      .reverse()
      .map(({ index, points }) => svg('path', { class: `lag-line of-${Math.min(index, 3)}`, d: medianPath(points) })),
    ...(gain === null ? [] : boundMarks(chart, gain, longest)),
    ...lineNames(lines, bottom),
    ...(lines[0]?.points.map((point) => dot(point, lags.positions.length)) ?? []),
  );
  return picture;
}

const medianPath = (points: LagPoint[]): string =>
  line<LagPoint>(
    ({ x }) => x,
    ({ median }) => median,
  )(points) ?? '';

const bandPath = ({ points }: LagLine): string =>
  area<LagPoint>()
    .x(({ x }) => x)
    .y0(({ low }) => low)
    .y1(({ high }) => high)(points) ?? '';

function dot({ lag, x, median, value }: LagPoint, positions: number): SVGElement {
  const said = l10n.t(
    'lag {0}: median σ₁ {1}; the middle 80 % of {2} positions lie between {3} and {4}',
    lag,
    scientific(10 ** value.median),
    positions,
    scientific(10 ** value.low),
    scientific(10 ** value.high),
  );
  return svg('circle', { class: 'lag-dot', cx: x, cy: median, r: 2.5 }, svg('title', {}, said));
}

/** (γσ_max)^lag, as far as it lies in the picture. */
function boundMarks(chart: LagChart, gain: number, longest: number): SVGElement[] {
  const slope = Math.log10(gain);
  const edge = slope > 0 ? chart.largest / slope : chart.smallest / slope;
  const end = Math.min(longest, edge);
  if (!(end > 0)) return [];
  const said = l10n.t('σ₁ is never above (γ σ_max)^lag, γ σ_max = {0}', scientific(gain));
  const d = `M${chart.x(0)},${chart.y(0)}L${chart.x(end)},${chart.y(slope * end)}`;
  const [x, y] = [chart.x(end * 0.62), chart.y(slope * end * 0.62)];
  return [
    svg('path', { class: 'lag-bound', d }, svg('title', {}, said)),
    ...(chart.x(end) - chart.x(0) < NAMED_BOUND
      ? []
      : [svg('text', { class: 'note halo', x: x + 6, y: y - 5 }, '(γσ_max)ˡᵃᵍ')]),
  ];
}

/** σ₁ σ₂ … at the ends of their lines, moved up where another name or the axis is in the way. */
function lineNames(lines: LagLine[], bottom: number): SVGElement[] {
  const placed: { x: number; y: number }[] = [];
  return [...lines].reverse().flatMap(({ index, points }) => {
    const last = points[points.length - 1];
    if (!last) return [];
    const x = last.x + 6;
    let y = Math.min(bottom - 2, last.median + 4);
    while (placed.some((other) => Math.abs(other.x - x) < NAME_WIDTH && Math.abs(other.y - y) < NAME_HEIGHT)) y--;
    placed.push({ x, y });
    return [svg('text', { class: index === 0 ? 'halo' : 'note halo', x, y }, `σ${SUBSCRIPTS[index] ?? ''}`)];
  });
}
