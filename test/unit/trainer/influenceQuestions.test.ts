// Questions about the influence on the focus, asked of a run: they are about the prediction that the picture of the same window shows.
import assert from 'node:assert/strict';
import type { Answers, Question } from '../../../src/protocol/questions';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const view = { slice: null, cursor: 60, windowStart: null, columns: 40 };
const FOCUS = 25;

describe('a question about influence', () => {
  let workspace: Workspace;
  let session: RunSession;
  beforeEach(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
  });
  afterEach(() => workspace.dispose());

  async function ask<Q extends Question>(question: Q): Promise<Answers[Q['about']]> {
    const answered = await session.ask({ question, view });
    assert.equal(answered?.about, question.about);
    return answered.value as Answers[Q['about']];
  }

  it('is answered with what the tokens up to the focus add to one logit, complete within 5 %', async () => {
    const integrated = await ask({ about: 'influence', method: 'integrated', focus: FOCUS });
    assert.equal(integrated.values.length, FOCUS + 1);
    assert.ok(integrated.delta <= 0.05 && integrated.steps >= 16);
    const sum = integrated.values.reduce((a, b) => a + b, 0);
    const whole = integrated.logit - integrated.baseline;
    assert.ok(Math.abs(Math.abs(sum - whole) / Math.abs(whole) - integrated.delta) < 1e-9);
    const local = await ask({ about: 'influence', method: 'gradientInput', focus: FOCUS });
    assert.equal(local.steps, 0);
    assert.equal(local.logit, integrated.logit);
    // Both are 0 where the picture says that nothing flows, and not where it says that much does.
    const { values } = decodeFrame(await session.inspect(view))['gradient.input'];
    assert.ok(values[FOCUS * 40 + FOCUS] > 0 && local.values[FOCUS] !== 0);
  });

  it('is answered with what becomes of the loss without the nearest tokens, the picture’s loss taken away', async () => {
    const { columns, loss, logit } = await ask({ about: 'ablation', focus: FOCUS, nearest: 10 });
    assert.deepEqual(
      columns,
      Array.from({ length: 10 }, (_, k) => FOCUS - k),
    );
    assert.ok(loss.every(Number.isFinite) && logit.every(Number.isFinite));
    assert.ok(loss[0] !== 0);
    // No loss is less than zero: none falls by more than what it was.
    const losses = decodeFrame(await session.inspect(view)).loss.values;
    for (const change of loss) assert.ok(change >= -losses[FOCUS] - 1e-5);
  });

  it('has no answer where the token that follows is outside the window', async () => {
    const question = { about: 'influence', method: 'gradientInput', focus: 40 } as const;
    await assert.rejects(ask(question), { code: 'nothingToInspect' });
  });
});
