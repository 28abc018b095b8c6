// Runs of networks with layers, connections, dropout and reservoirs: trained, paused and resumed elsewhere, replayed and looked at.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import { smallText, TINY, until, Workspace } from './trainerFixture';

const TEXT = smallText(200);
const NETWORKS: Record<string, Partial<RunConfig>> = {
  'highways and dropout': { layers: 3, connections: 'highway', dropout: 0.2 },
  'dense layers': { cell: 'gru', layers: 3, connections: 'dense' },
  'residual layers that begin with memories of all lengths': {
    layers: 2,
    connections: 'residual',
    forgetGate: 'chrono',
  },
  'a reservoir': { cell: 'vanilla', reservoir: true, spectralRadius: 0.9 },
};

describe('a run of a network with', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const weights = (id: string) => readFileSync(path.join(workspace.runFolder(id), 'checkpoint.safetensors'));

  for (const [name, change] of Object.entries(NETWORKS))
    it(`${name} goes on bit for bit where it was paused, and is shown at every snapshot`, async () => {
      const config: RunConfig = { ...TINY, epochs: 3, ...change };
      const whole = workspace.session().session;
      whole.train(workspace.order('whole', config, { text: TEXT }));
      await whole.settled();
      assert.deepEqual([whole.record.phase, whole.record.failure], ['finished', null]);

      const { session: half } = workspace.session();
      half.train(workspace.order('half', config, { text: TEXT }));
      await until(() => half.record.phase === 'training');
      assert.equal((await half.pause()).phase, 'paused');
      await half.close();
      const { session: other } = workspace.session();
      await other.open({ runFolder: workspace.runFolder('half'), text: null });
      await other.resume();
      await other.settled();
      assert.ok(weights('half').equals(weights('whole')));

      const view = { slice: null, cursor: 60, windowStart: null, columns: 20 };
      const newest = await whole.inspect(view);
      assert.deepEqual([newest.header.layers, newest.header.connections], [config.layers, config.connections]);
      const first = await whole.inspect({ ...view, snapshot: 0 });
      assert.notDeepEqual(decodeFrame(first).loss, decodeFrame(newest).loss);
    });

  it('both directions is refused as a language model before its text is read', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('both', { ...TINY, bidirectional: true }, { path: '/nowhere/at/all.txt' }));
    await session.settled();
    assert.equal(session.record.failure?.code, 'bidirectionalLanguage');
  });
});
