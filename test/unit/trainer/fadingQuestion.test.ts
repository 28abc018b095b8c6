// How fast a network forgets where it began, asked of a run: its own weights first, then W_h scaled to other radii.
import assert from 'node:assert/strict';
import type { FadingMemory } from '../../../src/protocol/spectra';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('the memory of a run', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function asked(session: RunSession, radii: number[]): Promise<FadingMemory> {
    const answered = await session.ask({ question: { about: 'fading', radii }, view: null });
    assert.ok(answered !== null && 'curves' in answered.value);
    return answered.value as FadingMemory;
  }

  it('fades sooner the smaller the spectral radius is that W_h is scaled to', async () => {
    const { session } = workspace.session();
    const config = { ...TINY, cell: 'vanilla' as const, reservoir: true, spectralRadius: 0.7 };
    session.train(workspace.order('echo', config, { text: smallText(300) }));
    await session.settled();
    const { curves, steps, heldOut } = await asked(session, [0.3, 0.7, 1.2]);
    assert.ok(heldOut && steps > 100);
    const [own, small, same, large] = curves;
    assert.ok(Math.abs(own.radius - 0.7) < 1e-6, 'a reservoir keeps the radius that it was drawn with');
    assert.deepEqual([small.radius, same.radius, large.radius], [0.3, 0.7, 1.2]);
    for (const { low, median, high } of curves) {
      assert.ok([low, median, high].every((line) => line.length === steps + 1 && line[0] === 1));
      median.forEach((value, t) => assert.ok(low[t] <= value && value <= high[t]));
    }
    same.median.forEach((value, t) => assert.ok(Math.abs(value - own.median[t]) < 1e-4));
    assert.ok(small.median[6] < own.median[6] && own.median[6] < large.median[6]);
    const again = await asked(session, []);
    assert.deepEqual(again.curves, [own], 'the weights are as they were');
  });

  it('holds more of a random input the nearer the radius is to 1, but never more than it has units', async () => {
    const { session } = workspace.session();
    const config = { ...TINY, cell: 'vanilla' as const, reservoir: true, spectralRadius: 0.9, hiddenUnits: 12 };
    session.train(workspace.order('echo', config, { text: smallText(300) }));
    await session.settled();
    const answered = await session.ask({ question: { about: 'memoryCapacity', radii: [0.1, 0.9] }, view: null });
    assert.ok(answered !== null && 'units' in answered.value && 'curves' in answered.value);
    const { units, curves } = answered.value;
    const [own, small, same] = curves;
    assert.ok(Math.abs(own.radius - 0.9) < 1e-6 && Math.abs(own.total - same.total) < 0.1);
    assert.ok(small.total + 1 < own.total && own.total < units, `${small.total} ${own.total}`);
    for (const { byLag, total } of curves) {
      assert.ok(byLag.every((share) => share >= 0 && share <= 1) && byLag[0] > 0.9);
      assert.ok(Math.abs(byLag.reduce((sum, share) => sum + share, 0) - total) < 1e-9);
    }
    const after = await session.ask({ question: { about: 'memoryCapacity', radii: [] }, view: null });
    assert.deepEqual(after?.value, { ...answered.value, curves: [own] }, 'the weights are as they were');
  });
});
