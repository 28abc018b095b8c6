// Questions about one unit, asked of a run: its terms fit the picture of the same window, its drivers the text trained on.
import assert from 'node:assert/strict';
import type { Answered } from '../../../src/protocol/questions';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import { smallText, TINY, Workspace } from './trainerFixture';

const UNIT = 3;
const view = { slice: null, cursor: 60, windowStart: null, columns: 40 };
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('a question about a unit', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  it('is answered with the terms of the gates that the picture of this window shows', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
    const frame = await session.inspect(view);
    const { values } = decodeFrame(frame)['gate.f'];
    const steps = frame.header.tokens.length;
    const answered = (await session.ask({
      question: { about: 'cellTerms', unit: UNIT },
      view,
    })) as Answered<'cellTerms'>;
    const { recurrent, input, bias } = answered.value;
    assert.equal(recurrent.length, steps * 4);
    for (let t = 0; t < steps; t++) {
      const forget = sigmoid(recurrent[t * 4] + input[t * 4] + bias[0]);
      assert.ok(Math.abs(forget - values[t * TINY.hiddenUnits + UNIT]) < 2e-6, `step ${t}`);
    }
  });

  it('is answered with drivers out of the whole text, and says from how much of it', async () => {
    const text = smallText(400);
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text }));
    await session.settled();
    const ask = async (tokens: number): Promise<Answered<'drivers'>['value']> => {
      const question = { about: 'drivers', unit: UNIT, tokens } as const;
      return ((await session.ask({ question, view: null })) as Answered<'drivers'>).value;
    };
    const whole = await ask(100_000);
    assert.equal(whole.textTokens, text.length);
    assert.ok(whole.count > 0.8 * text.length && whole.count <= text.length);
    assert.ok(whole.explained > 0 && whole.explained <= 1);
    assert.equal(whole.stretches, 16);
    assert.ok(whole.high[0].mean > whole.mean && whole.low[0].mean < whole.mean);
    for (const { text: token } of whole.high) assert.ok(text.includes(token));
    for (const { before, token, after } of [...whole.highPlaces, ...whole.lowPlaces])
      assert.ok(text.includes(before + token + after), `“${before}[${token}]${after}”`);
    const part = await ask(3200);
    assert.ok(part.count <= 3200 && part.count > 2000);
  });
});
