// How far from the oracle is too far: relative to a tensor's largest value, but element by element for vanishing gradients.
import assert from 'node:assert/strict';
import type { OracleCase } from '../../../src/engine/oracle/oracleCase';
import { compareWithOracle } from '../../../src/engine/oracle/oracleComparison';
import { gradientsToStep } from '../../../src/engine/oracle/oracleImplementation';
import { kindOf, type OracleKind } from '../../../src/engine/oracle/oracleKinds';

function caseOf(tensors: Record<string, number[]>): OracleCase {
  const results = Object.entries(tensors).map(([name, values]) => ({
    ...{ name, shape: [values.length], kind: kindOf(name) },
  }));
  const numbers = new Map(Object.entries(tensors).map(([name, values]) => [name, Float64Array.from(values)]));
  return { results, tensors: numbers } as unknown as OracleCase;
}

/** The error found for `ours` where the oracle has a tensor of that name. */
function errorOf(name: string, ours: number[], oracle: number[]): { error: number; passed: boolean; at: string } {
  const [{ error, passed, at }] = compareWithOracle(caseOf({ [name]: oracle }), new Map([[name, ours]]));
  return { error, passed, at };
}

describe('the comparison with the oracle', () => {
  it('relates errors to the largest magnitude of their tensor', () => {
    const { error, at } = errorOf('grad.out.bias', [-10, 0.0019], [-10, 0.001]);
    assert.ok(Math.abs(error - 9e-5) < 1e-12);
    assert.equal(at, '[1]');
    assert.equal(errorOf('grad.out.bias', [-10, 0.0019], [-10, 0.001]).passed, true);
    assert.equal(errorOf('grad.out.bias', [-10, 0.0021], [-10, 0.001]).passed, false);
    assert.equal(errorOf('output', [0, 0], [0, 0]).error, 0);
    assert.equal(errorOf('output', [0, 1e-30], [0, 0]).error, Infinity);
  });

  it('asks more of the loss', () => {
    assert.equal(errorOf('loss', [1.00005], [1]).passed, false);
    assert.equal(errorOf('losses', [1.00005], [1]).passed, true);
  });

  it('looks at every element of a flow by itself, down to 1e-30', () => {
    assert.equal(errorOf('flow_l0', [1, 1.0005e-20], [1, 1e-20]).passed, true);
    assert.equal(errorOf('flow_l0', [1, 1.002e-20], [1, 1e-20]).passed, false);
    assert.equal(errorOf('cellflow_l1_reverse', [1, 0], [1, 1e-20]).passed, false);
    assert.equal(errorOf('flow_l0', [1, 0], [1, 1e-31]).passed, true);
  });

  it('wants exactly 0 where no path leads', () => {
    assert.equal(errorOf('flow_l0', [1, 0], [1, 0]).passed, true);
    assert.deepEqual(errorOf('flow_l0', [1, 1e-44], [1, 0]), { error: Infinity, passed: false, at: '[1]' });
  });

  it('does not take NaN, too few values or none for agreement', () => {
    assert.equal(errorOf('flow_l0', [NaN], [1e-40]).passed, false);
    assert.equal(errorOf('hidden_l0', [1, NaN], [1, 1]).passed, false);
    assert.equal(errorOf('hidden_l0', [1], [1, 1]).passed, false);
    const [missing] = compareWithOracle(caseOf({ adam: [1] }), new Map());
    assert.equal(missing.passed, false);
  });

  it('tells the worst tensor of every kind', () => {
    const oracle = caseOf({ 'grad.a': [1], 'grad.b': [1], hidden_l0: [1] });
    const ours = new Map([
      ['grad.a', [1.1]],
      ['grad.b', [1.2]],
      ['hidden_l0', [1]],
    ]);
    const found = compareWithOracle(oracle, ours).map(({ kind, tensor }) => [kind, tensor]);
    assert.deepEqual(found, [
      ['hidden', 'hidden_l0'],
      ['grad', 'grad.b'],
    ]);
  });

  it('knows the kind of every tensor', () => {
    const kinds: [string, OracleKind][] = [
      ['loss', 'loss'],
      ['losses', 'losses'],
      ['gate_z_l0_reverse', 'gates'],
      ['cell_l1', 'cell'],
      ['cellflow_l1', 'cellflow'],
      ['clipped_norm', 'clipped_norm'],
      ['adam.rnn.bias_hh_l0', 'adam'],
      ['grad.rnn.weight_ih_l0', 'grad'],
    ];
    for (const [name, kind] of kinds) assert.equal(kindOf(name), kind);
  });

  it('steps Adam with the oracle’s gradient only where rounding would decide the step', () => {
    const oracle = caseOf({ 'grad.w': [1, 1e-9, 1e-3, 0] });
    const own = new Map([['w', Float32Array.of(1.0001, -2e-9, 1.1e-3, 0)]]);
    const { gradients, steepSteps } = gradientsToStep(oracle, own, 0.01);
    assert.deepEqual(gradients.get('w'), Float32Array.of(1.0001, 1e-9, 1.1e-3, 0));
    assert.equal(steepSteps, 1);
  });
});
