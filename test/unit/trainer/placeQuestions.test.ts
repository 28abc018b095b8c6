// Questions about one layer of a stack: every answer is of the layer that was named, and one that is not there is refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { layerSuffix } from '../../../src/engine/network/networkConfig';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import { eigenvalues } from '../../../src/engine/inspection/eigenvalues';
import { networkPlaces, placeSuffix } from '../../../src/protocol/layerPlace';
import type { Answers, Question } from '../../../src/protocol/questions';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const view = { slice: null, cursor: 60, windowStart: null, columns: 40 };
const H = TINY.hiddenUnits;

describe('a question about a layer', () => {
  let workspace: Workspace;
  let session: RunSession;
  before(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('run', { ...TINY, cell: 'vanilla', layers: 3 }, { text: smallText(80) }));
    await session.settled();
  });
  after(() => workspace.dispose());

  async function ask<Q extends Question>(question: Q): Promise<Answers[Q['about']]> {
    return (await session.ask({ question, view }))?.value as Answers[Q['about']];
  }

  it('names its arrays and parameters as the engine does', () => {
    const places = networkPlaces({ layers: 3, bidirectional: true });
    assert.equal(places.length, 6);
    for (const place of places) assert.equal(placeSuffix(place), layerSuffix(place));
  });

  it('is answered from that layer’s own recurrent weights', async () => {
    const file = path.join(workspace.runFolder('run'), 'checkpoint.safetensors');
    const { tensors } = decodeSafetensors(readFileSync(file));
    for (const layer of [0, 2]) {
      const place = { layer, reverse: false };
      const weights = tensors.get(`W_h${layerSuffix(place)}`)?.values;
      assert.ok(weights instanceof Float32Array);
      const { real } = await ask({ about: 'spectrum', gate: 'h', place });
      assert.deepEqual([...real], [...eigenvalues(Float64Array.from(weights), H).real]);
    }
  });

  it('is answered about the window as the picture shows that layer', async () => {
    const place = { layer: 1, reverse: false };
    const arrays = decodeFrame(await session.inspect(view));
    const { together } = await ask({ about: 'weightItemised', place });
    assert.deepEqual([...together], [...arrays['gradient.weight_l1'].values]);
    const { curves } = await ask({ about: 'jacobians', count: 2, place });
    const below = await ask({ about: 'jacobians', count: 2 });
    assert.notDeepEqual(curves, below.curves);
    const drivers = await ask({ about: 'drivers', unit: 2, tokens: 2000, place });
    assert.notEqual(drivers.mean, (await ask({ about: 'drivers', unit: 2, tokens: 2000 })).mean);
    const { points } = await ask({ about: 'lyapunov', count: 2, place });
    assert.notDeepEqual(points, (await ask({ about: 'lyapunov', count: 2 })).points);
  });

  it('comes with a bound that no gradient of the top layer crosses', async () => {
    const frame = await session.inspect(view);
    const { layers, bound, tokens } = frame.header;
    assert.equal(layers, 3);
    assert.ok(bound);
    const { values } = decodeFrame(frame)['gradient.hidden_l2'];
    const T = tokens.length;
    for (let i = 0; i < T; i++)
      for (let j = 0; j < i; j++)
        assert.ok(values[i * T + j] <= values[i * T + i] * (bound.slope * bound.norm) ** (i - j) * (1 + 1e-4));
    const top = await ask({ about: 'spectrum', gate: 'h', place: { layer: 2, reverse: false } });
    assert.ok(Math.abs(top.singularValues[0] / bound.norm - 1) < 1e-6);
  });

  it('is refused where the network has no such layer or direction', async () => {
    for (const place of [
      { layer: 3, reverse: false },
      { layer: 0, reverse: true },
    ])
      await assert.rejects(ask({ about: 'spectrum', gate: 'h', place }), { code: 'nothingToInspect' });
  });
});
