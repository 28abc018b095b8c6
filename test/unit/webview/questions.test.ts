// Views are told what is known and whether it is out of date; the trainer is asked once nothing changes any more.
import assert from 'node:assert/strict';
import type { FromInspector } from '../../../src/protocol/inspectorMessages';
import { Questions } from '../../../webview/questions';

const QUESTION = { about: 'weights', bins: 5 } as const;
const afterIdle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 350));

describe('questions of the inspector', () => {
  let asked: Extract<FromInspector, { kind: 'ask' }>[];
  let changes: number;
  let questions: Questions;
  let clock: number;
  beforeEach(() => {
    asked = [];
    [changes, clock] = [0, 0];
    questions = new Questions(
      (message) => message.kind === 'ask' && asked.push(message),
      () => changes++,
      () => clock,
    );
  });

  const answer = (id: number, step: number, milliseconds = 1) =>
    questions.receive({
      kind: 'answer',
      id,
      answered: { about: 'weights', step, value: { parameters: [] }, milliseconds },
      problem: null,
    });

  it('are asked once, of the last moment, when nothing changes for a while', async () => {
    for (const moment of ['1', '2', '3']) questions.about(QUESTION, moment);
    await afterIdle();
    questions.about(QUESTION, '3');
    await afterIdle();
    assert.equal(asked.length, 1);
    answer(asked[0].id, 3);
    const known = questions.about(QUESTION, '3');
    assert.deepEqual([known.step, known.stale, known.problem, changes], [3, false, null, 1]);
  });

  it('show the last answer as out of date until the next one is there', async () => {
    questions.about(QUESTION, '1');
    await afterIdle();
    answer(asked[0].id, 1);
    assert.equal(questions.about(QUESTION, '2').stale, true);
    assert.equal(questions.about(QUESTION, '2').step, 1);
    await afterIdle();
    answer(asked[1].id, 2);
    assert.deepEqual([questions.about(QUESTION, '2').step, questions.about(QUESTION, '2').stale], [2, false]);
  });

  it('that are costly are asked less often while only the weights change, at once when something else does', async () => {
    questions.training = true;
    questions.about(QUESTION, 'run 1 window');
    await afterIdle();
    answer(asked[0].id, 1, 100);
    questions.about(QUESTION, 'run 2 window');
    await afterIdle();
    assert.equal(asked.length, 1);
    const waits = questions.about(QUESTION, 'run 2 window');
    assert.deepEqual([waits.stale, waits.everySeconds], [true, 6], 'and say how often');
    assert.equal(questions.about(QUESTION, 'run 2 another').everySeconds, undefined);
    await afterIdle();
    assert.equal(asked.length, 2);
    answer(asked[1].id, 2, 100);
    clock += 60 * 100;
    questions.about(QUESTION, 'run 3 another');
    await afterIdle();
    assert.equal(asked.length, 3);
  });

  it('that were put off are asked when training rests', async () => {
    questions.training = true;
    questions.about(QUESTION, 'run 1 window');
    await afterIdle();
    answer(asked[0].id, 1, 100);
    questions.about(QUESTION, 'run 2 window');
    questions.training = false;
    await afterIdle();
    assert.equal(asked.length, 2);
  });

  it('wait for an answer before the next of their kind, and do not repeat one that has none', async () => {
    questions.about(QUESTION, '1');
    await afterIdle();
    questions.about(QUESTION, '2');
    await afterIdle();
    assert.equal(asked.length, 1);
    questions.receive({ kind: 'answer', id: asked[0].id, answered: null, problem: 'no model' });
    await afterIdle();
    questions.receive({ kind: 'answer', id: asked[1].id, answered: null, problem: 'no model' });
    const known = questions.about(QUESTION, '2');
    assert.deepEqual([known.value, known.problem], [null, 'no model']);
    await afterIdle();
    assert.equal(asked.length, 2);
  });

  it('of different places do not take each other’s answers', async () => {
    questions.about(QUESTION, '1', 'left');
    questions.about(QUESTION, '1', 'right', 'other-run');
    await afterIdle();
    assert.deepEqual(
      asked.map(({ runId }) => runId),
      [undefined, 'other-run'],
    );
    answer(asked[0].id, 7);
    assert.equal(questions.about(QUESTION, '1', 'left').step, 7);
    assert.equal(questions.about(QUESTION, '1', 'right', 'other-run').step, null);
  });
});
