// The question behind shading in the editor: what every token of a stretch of live text is shaded by.
import assert from 'node:assert/strict';
import { MOST_SHADED_TOKENS, type Answers, type QuestionOf } from '../../../src/protocol/questions';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { TextSlice } from '../../../src/protocol/trainerMessages';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const text = smallText(40);
const whole = { text, offset: 0, atStart: true, atEnd: true, version: 1 };

describe('a question about shading', () => {
  let workspace: Workspace;
  let session: RunSession;
  before(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
  });
  after(() => workspace.dispose());

  async function ask(
    question: Omit<QuestionOf<'shading'>, 'about'>,
    slice: TextSlice = whole,
    cursor = 0,
  ): Promise<Answers['shading']> {
    const view = { slice, cursor, windowStart: null, columns: 1 };
    const answered = await session.ask({ question: { about: 'shading', ...question }, view });
    assert.equal(answered?.step, session.record.step);
    return answered.value as Answers['shading'];
  }

  it('gives every token of the stretch the surprisal that the inspector’s picture shows', async () => {
    const { starts, ends, values, target } = await ask({ by: 'surprisal', start: 30, end: 70 });
    assert.equal(target, null);
    assert.deepEqual(
      starts,
      Array.from({ length: 40 }, (_, k) => 30 + k),
    );
    assert.deepEqual(
      ends,
      starts.map((start) => start + 1),
    );
    const frame = await session.inspect({ slice: whole, cursor: 70, windowStart: 0, columns: 80 });
    const shown = decodeFrame(frame).surprisal.values.subarray(30, 70);
    values.forEach((bits, k) => assert.ok(Math.abs(bits - shown[k]) < 1e-4, `${bits} beside ${shown[k]}`));
  });

  it('speaks in offsets of the document, not of the slice', async () => {
    const slice = { ...whole, text: text.slice(100), offset: 100, atStart: false };
    const { starts } = await ask({ by: 'surprisal', start: 140, end: 150 }, slice);
    assert.deepEqual([starts[0], starts.length], [140, 10]);
  });

  it('shades no more tokens than agreed', async () => {
    const long = text.repeat(20);
    const { starts, values } = await ask({ by: 'surprisal', start: 0, end: long.length }, { ...whole, text: long });
    assert.equal(starts.length, MOST_SHADED_TOKENS);
    assert.ok(Number.isNaN(values[0]) && values.subarray(1).every((bits) => bits > 0));
  });

  it('gives the tokens up to the cursor the gradient norms of its row in the picture', async () => {
    const { starts, values, target } = await ask({ by: 'influence', start: 20, end: 90 }, whole, 61);
    assert.deepEqual([starts[0], starts.at(-1), starts.length], [20, 60, 41]);
    assert.deepEqual(target && [target.text, target.start], [text[61], 61]);
    const frame = await session.inspect({ slice: whole, cursor: 61, windowStart: 0, columns: 80 });
    const shown = decodeFrame(frame)['gradient.input'].values.subarray(60 * 80 + 20, 60 * 80 + 61);
    values.forEach((norm, k) => assert.ok(Math.abs(norm - shown[k]) <= 1e-4 * Math.max(...shown), `token ${k}`));
  });

  it('looks at the loss of the last token where nothing follows the cursor', async () => {
    const { starts, target } = await ask({ by: 'influence', start: 0, end: text.length }, whole, text.length);
    assert.equal(target?.end, text.length);
    assert.equal(starts.at(-1), text.length - 2);
  });

  it('shades nothing by influence where all that is seen comes after the cursor, and nothing of no text', async () => {
    assert.deepEqual((await ask({ by: 'influence', start: 50, end: 90 }, whole, 20)).starts, []);
    const empty = { ...whole, text: '' };
    for (const by of ['surprisal', 'influence'] as const)
      assert.deepEqual((await ask({ by, start: 0, end: 10 }, empty)).starts, []);
  });
});
