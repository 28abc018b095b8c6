// A loss that explodes: the run stops there, says what happened and keeps the last good weights.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { proposeClip } from '../../../src/trainer/divergence';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('divergence', () => {
  it('ends the run with finite weights, a description and a proposal', async () => {
    const workspace = new Workspace();
    try {
      const { session } = workspace.session();
      const config: RunConfig = { ...TINY, cell: 'vanilla', activation: 'relu', clipNorm: 0, learningRate: 10 };
      Object.assign(config, { epochs: 50, recurrentInitialisation: 'identity', normalScale: 8, sequenceLength: 64 });
      session.train(workspace.order('one', config, { text: smallText(400) }));
      await session.settled();
      const { divergence, phase, step } = session.record;
      assert.equal(phase, 'diverged');
      assert.ok(divergence && divergence.restoredStep < divergence.step);
      assert.equal(step, divergence.restoredStep);
      assert.ok(divergence.proposedClip > 0 && divergence.batchText.length > 10);
      assert.ok(divergence.norms.length > 0);
      const file = readFileSync(path.join(workspace.runFolder('one'), 'checkpoint.safetensors'));
      for (const { values } of decodeSafetensors(file).tensors.values())
        assert.ok(Array.from(values, Number).every(Number.isFinite));
      const frame = await session.inspect({ slice: null, cursor: 0, windowStart: null, columns: 10 });
      assert.equal(frame.header.step, divergence.restoredStep);
      await assert.rejects(session.resume(), { code: 'badRequest' });
    } finally {
      await workspace.dispose();
    }
  });

  it('proposes exactly twice the median norm of the steps before the explosion', () => {
    const calm = [0.6, 0.61, 0.6172, 0.63, 0.9];
    assert.deepEqual(proposeClip(calm), { proposedClip: 1.24, medianNorm: 0.62 });
    assert.deepEqual(proposeClip([...calm, 40, 900, 2e9, Infinity]), { proposedClip: 1.24, medianNorm: 0.62 });
    for (const scale of [0.0173, 0.31, 1.9, 87, 333]) {
      const { proposedClip, medianNorm } = proposeClip(calm.map((norm) => norm * scale));
      assert.equal(proposedClip, Number((2 * medianNorm).toPrecision(6)));
    }
  });

  it('proposes the usual threshold, and claims no median, where there is none to go by', () => {
    const usual = { proposedClip: 1, medianNorm: 0 };
    assert.deepEqual(proposeClip([]), usual);
    assert.deepEqual(proposeClip([0.5, 0.6, 70, 4e5]), usual);
    assert.deepEqual(proposeClip([9e6, 1e7, 2e7, 2e7, 3e7, NaN]), usual, 'never at the limit of the setting');
    assert.deepEqual(proposeClip(Array<number>(9).fill(1e-9)), usual, 'never so low that nothing would be learned');
  });

  it('proposes less than the threshold under which it exploded', () => {
    assert.deepEqual(proposeClip([2, 2, 2, 2, 2], 1), { proposedClip: 0.5, medianNorm: 0 });
    assert.deepEqual(proposeClip([0.2, 0.2, 0.2, 0.2, 0.2], 1), { proposedClip: 0.4, medianNorm: 0.2 });
    assert.deepEqual(proposeClip([2, 2, 2, 2, 2], 50), { proposedClip: 4, medianNorm: 2 });
  });
});
