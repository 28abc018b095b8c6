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
      const frame = session.inspect({ slice: null, cursor: 0, windowStart: null, columns: 10 });
      assert.equal(frame.header.step, divergence.restoredStep);
      await assert.rejects(session.resume(), { code: 'badRequest' });
    } finally {
      await workspace.dispose();
    }
  });

  it('proposes twice the median norm in two digits, within the limits of the setting', () => {
    assert.equal(proposeClip(0.6172), 1.2);
    assert.equal(proposeClip(0), 1);
    assert.equal(proposeClip(1e12), 1000);
    assert.equal(proposeClip(1e-9), 0.01);
  });
});
