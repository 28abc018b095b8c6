// The geometry of the spectrum section: eigenvalues, circles and lags stand where their numbers say.
import assert from 'node:assert/strict';
import {
  departureFromNormality,
  eigenvaluePlane,
  spectralRadius,
  type PlaneSpectrum,
} from '../../../webview/chart/eigenvaluePlane';
import { lagChart, lagTicks, lagUnder, powerTicks } from '../../../webview/chart/lagChart';

const spectrum = (change: Partial<PlaneSpectrum> = {}): PlaneSpectrum => ({
  real: [0, 0.6, 0.6, -0.5],
  imaginary: [0.9, 0.3, -0.3, 0],
  singularValues: [1.4, 1, 0.8, 0.2],
  slope: 1,
  ...change,
});

describe('the complex plane', () => {
  it('has every eigenvalue at its place, Im upwards, and the circles at their radius', () => {
    const { cx, cy, half, extent, points, circles, outside } = eigenvaluePlane(spectrum(), 300, 200);
    const scale = half / extent;
    assert.deepEqual([cx, cy, half], [150, 100, 88]);
    assert.ok(Math.abs(points[0].x - 150) < 1e-9 && Math.abs(points[0].y - (100 - 0.9 * scale)) < 1e-9);
    assert.ok(points[2].y > 100 && points[3].x < 150);
    const radius = Object.fromEntries(circles.map(({ name, radius }) => [name, radius]));
    assert.equal(radius.unit, scale);
    assert.equal(radius.slope, scale);
    assert.ok(Math.abs((radius.rho ?? 0) - 0.9 * scale) < 1e-9);
    assert.ok(Math.abs((radius.sigma ?? 0) - 1.4 * scale) < 1e-9);
    assert.equal(outside, 0);
    for (const { radius } of circles) assert.ok((radius ?? 0) <= half);
  });

  it('does not shrink for a circle far out: it is named without one', () => {
    const { circles, extent } = eigenvaluePlane(spectrum({ slope: 0.25, singularValues: [9, 1, 1, 1] }), 200, 200);
    assert.ok(extent < 2);
    for (const { name, radius } of circles) assert.equal(radius === null, name === 'slope' || name === 'sigma');
  });

  it('pins the few that lie far out to the rim, in their direction', () => {
    const n = 100;
    const real = Array.from({ length: n }, (_, k) => (k === 0 ? 0 : Math.cos(k)));
    const imaginary = Array.from({ length: n }, (_, k) => (k === 0 ? 7 : Math.sin(k)));
    const { points, half, cx, cy, outside } = eigenvaluePlane(spectrum({ real, imaginary }), 200, 200);
    assert.equal(points[0].pinned, -90);
    assert.ok(Math.hypot(points[0].x - cx, points[0].y - cy) <= half);
    assert.ok(points.slice(1).every(({ pinned }) => pinned === null));
    assert.ok(outside >= 1);
  });

  it('knows ρ, and how far from normal a block is', () => {
    assert.equal(spectralRadius(spectrum()), 0.9);
    const normal = { real: [3, -2], imaginary: [0, 0], singularValues: [3, 2], slope: 1 };
    assert.equal(departureFromNormality(normal), 0);
    const nilpotent = { real: [0, 0], imaginary: [0, 0], singularValues: [5, 0], slope: 1 };
    assert.equal(departureFromNormality(nilpotent), 1);
    assert.equal(departureFromNormality({ ...nilpotent, singularValues: [0, 0] }), 0);
  });
});

describe('the chart of singular values by lag', () => {
  const quantiles = (median: number) => ({ low: median - 1, median, high: median + 0.5 });
  const lags = {
    positions: [40],
    curves: [1, 2, 5, 20].map((lag) => ({ lag, values: [quantiles(-lag / 4), lag > 2 ? null : quantiles(-lag)] })),
  };

  it('has lags on a linear axis from 0 and powers of ten on the other, all within the picture', () => {
    const chart = lagChart(lags, 340, 220);
    assert.equal(chart.x(0), chart.left);
    assert.equal(chart.x(20), chart.right);
    assert.ok(Math.abs(chart.x(10) - (chart.left + chart.right) / 2) < 1e-9);
    assert.deepEqual([chart.smallest, chart.largest], [-6, 1]);
    assert.equal(chart.y(-6), chart.bottom);
    const [first, second] = chart.lines;
    assert.deepEqual(
      first.points.map(({ lag }) => lag),
      [1, 2, 5, 20],
    );
    assert.equal(second.points.length, 2, 'what is rounding has no point');
    for (const { low, high, median } of first.points) assert.ok(low >= median && median >= high);
  });

  it('keeps what is −∞ on its edge', () => {
    const nothing = { low: -Infinity, median: -Infinity, high: -Infinity };
    const chart = lagChart({ positions: [2], curves: [{ lag: 1, values: [nothing] }] }, 340, 220);
    assert.equal(chart.lines[0].points[0].median, chart.bottom);
  });

  it('labels a handful of round lags and powers', () => {
    for (const longest of [1, 7, 69, 341]) {
      const curves = [{ lag: longest, values: [quantiles(-longest / 20)] }];
      const chart = lagChart({ positions: [longest], curves }, 340, 220);
      assert.ok(lagTicks(chart).length >= 2 && lagTicks(chart).length <= 7, `${lagTicks(chart).length}`);
      assert.ok(powerTicks(chart).length >= 2 && powerTicks(chart).length <= 8);
    }
  });

  it('finds the lag from which on the median of σ₁ stays under a limit', () => {
    assert.equal(lagUnder(lags, -1), 5);
    assert.equal(lagUnder(lags, -9), null);
    const again = [...lags.curves, { lag: 25, values: [quantiles(0)] }];
    assert.equal(lagUnder({ ...lags, curves: again }, -1), null);
  });
});
