// A case whose tensors are not what its network asks for is refused, and the message names the tensor and the place.
import assert from 'node:assert/strict';
import { checkedCase, OracleInputError, placeOf, type CaseShape } from '../../../src/engine/oracle/oracleCase';
import { fusedArenaBytes, referenceBytes, tensorBytes } from '../../../src/engine/oracle/oracleMemory';
import type { TensorValues } from '../../../src/engine/formats/safetensors';

const SHAPE: CaseShape = {
  ...{ cell: 'gru', activation: 'tanh', reset: 'after', carried: false, layers: 2, bidirectional: true },
  ...{ hidden: 2, embedding: 3, vocabulary: 5, timesteps: 4, batch: 2 },
};

type Tensors = Map<string, { shape: number[]; values: TensorValues }>;

/** Every tensor that such a case has to have by PyTorch's own naming, written out here once more, all zeros. */
function tensorsOf(): Tensors {
  const tensors: Tensors = new Map();
  const add = (name: string, ...shape: number[]) =>
    tensors.set(name, { shape, values: new Float64Array(shape.reduce((a, b) => a * b, 1)) });
  const parameter = (name: string, ...shape: number[]) => ['', 'grad.', 'adam.'].map((p) => add(p + name, ...shape));
  parameter('embedding.weight', 5, 3);
  for (const tag of ['l0', 'l0_reverse', 'l1', 'l1_reverse']) {
    parameter(`rnn.weight_ih_${tag}`, 6, tag.startsWith('l0') ? 3 : 4);
    parameter(`rnn.weight_hh_${tag}`, 6, 2);
    parameter(`rnn.bias_ih_${tag}`, 6);
    parameter(`rnn.bias_hh_${tag}`, 6);
    add(`initial_h_${tag}`, 2, 2);
    for (const name of ['hidden', 'gate_r', 'gate_z', 'gate_n']) add(`${name}_${tag}`, 4, 2, 2);
    add(`flow_${tag}`, 4, 4);
  }
  parameter('out.weight', 5, 4);
  parameter('out.bias', 5);
  add('loss', 1);
  add('losses', 4, 2);
  add('output', 4, 2, 4);
  add('clipped_norm', 1);
  for (const name of ['input', 'target']) tensors.set(name, { shape: [4, 2], values: new BigInt64Array(8) });
  return tensors;
}

const floats = (shape: number[], at: number, value: number) => {
  const values = new Float64Array(shape.reduce((a, b) => a * b, 1));
  values[at] = value;
  return { shape, values };
};

describe('a case of the oracle', () => {
  it('is taken when it has exactly the tensors of its network', () => {
    const { results, tensors } = checkedCase('whole', SHAPE, tensorsOf());
    assert.equal(tensors.size + 2, tensorsOf().size);
    assert.ok(results.some(({ name, kind }) => name === 'gate_z_l1_reverse' && kind === 'gates'));
    assert.ok(results.every(({ name }) => !/^(rnn|out\.|embedding|initial)/.test(name)));
  });

  const damages: [string, (tensors: Tensors) => void, RegExp][] = [
    ['a tensor is missing', (t) => t.delete('grad.out.bias'), /"grad.out.bias" is missing/],
    ['the ids are missing', (t) => t.delete('target'), /"target" is missing/],
    ['a tensor is unexpected', (t) => t.set('cell_l0', floats([4, 2, 2], 0, 0)), /"cell_l0" is unexpected/],
    [
      'a shape is wrong',
      (t) => t.set('hidden_l1', floats([2, 4, 2], 0, 0)),
      /"hidden_l1" has shape \[2, 4, 2\], the network asks for \[4, 2, 2\]/,
    ],
    [
      'a dtype is wrong',
      (t) => t.set('losses', { shape: [4, 2], values: new Float32Array(8) }),
      /"losses" must hold F64, not F32/,
    ],
    ['ids are floats', (t) => t.set('input', floats([4, 2], 0, 0)), /"input" must hold I64, not F64/],
    ['a number is NaN', (t) => t.set('output', floats([4, 2, 4], 13, NaN)), /"output" is NaN at \[1, 1, 1\]/],
    ['a number is infinite', (t) => t.set('out.bias', floats([5], 4, -Infinity)), /"out.bias" is -Infinity at \[4\]/],
    [
      'a weight is beyond float32',
      (t) => t.set('rnn.weight_hh_l0', floats([6, 2], 3, 1e39)),
      /"rnn.weight_hh_l0" is 1e\+39 at \[1, 1\], more than float32 can hold/,
    ],
    [
      'a token is outside the vocabulary',
      (t) => t.set('target', { shape: [4, 2], values: BigInt64Array.of(0n, 0n, 0n, 5n, 0n, 0n, 0n, 0n) }),
      /"target" is 5 at \[1, 1\], outside the vocabulary of 5/,
    ],
    [
      'a token is negative',
      (t) => t.set('input', { shape: [4, 2], values: BigInt64Array.of(0n, -1n, 0n, 0n, 0n, 0n, 0n, 0n) }),
      /"input" is -1 at \[0, 1\]/,
    ],
  ];
  for (const [what, damage, message] of damages)
    it(`is refused when ${what}`, () => {
      const tensors = tensorsOf();
      damage(tensors);
      assert.throws(
        () => checkedCase('damaged', SHAPE, tensors),
        (error: unknown) =>
          error instanceof OracleInputError &&
          message.test(error.message) &&
          error.message.includes(`"${error.tensor}"`),
      );
    });

  it('is estimated without being allocated, however large', () => {
    const large: CaseShape = { ...SHAPE, hidden: 1e6, timesteps: 1e7, batch: 1e5, vocabulary: 1e6 };
    assert.ok(tensorBytes(large) > 1e18);
    assert.ok(fusedArenaBytes(large) > 1e18);
    assert.ok(referenceBytes(large) > 1e18);
  });

  it('names places by their indices', () => {
    assert.equal(placeOf(0, [1]), '[0]');
    assert.equal(placeOf(23, [2, 3, 4]), '[1, 2, 3]');
    assert.equal(placeOf(7, [2, 3, 4]), '[0, 1, 3]');
  });
});
