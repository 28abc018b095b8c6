// Weights before training: their distributions, their layout and that a seed decides every bit.
import assert from 'node:assert/strict';
import { CELL_DESCRIPTIONS } from '../../../src/engine/cells/cellDescription';
import { initialValues } from '../../../src/engine/network/initialisation';
import { parameterCount, parameterShapes, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import { SMALL_NETWORK } from './smallTraining';

const config = (changes: Partial<NetworkConfig>): NetworkConfig => ({ ...SMALL_NETWORK, hiddenUnits: 40, ...changes });

/** Gate blocks of W_h or W_x, each [rows, H]. */
function blocksOf(values: Float32Array, { cell, hiddenUnits: H }: NetworkConfig): number[][][] {
  const { blocks } = CELL_DESCRIPTIONS[cell];
  return Array.from({ length: blocks }, (_, block) =>
    Array.from({ length: values.length / (blocks * H) }, (_, row) =>
      Array.from(values.subarray((row * blocks + block) * H, (row * blocks + block + 1) * H)),
    ),
  );
}

const deviation = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, v) => sum + v * v, 0) / values.length);

/** ‖W^n v‖^(1/n) of a start vector for a large n: the spectral radius, without eigenvalues. */
function powerGrowth(block: number[][]): number {
  let row = block.map((_, k) => Math.cos(k + 1));
  let growth = 0;
  const [skipped, counted] = [2000, 4000];
  for (let n = 0; n < skipped + counted; n++) {
    row = block[0].map((_, j) => row.reduce((sum, value, i) => sum + value * block[i][j], 0));
    const size = Math.hypot(...row);
    row = row.map((value) => value / size);
    if (n >= skipped) growth += Math.log(size) / counted;
  }
  return Math.exp(growth);
}

describe('initialisation', () => {
  for (const cell of ['vanilla', 'lstm', 'gru'] as const)
    it(`makes every recurrent gate block of the ${cell} orthogonal, each its own`, () => {
      const blocks = blocksOf(initialValues(config({ cell }), 'W_h'), config({ cell }));
      for (const block of blocks)
        for (const [i, a] of block.entries())
          for (const [j, b] of block.entries()) {
            const inner = a.reduce((sum, v, k) => sum + v * b[k], 0);
            assert.ok(Math.abs(inner - (i === j ? 1 : 0)) < 1e-6);
          }
      if (blocks.length > 1) assert.notDeepEqual(blocks[0], blocks[1]);
    });

  it('offers N(0, s), a multiple of the identity and Glorot for the recurrent blocks', () => {
    const normal = initialValues(config({ recurrentInitialisation: 'normal', normalScale: 0.25 }), 'W_h');
    assert.ok(Math.abs(deviation(normal) / 0.25 - 1) < 0.03);
    const identity = config({ recurrentInitialisation: 'identity', normalScale: 0.7 });
    for (const block of blocksOf(initialValues(identity, 'W_h'), identity))
      block.forEach((row, i) => row.forEach((v, j) => assert.equal(v, i === j ? Math.fround(0.7) : 0)));
    const glorot = initialValues(config({ recurrentInitialisation: 'glorot' }), 'W_h');
    const limit = Math.sqrt(6 / 80);
    assert.ok(glorot.every((v) => Math.abs(v) <= limit));
    assert.ok(Math.abs(deviation(glorot) / (limit / Math.sqrt(3)) - 1) < 0.03);
  });

  it('scales the input weights by fan-in and fan-out of one gate, whatever the number of gates', () => {
    for (const cell of ['vanilla', 'lstm', 'gru'] as const) {
      const values = initialValues(config({ cell, embeddingSize: 56 }), 'W_x');
      assert.ok(Math.abs(deviation(values) / Math.sqrt(2 / 96) - 1) < 0.04);
    }
  });

  it('scales every recurrent block to the spectral radius that is asked for', () => {
    for (const recurrentInitialisation of ['orthogonal', 'glorot', 'normal', 'identity'] as const)
      for (const cell of ['vanilla', 'gru'] as const) {
        const scaled = config({ cell, hiddenUnits: 12, recurrentInitialisation, spectralRadius: 0.9 });
        const drawn = blocksOf(initialValues({ ...scaled, spectralRadius: 0 }, 'W_h'), scaled);
        blocksOf(initialValues(scaled, 'W_h'), scaled).forEach((block, k) => {
          assert.ok(Math.abs(powerGrowth(block) - 0.9) < 0.01, `${recurrentInitialisation}: ${powerGrowth(block)}`);
          const at = block[0].findIndex((value) => value !== 0);
          const factor = block[0][at] / drawn[k][0][at];
          block.flat().forEach((value, n) => assert.ok(Math.abs(value - factor * drawn[k].flat()[n]) < 1e-6));
        });
      }
  });

  it('draws forget biases for memories of all lengths, and input biases against them', () => {
    const H = 4000;
    const b = initialValues(config({ hiddenUnits: H, chronoSteps: 50 }), 'b');
    const lengths = Array.from(b.subarray(0, H), (bias) => Math.exp(bias)).sort((a, c) => a - c);
    // Uniform from 1 to 49: the largest distance between the two distributions' functions (Kolmogorov and Smirnov).
    const apart = Math.max(...lengths.map((length, k) => Math.abs((length - 1) / 48 - k / H)));
    assert.ok(apart < 1.63 / Math.sqrt(H), String(apart));
    assert.ok(b.subarray(H, 2 * H).every((bias, k) => bias === -b[k]));
    assert.ok(b.subarray(2 * H).every((bias) => bias === 0));
  });

  it('starts the forget gate open and every other bias at zero', () => {
    const { values, H } = { values: initialValues(config({ forgetBias: 2.5 }), 'b'), H: 40 };
    assert.ok(values.subarray(0, H).every((v) => v === 2.5));
    assert.ok(values.subarray(H).every((v) => v === 0));
    assert.ok(initialValues(config({ cell: 'gru', forgetBias: 2.5 }), 'b').every((v) => v === 0));
  });

  it('repeats every bit for a seed, and another W_h changes no other parameter', () => {
    for (const { name } of parameterShapes(config({}))) {
      assert.deepEqual(initialValues(config({}), name), initialValues(config({}), name));
      const other = initialValues(config({ recurrentInitialisation: 'normal' }), name);
      if (name === 'W_h') assert.notDeepEqual(other, initialValues(config({}), name));
      else assert.deepEqual(other, initialValues(config({}), name));
    }
    assert.notDeepEqual(initialValues(config({ seed: 4 }), 'W_x'), initialValues(config({}), 'W_x'));
  });

  it('counts the parameters of each cell, the second candidate bias included', () => {
    const sizes = { hiddenUnits: 128, embeddingSize: 64, vocabulary: 100 };
    const count = (changes: Partial<NetworkConfig>) => parameterCount({ ...SMALL_NETWORK, ...sizes, ...changes });
    const outside = 100 * 64 + 128 * 100 + 100;
    assert.equal(count({ cell: 'lstm' }), outside + 4 * (64 * 128 + 128 * 128 + 128));
    assert.equal(count({ cell: 'gru' }), outside + 3 * (64 * 128 + 128 * 128 + 128));
    assert.equal(count({ cell: 'gru', resetGate: 'after' }), outside + 3 * (64 * 128 + 128 * 128 + 128) + 128);
    assert.equal(count({ cell: 'vanilla' }), outside + 64 * 128 + 128 * 128 + 128);
  });
});
