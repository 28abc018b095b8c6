// Equal parameter budgets: the units chosen are the best there are, and within 5 % wherever networks of that size allow it.
import assert from 'node:assert/strict';
import { parameterCount, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import { unitsForParameters } from '../../../src/engine/network/unitsForParameters';
import { DEFAULT_CONFIG, LIMITS } from '../../../src/protocol/runConfig';
import { networkConfig } from '../../../src/trainer/trainingPlan';

const network = (change: Partial<NetworkConfig>): NetworkConfig => ({
  ...networkConfig(DEFAULT_CONFIG, 65),
  ...change,
});

describe('hidden units for a parameter budget', () => {
  it('are those of the design’s example: an LSTM of 128 units beside a GRU and a vanilla cell of as many parameters', () => {
    // V·E + E·4H + H·4H + 4H + H·V + V by hand, with one block for the vanilla cell and three for the GRU.
    const byHand = (blocks: number, H: number): number => 65 * 64 + blocks * H * (64 + H + 1) + H * 65 + 65;
    const wanted = byHand(4, 128);
    assert.equal(parameterCount(network({})), wanted);
    for (const [cell, blocks] of [
      ['gru', 3],
      ['vanilla', 1],
    ] as const) {
      const { hiddenUnits, parameters } = unitsForParameters(network({ cell }), wanted, LIMITS.hiddenUnits);
      assert.equal(parameters, byHand(blocks, hiddenUnits));
      const off = (H: number): number => Math.abs(byHand(blocks, H) - wanted);
      assert.ok(off(hiddenUnits) <= off(hiddenUnits - 1) && off(hiddenUnits) <= off(hiddenUnits + 1));
      assert.ok(off(hiddenUnits) / wanted < 0.015, `${cell} ${hiddenUnits}`);
    }
  });

  it('are within 5 % of every budget from 16 units on, whichever cells are compared', () => {
    const cells = ['vanilla', 'lstm', 'gru'] as const;
    for (const from of cells)
      for (const to of cells)
        for (const hiddenUnits of [16, 40, 128, 300]) {
          const wanted = parameterCount(network({ cell: from, hiddenUnits }));
          const { parameters } = unitsForParameters(network({ cell: to }), wanted, LIMITS.hiddenUnits);
          assert.ok(Math.abs(parameters / wanted - 1) <= 0.05, `${from} ${hiddenUnits} to ${to}: ${parameters}`);
        }
  });

  it('stay within what a network may have', () => {
    const choose = (wanted: number): number =>
      unitsForParameters(network({ cell: 'lstm' }), wanted, [4, 32]).hiddenUnits;
    assert.equal(choose(1), 4);
    assert.equal(choose(1e9), 32);
  });
});
