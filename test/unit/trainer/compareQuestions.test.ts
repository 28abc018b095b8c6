// What comparisons ask of a run: its state gradient is that of the picture of the same window, its ablation that of single questions.
import assert from 'node:assert/strict';
import type { Answers, Question } from '../../../src/protocol/questions';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const view = { slice: null, cursor: 60, windowStart: null, columns: 40 };

describe('a comparison asks a run', () => {
  let workspace: Workspace;
  let session: RunSession;
  before(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
  });
  after(() => workspace.dispose());

  async function ask<Q extends Question>(question: Q): Promise<Answers[Q['about']]> {
    const answered = await session.ask({ question, view });
    assert.equal(answered?.about, question.about);
    return answered.value as Answers[Q['about']];
  }

  it('for the gradient of its whole state and its forget gate, those of the picture', async () => {
    const { steps, start, norms, gate, gateValues } = await ask({ about: 'stateGradient' });
    const frame = await session.inspect(view);
    const arrays = decodeFrame(frame);
    assert.deepEqual([steps, start], [40, frame.header.tokens[0].start]);
    assert.equal(gate.key, 'f');
    assert.deepEqual(gateValues, arrays['gate.f'].values);
    const [h, c] = [arrays['gradient.hidden'].values, arrays['gradient.cell'].values];
    norms.forEach((norm, k) => {
      const expected = Math.hypot(h[k], c[k]);
      assert.ok(Object.is(norm, Math.fround(expected)), `${norm} ${expected}`);
    });
  });

  it('what predictions lose without tokens farther and farther back, as when each is asked for alone', async () => {
    const { lags, rows } = await ask({ about: 'ablationByLag' });
    assert.deepEqual(lags.slice(0, 4), [0, 1, 2, 3]);
    assert.equal(lags.at(-1), 20);
    assert.equal(rows.length, 16);
    const { columns, loss } = await ask({ about: 'ablation', focus: 20, nearest: 21 });
    lags.forEach((lag, m) => {
      const alone = loss[columns.indexOf(20 - lag)];
      assert.ok(Math.abs(rows[0][m] - Math.abs(alone)) < 1e-6, `lag ${lag}: ${rows[0][m]} ${alone}`);
    });
  });

  it('how many units give another cell as many parameters', async () => {
    const gru = { ...TINY, cell: 'gru' as const };
    const { wanted, matches } = await ask({ about: 'matchingUnits', configs: [gru] });
    assert.equal(wanted, session.record.parameters);
    const [{ equalUnits, equalParameters }] = matches;
    assert.equal(equalUnits.hiddenUnits, TINY.hiddenUnits);
    const off = (size: { parameters: number }): number => Math.abs(size.parameters - wanted);
    assert.ok(off(equalParameters) < off(equalUnits));
  });
});
