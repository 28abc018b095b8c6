// The colour scales: even steps of lightness, large is ink, signs told apart by hue.
import assert from 'node:assert/strict';
import { lab, rgb } from 'd3-color';
import { gateRamp, gradientRamp, signedRamp, type ColourRamp } from '../../../webview/colourRamps';

const lightness = (ramp: ColourRamp): number[] =>
  Array.from({ length: 256 }, (_, k) => lab(rgb(ramp[k * 4], ramp[k * 4 + 1], ramp[k * 4 + 2])).l);
const rises = (values: number[], slack: number): boolean =>
  values.every((l, k) => k === 0 || l >= values[k - 1] - slack);

describe('colour ramps', () => {
  it('grow steadily lighter on dark grounds and darker on light ones, so that large is ink', () => {
    assert.ok(rises(lightness(gateRamp(true)), 0.6));
    assert.ok(rises(lightness(gradientRamp(true, '#1f1f1f')), 0.6));
    assert.ok(rises(lightness(gateRamp(false)).reverse(), 0.6));
    assert.ok(rises(lightness(gradientRamp(false, '#ffffff')).reverse(), 0.6));
  });

  it('start a vanished gradient at the editor background', () => {
    assert.deepEqual([...gradientRamp(true, '#123456').subarray(0, 3)], [0x12, 0x34, 0x56]);
  });

  it('tell minus one from plus one by hue, with the ground between', () => {
    const ramp = signedRamp(true, '#1f1f1f');
    assert.ok(ramp[0] > ramp[2], 'minus is orange');
    assert.ok(ramp[255 * 4 + 2] > ramp[255 * 4], 'plus is blue');
    const middle = lightness(ramp)[128];
    assert.ok(middle < 20);
  });
});
