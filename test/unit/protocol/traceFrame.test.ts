// A frame's arrays come out as they went in, and triangles take half the room on the way.
import assert from 'node:assert/strict';
import { decodeFrame, encodeFrame, type FrameArrays, type FrameHeader } from '../../../src/protocol/traceFrame';

const header = { version: 1 } as FrameHeader;
const filled = (shape: number[], value: (at: number) => number): FrameArrays[string] => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => value(at)),
});

describe('a frame', () => {
  const T = 9;
  const lower = filled([T, T], (at) => (at % T > Math.floor(at / T) ? 0 : at + 0.5));
  const arrays: FrameArrays = {
    'gate.h': filled([T, 4], (at) => -at),
    'gradient.hidden': lower,
    // The last loss is not known.
    'gradient.cell': filled([T, T], (at) => (at >= T * (T - 1) ? NaN : lower.values[at])),
    // A layer that reads backward: nothing left of the diagonal.
    'gradient.hidden_l0_reverse': filled([T, T], (at) => (at % T < Math.floor(at / T) ? 0 : at + 1)),
    loss: filled([T], (at) => (at === 4 ? NaN : at)),
    'gradient.input': filled([1, 1], () => 3),
  };

  it('gives back every array as it was', () => {
    const decoded = decodeFrame(structuredClone(encodeFrame(header, arrays)));
    assert.deepEqual(Object.keys(decoded), Object.keys(arrays));
    for (const [name, { shape, values }] of Object.entries(arrays)) {
      assert.deepEqual(decoded[name].shape, shape);
      assert.deepEqual([...decoded[name].values], [...values], name);
    }
  });

  it('carries of triangles only what is not zero', () => {
    const { data, layout } = encodeFrame(header, arrays);
    assert.equal(data.byteLength, 4 * (T * 4 + 2 * 45 + T * T + T + 1));
    assert.deepEqual(
      layout.filter((entry) => entry.lower).map(({ name }) => name),
      ['gradient.hidden', 'gradient.cell', 'gradient.input'],
    );
  });

  it('is refused where an array lies outside of its buffer', () => {
    const frame = encodeFrame(header, { 'gradient.hidden': lower });
    assert.doesNotThrow(() => decodeFrame(frame));
    assert.throws(() => decodeFrame({ ...frame, data: frame.data.slice(4) }), /gradient\.hidden lies outside/);
    assert.throws(() => encodeFrame(header, { h: { shape: [2, 2], values: new Float32Array(3) } }), /2×2 but 3 values/);
  });
});
