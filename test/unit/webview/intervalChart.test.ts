// Charts of values with intervals over classes: scales that show every value, marks beside each other, and pale lines where there is little.
import assert from 'node:assert/strict';
import {
  intervalChart,
  logTicks,
  placeReference,
  ratioScale,
  SHARE_SCALE,
  signedScale,
  type ClassCurve,
  type ClassValue,
} from '../../../webview/chart/intervalChart';

const SIZE = { width: 600, height: 300, hasCounts: true };
const measure = (text: string): number => 6 * text.length;

const value = (at: number, middle: number, few = false): ClassValue => ({
  ...{ at, value: middle, low: middle / 1.5, high: middle * 1.5, few, said: '' },
});
const curve = (index: number, values: ClassValue[]): ClassCurve => ({
  name: `model ${index}`,
  index,
  isNull: false,
  values,
});

describe('a chart of values over classes', () => {
  it('shows all ratios and what they are compared with, but no interval without end', () => {
    const scale = ratioScale([value(0, 2), value(1, 1.4), { ...value(2, 1.1), low: 0.001, high: 5000 }], 1);
    assert.ok(scale.from < 1 && scale.from > 0.3, String(scale.from));
    assert.ok(scale.to > 3 && scale.to < 6, String(scale.to));
    assert.ok(scale.ticks.includes(1) && scale.ticks.includes(2));
    assert.ok(scale.ticks.length <= 14);
  });

  it('labels powers of ten where values go over many of them', () => {
    assert.deepEqual(logTicks(5e-7, 2), [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    assert.deepEqual(logTicks(0.4, 6), [0.5, 1, 2, 5]);
    assert.ok(logTicks(1e-30, 1).length <= 9);
  });

  it('puts zero in the middle of signed values', () => {
    const scale = signedScale([0.2, -3.1]);
    assert.equal(scale.from, -scale.to);
    assert.deepEqual(scale.ticks, [-4, -2, 0, 2, 4]);
    assert.ok(signedScale([]).to >= 0.5, 'without values, too');
  });

  it('keeps classes apart, curves of a class beside each other, and larger values higher', () => {
    const curves = [curve(0, [value(0, 0.9), value(1, 0.5)]), curve(1, [value(0, 0.9), value(1, 0.2)])];
    const { curves: placed, x, y, bottom, top, left, right } = intervalChart(curves, 2, SHARE_SCALE, SIZE, measure);
    const [[a, b], [c, d]] = placed.map(({ points }) => points);
    assert.ok(a.x < c.x && c.x - a.x <= 9 && c.x < b.x && b.x < d.x);
    assert.ok(Math.abs((a.x + c.x) / 2 - x(0)) < 0.2);
    assert.ok(a.y === c.y && a.y < b.y && b.y < d.y);
    assert.deepEqual([y(0), y(1)], [bottom, top]);
    assert.equal(a.high, top, 'an interval beyond the scale ends at its edge');
    assert.ok(left < a.x && d.x < right);
  });

  it('draws lines pale to and from classes with too few items, and leaves unknown values out', () => {
    const values = [value(0, 0.9), value(1, 0.8), value(2, 0.7, true), { ...value(3, NaN) }, value(4, 0.6)];
    const [{ path, fewPath, points }] = intervalChart([curve(0, values)], 5, SHARE_SCALE, SIZE, measure).curves;
    assert.equal(points.length, 4);
    assert.equal(path.split('M').length - 1, 1, 'from the first to the second');
    assert.equal(fewPath.split('M').length - 1, 2, 'to the third and from it');
  });

  it('names every curve, none over another', () => {
    const curves = [0, 1, 2, 3].map((k) => curve(k, [value(0, 0.9), value(1, 0.5 + k / 1000)]));
    const { labels } = intervalChart(curves, 2, SHARE_SCALE, SIZE, measure);
    assert.equal(labels.length, 4);
    const heights = labels.map(({ y }) => y).sort((a, b) => a - b);
    for (let k = 1; k < 4; k++) assert.ok(heights[k] - heights[k - 1] >= 13);
    assert.ok(labels.every(({ left, width }) => left + width <= SIZE.width));
  });

  it('names a level where no line, mark or interval is, or not at all', () => {
    const level = 1;
    const rising = [value(0, 0.5), value(1, 0.9), value(2, 1.05), value(3, 2)].map((one) => ({
      ...{ ...one, low: one.value / 1.02, high: one.value * 1.02 },
    }));
    const chart = intervalChart([curve(0, rising)], 4, ratioScale(rising, level), SIZE, measure);
    const label = placeReference(chart, 'as without an arc', level, measure);
    assert.ok(label);
    assert.ok(Math.abs(label.y - chart.y(level)) <= 34, 'near its line');
    const [from, to] = [label.left, label.left + label.width];
    assert.ok(from >= chart.left && to <= chart.right);
    const [points] = chart.curves.map((placed) => placed.points);
    for (const [at, { x, y }] of points.slice(0, -1).entries())
      for (let part = 0; part <= 1; part += 0.01) {
        const [px, py] = [x + part * (points[at + 1].x - x), y + part * (points[at + 1].y - y)];
        assert.ok(!(px >= from && px <= to && py > label.y - 9 && py < label.y + 3), `${px}, ${py} is under it`);
      }
    assert.equal(placeReference(chart, '', level, measure), null);
  });
});
