// How a network forgets where it began: where its lines and names stand, and what is said of them.
import assert from 'node:assert/strict';
import type { FadingCurve } from '../../../src/protocol/spectra';
import { distinctCurves, fadingChart, forgottenAfter } from '../../../webview/chart/fadingChart';
import { fadingSentence } from '../../../webview/views/spectrumFading';

const STEPS = 100;
const curve = (radius: number): FadingCurve => {
  const median = Float64Array.from({ length: STEPS + 1 }, (_, t) => radius ** t);
  return { radius, low: median, median, high: median };
};

describe('the picture of fading memory', () => {
  it('tells when 1 % is left for good', () => {
    assert.equal(forgottenAfter(curve(0.5)), 7);
    assert.equal(forgottenAfter(curve(1)), null);
    assert.equal(forgottenAfter({ median: Float64Array.of(1, 0.001, 0.5, 0.002, 0) }), 3);
  });

  it('draws the scaled network only where its radius is another', () => {
    const radii = distinctCurves([curve(0.91), curve(0.5), curve(0.9)]).map(({ radius }) => radius);
    assert.deepEqual(radii, [0.91, 0.5]);
  });

  it('ends a line where it leaves the picture and keeps names inside and apart', () => {
    const chart = fadingChart([0.8, 0.5, 1, 1.001].map(curve), 700, 210);
    assert.ok(chart.y(0) < chart.y(-2) && chart.y(-6) === chart.bottom);
    assert.equal(chart.lines[1].path.split('L').length, 21, '0.5^20 is the first under 10⁻⁶');
    for (const { name } of chart.lines) assert.ok(name.x < 700 - 50 && name.y > 0 && name.y <= chart.bottom + 4);
    const [, , one, more] = chart.lines;
    assert.ok(Math.abs(one.name.y - more.name.y) >= 13);
    const shorter = fadingChart([0.8, 0.5].map(curve), 700, 210);
    assert.ok(Math.abs(shorter.x(66) - shorter.right) < 1, '0.8^61 is the last over 10⁻⁶; what follows is left out');
    assert.deepEqual(
      chart.lines.map(({ own }) => own),
      [true, false, false, false],
    );
  });

  it('says it for every radius', () => {
    const said = fadingSentence({ start: 0, steps: STEPS, heldOut: true, curves: [0.8, 0.5, 1].map(curve) });
    assert.match(said, /as it is \(ρ = 0\.80\) after 21; ρ = 0\.50 after 7; ρ = 1\.00 it does not\./);
  });
});
