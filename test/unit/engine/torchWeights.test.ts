// Weights in PyTorch's names and layout: what goes out comes back bit for bit, in the order that PyTorch
// documents, and what is no such network is refused by the name of what is wrong.
import assert from 'node:assert/strict';
import { encodeSafetensors, decodeSafetensors, type NamedTensor } from '../../../src/engine/formats/safetensors';
import {
  decodeTorchWeights,
  encodeTorchWeights,
  TorchWeightsError,
  withoutCounterpart,
} from '../../../src/engine/formats/torchWeights';
import { initialValues } from '../../../src/engine/network/initialisation';
import { parameterShapes, type NetworkConfig } from '../../../src/engine/network/networkConfig';

const NETWORK: NetworkConfig = {
  ...{ cell: 'lstm', activation: 'tanh', resetGate: 'after', hiddenUnits: 3, embeddingSize: 2, vocabulary: 5 },
  ...{ layers: 1, bidirectional: false, recurrentInitialisation: 'normal', normalScale: 0.4, forgetBias: 1, seed: 4 },
};
const CELLS = ['vanilla', 'lstm', 'gru'] as const;

function parametersOf(network: NetworkConfig): Map<string, Float32Array> {
  return new Map(
    parameterShapes(network).map(({ name }, k) => [
      name,
      initialValues(network, name).map((value, at) => value + (name.startsWith('b') ? 0.01 * (at + k) : 0)),
    ]),
  );
}

const exported = (network: NetworkConfig): Uint8Array =>
  encodeTorchWeights(network, parametersOf(network), { step: '7' });

function tensorsOf(bytes: Uint8Array): NamedTensor[] {
  return [...decodeSafetensors(bytes).tensors].map(([name, { shape, values }]) => ({ name, shape, values }));
}

