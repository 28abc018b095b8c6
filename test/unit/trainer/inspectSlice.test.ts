// The inspected window: where it lies, what it is called, and that it answers while training goes on.
import assert from 'node:assert/strict';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import { tokenize } from '../../../src/text/tokenize';
import type { NetworkConfig } from '../../../src/engine/network/networkConfig';
import { placeWindow } from '../../../src/trainer/inspectedWindow';
import { gateInfos } from '../../../src/trainer/inspectSlice';
import { networkConfig } from '../../../src/trainer/trainingPlan';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, until, Workspace } from './trainerFixture';

describe('the window', () => {
  const tokens = tokenize('x'.repeat(1000), 'characters');

  it('has the cursor’s token eight columns from its right edge', () => {
    assert.deepEqual(placeWindow(tokens, 500, null, 100), { first: 408, end: 508, focus: 499 });
  });

  it('does not begin before the text', () => {
    assert.deepEqual(placeWindow(tokens, 5, null, 100), { first: 0, end: 100, focus: 4 });
    assert.equal(placeWindow(tokens, 0, null, 100).focus, 0);
  });

  it('ends with the text', () => {
    assert.deepEqual(placeWindow(tokens, 1000, null, 100), { first: 908, end: 1000, focus: 999 });
  });

  it('stays while the cursor is inside, moves when it leaves', () => {
    for (const cursor of [409, 450, 508])
      assert.equal(placeWindow(tokens, cursor, 408, 100).first, 408, `cursor ${cursor}`);
    for (const cursor of [408, 509]) assert.notEqual(placeWindow(tokens, cursor, 408, 100).first, 408);
  });

  it('ignores a start that is no token’s', () => {
    assert.equal(placeWindow(tokenize('one two three four', 'words'), 18, 5, 2).first, 2);
  });

  it('shows the focus in panels too narrow for eight columns', () => {
    for (let columns = 1; columns < 12; columns++) {
      const { first, end, focus } = placeWindow(tokens, 500, null, columns);
      assert.ok(first <= focus && focus < end, `${columns} columns`);
    }
  });

  it('takes a cursor in the space after a word for that word', () => {
    const words = tokenize('one  two', 'words');
    assert.equal(placeWindow(words, 4, null, 10).focus, 0);
    assert.equal(placeWindow(words, 6, null, 10).focus, 1);
  });
});

describe('the equations of a frame', () => {
  const equation = (change: Partial<NetworkConfig>, gate: string): string | undefined =>
    gateInfos({ config: { ...networkConfig(TINY, 10), ...change } }).find(({ key }) => key === gate)?.equation;

  it('have the activation that a vanilla network was given', () => {
    const stateWith = (activation: NetworkConfig['activation']) => equation({ cell: 'vanilla', activation }, 'h');
    assert.equal(stateWith('tanh'), 'h(t) = tanh(W_h h(t−1) + W_x x(t) + b)');
    assert.equal(stateWith('sigmoid'), 'h(t) = σ(W_h h(t−1) + W_x x(t) + b)');
    assert.equal(stateWith('relu'), 'h(t) = ReLU(W_h h(t−1) + W_x x(t) + b)');
  });

  it('have a GRU’s reset gate where it acts', () => {
    const candidate = (resetGate: NetworkConfig['resetGate']) => equation({ cell: 'gru', resetGate }, 'g');
    assert.equal(candidate('before'), 'h̃(t) = tanh(W_h (r(t) ∘ h(t−1)) + U_h x(t) + b_h)');
    assert.equal(candidate('after'), 'h̃(t) = tanh(r(t) ∘ (W_h h(t−1) + b_hh) + U_h x(t) + b_h)');
  });
});

