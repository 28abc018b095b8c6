// Draws values with their intervals over a few classes: marks that tell their numbers, greyed where there are few items.
import { markerPath } from '../chart/compareChart';
import { placeReference, SAMPLE, type IntervalChart, type PlacedCurve, type ValueScale } from '../chart/intervalChart';
import { svg } from '../dom';
import { measureText } from '../textMeasure';

export interface IntervalWords {
  /** What the picture says, for who cannot see it. */
  label: string;
  /** Below every class. */
  classes: readonly string[];
  /** Under those, smaller: how many items. */
  counts: readonly string[];
  /** Of both lines below the axis. */
  axis: string;
  tick: (value: number) => string;
  /** A level to compare with. */
  reference: { value: number; text: string } | null;
}

/** The picture of `chart`, `height` px high. */
export function drawIntervals(
  chart: IntervalChart,
  scale: ValueScale,
  { width, height }: { width: number; height: number },
  { label, classes, counts, axis, tick, reference }: IntervalWords,
): SVGSVGElement {
  const { left, right, bottom, curves, labels, x, y } = chart;
  const text = (at: { x: number; y: number }, words: string, style: string): SVGElement =>
    svg('text', { ...at, class: style }, words);
  const picture = svg('svg', {
    ...{ width, height, viewBox: `0 0 ${width} ${height}`, class: 'interval-chart', role: 'img', 'aria-label': label },
  });
  const level = reference && placeReference(chart, reference.text, reference.value, measureText);
  picture.append(
    ...scale.ticks.flatMap((value) => [
      svg('path', { class: 'grid', d: `M${left},${y(value)}H${right}` }),
      text({ x: left - 6, y: y(value) + 4 }, tick(value), 'note axis-label'),
    ]),
    ...classes.map((name, at) => text({ x: x(at), y: bottom + 16 }, name, 'middle')),
    ...counts.map((count, at) => text({ x: x(at), y: bottom + 31 }, count, 'note middle')),
    text({ x: (left + right) / 2, y: height - 5 }, axis, 'note middle'),
    ...(reference === null
      ? []
      : [svg('path', { class: 'interval-reference', d: `M${left},${y(reference.value)}H${right}` })]),
    ...curves.flatMap(curveMarks),
    ...(level === null ? [] : [text({ x: level.left, y: level.y }, level.text, 'note halo')]),
    ...labels.flatMap(({ id, text: name, left: at, y: baseline }) => {
      const { index, isNull } = curves[Number(id)];
      const kind = isNull ? `of-${index} null` : `of-${index}`;
      const [from, level] = [at - SAMPLE, baseline - 4];
      return [
        svg('path', { class: `interval-line ${kind}`, d: `M${from},${level}h${SAMPLE - 5}` }),
        svg(
          'g',
          { class: kind },
          svg('path', { class: 'interval-dot', d: markerPath(index, from + (SAMPLE - 5) / 2, level) }),
        ),
        text({ x: at, y: baseline }, name, 'line-name halo'),
      ];
    }),
  );
  return picture;
}

function curveMarks({ index, isNull, points, path, fewPath }: PlacedCurve): SVGElement[] {
  const kind = isNull ? `of-${index} null` : `of-${index}`;
  return [
    svg('path', { class: `interval-line few ${kind}`, d: fewPath }),
    svg('path', { class: `interval-line ${kind}`, d: path }),
    ...points.map(({ x, y, low, high, value }) => {
      const few = value.few ? ' few' : '';
      const bar = low === null || high === null ? '' : `M${x - 3},${low}h6M${x},${low}V${high}M${x - 3},${high}h6`;
      return svg(
        'g',
        { class: `interval-mark ${kind}${few}` },
        svg('title', {}, value.said),
        svg('rect', {
          class: 'interval-target',
          x: x - 5,
          y: Math.min(y, high ?? y) - 5,
          width: 10,
          height: Math.abs((low ?? y) - (high ?? y)) + 10,
        }),
        svg('path', { class: 'interval-bar', d: bar }),
        svg('path', { class: 'interval-dot', d: markerPath(index, x, y) }),
      );
    }),
  ];
}
