// Questions about a run are answered from a copy of its weights while it trains on; of one kind the latest holds.
import assert from 'node:assert/strict';
import type { Answered } from '../../../src/protocol/questions';
import { spreadOf } from '../../../src/trainer/answers/weights';
import { smallText, TINY, until, Workspace } from './trainerFixture';

describe('a question about a run', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const question = { about: 'weights', bins: 10 } as const;

  it('about its weights counts every value of every parameter once', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
    const answered = (await session.ask({ question, view: null })) as Answered<'weights'> | null;
    assert.equal(answered?.step, session.record.step);
    const counts = answered.value.parameters.map((parameter) => parameter.counts.reduce((sum, n) => sum + n, 0));
    assert.equal(
      counts.reduce((sum, n) => sum + n, 0),
      session.record.parameters,
    );
    assert.deepEqual(
      counts,
      answered.value.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1)),
    );
  });

  it('does not keep it from training, nor change its bits', async () => {
    const losses = [];
    for (const asks of [false, true]) {
      const { session } = workspace.session();
      session.train(workspace.order(`run-${asks}`, { ...TINY, epochs: 6 }, { text: smallText(200) }));
      await until(() => session.record.step > 0);
      while (asks && session.record.phase === 'training') await session.ask({ question, view: null });
      await session.settled();
      assert.equal(session.record.phase, 'finished');
      losses.push(session.record.bestValidationLoss);
    }
    assert.equal(losses[0], losses[1]);
  });

  it('gives way to a newer one of its kind', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
    const older = session.ask({ question, view: null });
    const newer = session.ask({ question: { about: 'weights', bins: 4 }, view: null });
    assert.equal(await older, null);
    assert.equal(((await newer) as Answered<'weights'> | null)?.value.parameters[0].counts.length, 4);
  });
});

describe('the spread of values', () => {
  it('is their mean, standard deviation and a histogram that holds both ends', () => {
    const { mean, deviation, smallest, largest, counts } = spreadOf(Float32Array.of(-1, 0, 0.5, 1, 2), 3);
    assert.deepEqual([mean, smallest, largest, counts], [0.5, -1, 2, [1, 2, 2]]);
    assert.ok(Math.abs(deviation - 1) < 1e-12);
    assert.deepEqual(spreadOf(new Float32Array(4).fill(3), 2).counts, [4, 0]);
  });
});