describe('an inspection', () => {
  let workspace: Workspace;
  let session: RunSession;
  before(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('one', { ...TINY, epochs: 40 }, { text: smallText(300) }));
    await until(() => session.record.phase === 'training');
  });
  after(() => workspace.dispose());

  const text = 'the cat sleeps,\r\nthe dogs Ω sleep, ';
  const slice = { text, offset: 100, atStart: false, atEnd: true, version: 7 };

  it('is answered before the first step and between steps', async () => {
    const first = await session.inspect({ slice: null, cursor: 0, windowStart: null, columns: 40 });
    await until(() => session.record.step > first.header.step);
    const later = await session.inspect({ slice: null, cursor: 0, windowStart: null, columns: 40 });
    assert.equal(first.header.origin, 'sample');
    assert.equal(first.header.tokens.length, 40);
    assert.equal(first.header.focus, 31);
    assert.ok(later.header.step > first.header.step);
  });

  it('carries offsets of the document, CRLF as one token, and marks what the model does not know', async () => {
    const { header } = await session.inspect({ slice, cursor: 100 + text.length, windowStart: null, columns: 100 });
    assert.equal(header.documentVersion, 7);
    assert.equal(header.origin, 'document');
    for (const token of header.tokens)
      assert.equal(text.slice(token.start - 100, token.end - 100).replace('\r\n', '\n'), token.text);
    assert.ok(header.tokens.some(({ text: token, start, end }) => token === '\n' && end - start === 2));
    assert.deepEqual(
      header.tokens.filter(({ known }) => !known).map((token) => token.text),
      ['Ω'],
    );
    assert.equal(header.next, null);
    assert.equal(header.startsText, false);
    assert.equal(header.tokens[header.focus].end, 100 + text.length);
  });

  it('names the token after the window and reads what is before it', async () => {
    const { header } = await session.inspect({ slice, cursor: 125, windowStart: 115, columns: 10 });
    const first = header.tokens[0].start;
    assert.equal(first, 115);
    assert.equal(header.next, 'Ω');
    assert.equal(header.warmUp, 14);
  });

  it('has every array at its full shape', async () => {
    const frame = await session.inspect({ slice, cursor: 120, windowStart: null, columns: 20 });
    const arrays = decodeFrame(frame);
    const T = frame.header.tokens.length;
    for (const { key } of frame.header.gates) assert.deepEqual(arrays[`gate.${key}`].shape, [T, TINY.hiddenUnits]);
    assert.deepEqual(arrays['gradient.input'].shape, [T, T]);
    assert.equal(arrays['gradient.weightItemised'], undefined, 'no picture draws it');
    assert.equal(frame.header.predictions.length, T);
    const { probability } = frame.header.predictions[0][0];
    assert.ok(probability > 0 && probability <= 1);
  });

  it('has of the gradients the focus row at its first look, and says so', async () => {
    const view = { slice, cursor: 120, windowStart: null, columns: 20 };
    const { header, ...frame } = await session.inspect({ ...view, rowOnly: true });
    assert.equal(header.rowOnly, true);
    const arrays = decodeFrame({ header, ...frame });
    for (const name of ['hidden', 'input']) {
      const { shape, values } = arrays[`gradient.${name}`];
      assert.deepEqual(shape, [header.tokens.length]);
      assert.ok(values[header.focus] > 0 && values[header.focus + 1] === 0, name);
    }
  });

  it('refuses a slice without a token', async () => {
    const empty = { ...slice, text: '', atStart: true };
    await assert.rejects(session.inspect({ slice: empty, cursor: 100, windowStart: null, columns: 20 }), {
      code: 'nothingToInspect',
    });
  });

  it('continues a text the same way for the same seed, from an empty one too', () => {
    const request = { prefix: 'the ', temperature: 0.7, tokens: 30, seed: 3 };
    const { text: first, readTokens } = session.continueText(request);
    assert.equal(readTokens, 4);
    assert.equal(first.length, 30);
    assert.equal(session.continueText(request).text, first);
    assert.equal(session.continueText({ ...request, prefix: '' }).text.length, 30);
  });
});
