// Networks that need more memory than is allowed are refused before any is taken: new ones, stored ones, and checkpoints that claim to
// be enormous.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/formats/safetensors';
import { GatescopeError } from '../../../src/protocol/failures';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('a network that needs more memory than is allowed', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function train(config: RunConfig, memoryMegabytes: number) {
    const { session } = workspace.session({ memoryMegabytes });
    session.train(workspace.order('one', config, { text: smallText(300) }));
    await session.settled();
    return session.record;
  }

  const open = (memoryMegabytes: number) =>
    workspace.session({ memoryMegabytes }).session.open({ runFolder: workspace.runFolder('one'), text: null });

  it('is not trained, and trains with as much as it is said to need', async () => {
    const { phase, failure } = await train({ ...TINY, hiddenUnits: 40 }, 1);
    assert.equal(phase, 'failed');
    assert.deepEqual([failure?.code, failure?.args.megabytes], ['networkTooLarge', 1]);
    assert.equal((await train({ ...TINY, hiddenUnits: 40 }, Number(failure?.args.needed))).phase, 'finished');
  });

  it('is not opened from its run, which stays whole', async () => {
    await train({ ...TINY, hiddenUnits: 40 }, 1024);
    await assert.rejects(open(1), { code: 'networkTooLarge' });
    assert.equal((await open(1024)).phase, 'finished');
  });

  for (const [what, megabytes, claim] of [
    ['batches of a million lanes', 2048, { shape: '{"timesteps":64,"lanes":1000000}' }],
    ['more memory than can be addressed', 1e9, { shape: '{"timesteps":1000000,"lanes":1000000}' }],
  ] as const)
    it(`is refused where its checkpoint claims ${what}, without taking any`, async () => {
      await train(TINY, 1024);
      rewriteCheckpoint(claim);
      const before = process.memoryUsage();
      await assert.rejects(open(megabytes), { code: 'networkTooLarge' });
      const { arrayBuffers, external } = process.memoryUsage();
      assert.ok(arrayBuffers + external - before.arrayBuffers - before.external < 32e6);
    });

  for (const [what, claim] of [
    ['no lanes', { shape: '{"timesteps":8,"lanes":0}' }],
    ['half a timestep', { shape: '{"timesteps":0.5,"lanes":4}' }],
    ['no number of tokens', { vocabulary: 'many' }],
  ] as const)
    it(`is damaged where its checkpoint claims ${what}`, async () => {
      await train(TINY, 1024);
      rewriteCheckpoint(claim);
      await assert.rejects(open(1024), (error) => error instanceof GatescopeError && error.code === 'runDamaged');
    });

  function rewriteCheckpoint(claim: Record<string, string>): void {
    const file = path.join(workspace.runFolder('one'), 'checkpoint.safetensors');
    const { tensors, metadata } = decodeSafetensors(new Uint8Array(readFileSync(file)));
    const named = Array.from(tensors, ([name, { shape, values }]) => {
      assert.ok(values instanceof Float32Array);
      return { name, shape, values };
    });
    writeFileSync(file, encodeSafetensors(named, { ...metadata, ...claim }));
  }
});