function refusal(change: (tensors: NamedTensor[]) => NamedTensor[]): TorchWeightsError {
  const bytes = encodeSafetensors(change(tensorsOf(exported(NETWORK))));
  try {
    decodeTorchWeights(bytes);
  } catch (error) {
    if (error instanceof TorchWeightsError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('weights for PyTorch', () => {
  for (const [cell, layers] of CELLS.map((each, k) => [each, k + 1] as const))
    it(`come back bit for bit (${cell}, layers: ${layers})`, () => {
      const network = { ...NETWORK, cell, layers };
      const { network: read, parameters, metadata } = decodeTorchWeights(exported(network));
      assert.deepEqual(read, { cell, hiddenUnits: 3, embeddingSize: 2, vocabulary: 5, layers });
      const ours = parametersOf(network);
      assert.deepEqual([...parameters.keys()], [...ours.keys()]);
      for (const [name, { values }] of parameters)
        assert.deepEqual(
          new Uint32Array(values.buffer),
          new Uint32Array((ours.get(name) ?? values).slice().buffer),
          name,
        );
      assert.deepEqual(metadata, { format: 'pt', step: '7' });
    });

  it('have the names and shapes of nn.Embedding, nn.LSTM and nn.Linear', () => {
    assert.deepEqual(
      tensorsOf(exported(NETWORK)).map(({ name, shape }) => `${name} ${shape.join()}`),
      [
        ...['embedding.weight 5,2', 'rnn.weight_ih_l0 12,2', 'rnn.weight_hh_l0 12,3', 'rnn.bias_ih_l0 12'],
        ...['rnn.bias_hh_l0 12', 'out.weight 5,3', 'out.bias 5'],
      ],
    );
  });

  it('hold blocks i, f, g, o of ours f, i, o, c̃, transposed, and the whole bias in b_ih', () => {
    const torch = new Map(
      tensorsOf(exported(NETWORK)).map(({ name, values }) => [name, [...(values as Float32Array)]]),
    );
    const ours = parametersOf(NETWORK);
    const [f, i, o, g] = [0, 3, 6, 9];
    const column = (block: number, unit: number) =>
      [0, 1, 2].map((row) => (ours.get('W_h') ?? [])[row * 12 + block + unit]);
    const expected = [i, f, g, o].flatMap((block) => [0, 1, 2].flatMap((unit) => column(block, unit)));
    assert.deepEqual(torch.get('rnn.weight_hh_l0'), expected);
    const bias = [...(ours.get('b') ?? [])];
    assert.deepEqual(
      torch.get('rnn.bias_ih_l0'),
      [i, f, g, o].flatMap((block) => bias.slice(block, block + 3)),
    );
    assert.deepEqual(new Set(torch.get('rnn.bias_hh_l0')), new Set([0]));
  });

  it('keep the candidate’s second bias of a GRU, and turn the update gate round', () => {
    const network = { ...NETWORK, cell: 'gru' as const };
    const torch = new Map(
      tensorsOf(exported(network)).map(({ name, values }) => [name, [...(values as Float32Array)]]),
    );
    const ours = parametersOf(network);
    assert.deepEqual(torch.get('rnn.bias_hh_l0')?.slice(6), [...(ours.get('b_hh') ?? [])]);
    assert.deepEqual(
      torch.get('rnn.bias_ih_l0')?.slice(3, 6),
      [...(ours.get('b') ?? [])].slice(0, 3).map((x) => -x),
    );
  });

  it('may have modules of any name, and be float64', () => {
    const names: Record<string, string> = { 'embedding.weight': 'encoder.weight', 'out.weight': 'head.fc.weight' };
    names['out.bias'] = 'head.fc.bias';
    const bytes = encodeSafetensors(
      tensorsOf(exported(NETWORK)).map(({ name, shape, values }) => ({
        name: names[name] ?? name.replace('rnn', 'module.lstm'),
        shape,
        values: Float64Array.from(values as Float32Array),
      })),
    );
    const { parameters } = decodeTorchWeights(bytes);
    for (const [name, values] of parametersOf(NETWORK)) assert.deepEqual(parameters.get(name)?.values, values, name);
  });

  it('do not exist for what PyTorch computes otherwise', () => {
    assert.equal(withoutCounterpart({ ...NETWORK, cell: 'gru', resetGate: 'before' }), 'resetGate');
    assert.equal(withoutCounterpart({ ...NETWORK, cell: 'vanilla', activation: 'sigmoid' }), 'activation');
    for (const connections of ['residual', 'dense', 'highway'] as const) {
      assert.equal(withoutCounterpart({ ...NETWORK, layers: 2, connections }), 'connections');
      assert.equal(withoutCounterpart({ ...NETWORK, connections }), null);
    }
    assert.equal(withoutCounterpart({ ...NETWORK, bidirectional: true, directionsJoined: 'sum' }), 'connections');
    for (const cell of CELLS) assert.equal(withoutCounterpart({ ...NETWORK, cell }), null);
    assert.equal(withoutCounterpart({ ...NETWORK, resetGate: 'before', activation: 'sigmoid' }), null);
  });

  it('are refused by the name of what is missing or not expected', () => {
    const { message } = refusal((tensors) =>
      tensors
        .filter(({ name }) => name !== 'rnn.bias_hh_l0')
        .concat({ name: 'norm.gain', shape: [1], values: Float32Array.of(1) }),
    );
    assert.equal(message, 'missing: rnn.bias_hh_l0; unexpected: norm.gain');
  });

  it('are refused when they have another direction, or a part of a layer', () => {
    const withTensor = (suffix: string) =>
      refusal((tensors) => [...tensors, { name: `rnn.weight_hh_${suffix}`, shape: [1], values: new Float32Array(1) }]);
    const reverse = withTensor('l0_reverse');
    assert.ok(reverse.readsBothWays);
    assert.match(reverse.message, /rnn\.weight_hh_l0_reverse$/);
    assert.equal(withTensor('l1').message, 'missing: rnn.weight_ih_l1, rnn.bias_ih_l1, rnn.bias_hh_l1');
    assert.equal(withTensor('l2').message, 'unexpected: rnn.weight_hh_l2');
  });

  it('are refused by the tensor whose shape does not fit the others', () => {
    const changed = (at: string, shape: number[]) => (tensors: NamedTensor[]) =>
      tensors.map((tensor) =>
        tensor.name === at ? { ...tensor, shape, values: new Float32Array(shape.reduce((a, b) => a * b)) } : tensor,
      );
    assert.equal(
      refusal(changed('rnn.weight_ih_l0', [12, 4])).message,
      'rnn.weight_ih_l0 has shape [12, 4] instead of [12, 2]',
    );
    assert.equal(
      refusal(changed('rnn.weight_hh_l0', [6, 3])).message,
      'rnn.weight_hh_l0 has shape [6, 3], not [H, H], [3 H, H] or [4 H, H]',
    );
  });

  it('are refused when they are whole numbers, not finite, or no safetensors file', () => {
    const change = (values: Float32Array | Int32Array) => (tensors: NamedTensor[]) =>
      tensors.map((tensor) => (tensor.name === 'out.bias' ? { ...tensor, values } : tensor));
    assert.match(refusal(change(new Int32Array(5))).message, /^out\.bias holds integers/);
    assert.match(refusal(change(Float32Array.of(0, NaN, 0, 0, 0))).message, /^out\.bias holds NaN/);
    assert.throws(() => decodeTorchWeights(new Uint8Array(3)), TorchWeightsError);
  });
});
