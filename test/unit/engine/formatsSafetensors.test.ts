// Checkpoints are read by other programs too, so the bytes are held against a file written out by hand.
import assert from 'node:assert/strict';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '../../../src/engine/formats/safetensors';

/** A file from a header's text and its data, with nothing but the format's description in mind. */
function file(header: string, data: number[] = [], declared = Buffer.byteLength(header)): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeUInt32LE(declared, 0);
  return new Uint8Array(Buffer.concat([length, Buffer.from(header), Buffer.from(data)]));
}

const entry = (dtype: string, shape: number[], begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('safetensors files', () => {
  it('are written byte for byte as the format says', () => {
    const header = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const data = [0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0];
    const bytes = encodeSafetensors([{ name: 'a', shape: [2], values: Float32Array.of(1, -2.5) }]);
    assert.deepEqual(Buffer.from(bytes), Buffer.from(file(header.padEnd(56, ' '), data)));
  });

  it('come back as they were written, with every dtype, empty tensors and metadata', () => {
    const tensors = [
      { name: 'weights', shape: [2, 3], values: Float32Array.of(1, -0, Infinity, 1e-45, 3.5, NaN) },
      { name: 'ids', shape: [3], values: Int32Array.of(-1, 0, 2147483647) },
      { name: 'moments', shape: [1, 2], values: Float64Array.of(Math.PI, -1e-300) },
      { name: 'step', shape: [], values: BigInt64Array.of(-9007199254740993n) },
      { name: 'nothing', shape: [0, 4], values: new Float32Array(0) },
    ];
    const decoded = decodeSafetensors(encodeSafetensors(tensors, { cell: 'lstm', text: '한글 "x"' }));
    assert.deepEqual(decoded.metadata, { cell: 'lstm', text: '한글 "x"' });
    assert.equal(decoded.tensors.size, tensors.length);
    for (const { name, shape, values } of tensors) assert.deepEqual(decoded.tensors.get(name), { shape, values });
  });

  it('place every tensor on a multiple of its element size', () => {
    const bytes = encodeSafetensors([
      { name: 'small', shape: [1], values: Float32Array.of(1) },
      { name: 'wide', shape: [1], values: Float64Array.of(2) },
    ]);
    const length = Buffer.from(bytes).readUInt32LE(0);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
    assert.equal(length % 8, 0);
    assert.deepEqual(header.wide.data_offsets, [0, 8]);
    assert.deepEqual(header.small.data_offsets, [8, 12]);
  });

  it('write only the part of a buffer that a view shows', () => {
    const values = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const { tensors } = decodeSafetensors(encodeSafetensors([{ name: 'a', shape: [2], values }]));
    assert.deepEqual(tensors.get('a')?.values, Float32Array.of(2, 3));
  });

  it('are read at any alignment, into arrays of their own', () => {
    const bytes = file(`{"a":${entry('F32', [1], 0, 4)}}`, [0, 0, 128, 63]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const { tensors } = decodeSafetensors(shifted.subarray(3));
    shifted.fill(0);
    assert.deepEqual(tensors.get('a'), { shape: [1], values: Float32Array.of(1) });
  });

  it('are read from a Buffer of Node, whose slices share memory, like from any bytes', () => {
    const bytes = encodeSafetensors([
      { name: 'a', shape: [1], values: Float32Array.of(1) },
      { name: 'b', shape: [2], values: Float32Array.of(2, 3) },
    ]);
    const { values } = decodeSafetensors(Buffer.from(bytes)).tensors.get('b') ?? {};
    assert.deepEqual(values, Float32Array.of(2, 3));
  });

  it('refuse to be written with a name twice or a shape that does not fit', () => {
    const a = { name: 'a', shape: [1], values: Float32Array.of(1) };
    assert.throws(() => encodeSafetensors([a, a]), /"a" cannot be used/);
    assert.throws(() => encodeSafetensors([{ ...a, name: '__metadata__' }]), SafetensorsError);
    assert.throws(() => encodeSafetensors([{ ...a, shape: [2, 3] }]), /"a" has shape \[2, 3\] but 1 values/);
  });

  const damaged: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(0), /ends after 0 bytes/],
    ['a cut header', file('{}', [], 50), /header would end at byte 58, after the file's 10/],
    ['a header of impossible length', new Uint8Array(8).fill(255), /header would be 18446744073709551615 bytes/],
    ['a header that is not JSON', file('{"a":'), /header is not JSON/],
    ['a header that is not an object', file('[]'), /not a JSON object/],
    ['an unknown dtype', file(`{"a":${entry('F16', [1], 0, 2)}}`, [0, 0]), /"a" has dtype F16; readable are F64/],
    ['a negative size', file(`{"a":${entry('F32', [-1], 0, 4)}}`, [0, 0, 0, 0]), /"a" has no valid shape/],
    ['missing offsets', file('{"a":{"dtype":"F32","shape":[1]}}'), /"a" has no valid data_offsets/],
    ['data cut short', file(`{"a":${entry('F32', [2], 0, 8)}}`, [0, 0, 0, 0]), /bytes 0 to 8, outside the 4 bytes/],
    ['a shape that does not fit', file(`{"a":${entry('F32', [2], 0, 4)}}`, [0, 0, 0, 0]), /of F32 but 4 bytes/],
    [
      'overlapping tensors',
      file(`{"a":${entry('F32', [1], 0, 4)},"b":${entry('F32', [1], 2, 6)}}`, [0, 0, 0, 0, 0, 0]),
      /"b" begins at byte 2, but the data before it ends at 4/,
    ],
    ['bytes nobody owns', file('{}', [1]), /1 bytes follow/],
    ['metadata that is not text', file('{"__metadata__":{"a":1}}'), /"a" is not text/],
  ];
  for (const [what, bytes, message] of damaged)
    it(`name what is wrong with ${what}`, () => {
      assert.throws(
        () => decodeSafetensors(bytes),
        (error: Error) => error instanceof SafetensorsError && message.test(error.message),
      );
    });
});
