// The inspector's model: what each message of the host changes, where the focus lies, what survives a reload.
import assert from 'node:assert/strict';
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { syntheticFrame } from '../../webview/harness/syntheticFrame';
import { syntheticMetrics, syntheticRecord, syntheticState } from '../../webview/harness/syntheticRun';
import { convertLoss, tokensPerCharacter } from '../../webview/lossUnit';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { NumberFormats } from '../../webview/numberFormats';
import { CURSOR_PATIENCE, receive } from '../../webview/receive';
import { DEFAULT_CHOICES, restoreChoices } from '../../webview/savedChoices';
import { columnAtCursor, focusOf, lossUnitOf, pageOf, scoreOf } from '../../webview/selectors';
import { initialModel, onlyWentOn, type InspectorModel } from '../../webview/store';
import { unitOrder } from '../../webview/unitOrder';
import { editedColumns } from '../../webview/views/staleBar';

const blank = (): InspectorModel => initialModel(DEFAULT_CHOICES, { width: 984, panelWidth: 1000 });
const after = (messages: ToInspector[], now = 0): InspectorModel =>
  messages.reduce((model, message) => receive(model, message, now), blank());
const running = (): InspectorModel =>
  after([
    { kind: 'state', state: syntheticState({ run: syntheticRecord(), metrics: syntheticMetrics(100), cursor: 40 }) },
    { kind: 'frame', sequence: 1, frame: syntheticFrame() },
  ]);

describe('the inspector model', () => {
  it('shows the empty page until there is a run, and the run once there is a picture', () => {
    assert.equal(pageOf(blank()), 'waiting');
    assert.equal(pageOf(after([{ kind: 'state', state: syntheticState() }])), 'empty');
    const preparing = after([
      { kind: 'state', state: syntheticState({ run: syntheticRecord({ phase: 'preparing' }) }) },
    ]);
    assert.equal(pageOf(preparing), 'preparing');
    assert.equal(
      pageOf(receive(preparing, { kind: 'frame', sequence: 1, frame: syntheticFrame({ step: 0 }) }, 0)),
      'run',
    );
  });

  it('appends the points of a tick and begins anew when told to', () => {
    const tick = (reset: boolean): ToInspector => ({
      kind: 'tick',
      run: syntheticRecord(),
      progress: null,
      newMetrics: syntheticMetrics(40),
      reset,
    });
    assert.equal(receive(running(), tick(false), 0).metrics.length, 5 + 2);
    assert.equal(receive(running(), tick(true), 0).metrics.length, 2);
  });

  it('tells training that only went on from anything that changes a picture', () => {
    const before = running();
    const tick = (change: Parameters<typeof syntheticRecord>[0]): ToInspector => ({
      ...{ kind: 'tick', progress: null, newMetrics: syntheticMetrics(40), reset: false },
      run: syntheticRecord(change),
    });
    assert.equal(onlyWentOn(before, receive(before, tick({ step: 120 }), 0)), true);
    assert.equal(onlyWentOn(before, receive(before, tick({ phase: 'paused' }), 0)), false);
    assert.equal(onlyWentOn(before, { ...before, hover: 3 }), false);
    assert.equal(onlyWentOn(before, receive(before, { kind: 'cursor', cursor: 12 }, 0)), false);
  });

  it('drops the picture of one run when another is opened', () => {
    const other = syntheticState({ run: syntheticRecord({ id: 'another' }) });
    assert.equal(receive(running(), { kind: 'state', state: other }, 0).frame, null);
    const late = receive(
      receive(running(), { kind: 'state', state: other }, 0),
      { kind: 'frame', sequence: 2, frame: syntheticFrame() },
      0,
    );
    assert.equal(late.frame, null);
  });

  it('puts the focus on the last token read before the cursor', () => {
    const tokens = syntheticFrame({ words: true, columns: 6 }).header.tokens;
    assert.equal(columnAtCursor(tokens, tokens[2]?.end ?? 0), 2);
    assert.equal(
      columnAtCursor(tokens, (tokens[3]?.start ?? 0) + 1),
      2,
      'a word half behind the cursor is not read yet',
    );
    assert.equal(columnAtCursor(tokens, 0), null);
    assert.equal(columnAtCursor(tokens, 100_000), null);
    assert.equal(focusOf(running()), 39);
  });

  it('ignores late cursor reports while one it asked for is on its way', () => {
    const waiting = { ...running(), cursor: 50, awaitedCursor: { offset: 50, until: CURSOR_PATIENCE } };
    assert.equal(receive(waiting, { kind: 'cursor', cursor: 41 }, 10).cursor, 50);
    const arrived = receive(waiting, { kind: 'cursor', cursor: 50 }, 20);
    assert.equal(receive(arrived, { kind: 'cursor', cursor: 41 }, 30).cursor, 41);
    assert.equal(receive(waiting, { kind: 'cursor', cursor: 41 }, CURSOR_PATIENCE + 1).cursor, 41, 'not for ever');
  });

  it('scores by the newest validation loss, and by training loss before there is one', () => {
    assert.equal(scoreOf(after([{ kind: 'state', state: syntheticState({ run: syntheticRecord() }) }])), null);
    const early = after([
      { kind: 'state', state: syntheticState({ run: syntheticRecord(), metrics: syntheticMetrics(40) }) },
    ]);
    assert.equal(scoreOf(early)?.kind, 'training');
    assert.equal(scoreOf(running())?.nats, syntheticMetrics(100).at(-1)?.validationLoss);
  });

  it('tells losses in bits per character for characters and in perplexity for words, unless chosen otherwise', () => {
    assert.equal(lossUnitOf(running()), 'bits');
    const words = syntheticRecord({ config: { ...syntheticRecord().config, unit: 'words' } });
    const model = after([{ kind: 'state', state: syntheticState({ run: words }) }]);
    assert.equal(lossUnitOf(model), 'perplexity');
    assert.equal(lossUnitOf({ ...model, lossUnit: 'nats' }), 'nats');
  });

  it('reads the columns of an edit off the tokens', () => {
    const { tokens } = syntheticFrame().header;
    assert.deepEqual(editedColumns(tokens, { start: 52, end: 59 }), [52, 58]);
    assert.deepEqual(editedColumns(tokens, { start: 52, end: 52 }), [52, 52], 'a deletion is one place');
    assert.equal(editedColumns(tokens, { start: 5000, end: 5007 }), null);
  });

  it('orders units from the slowest to forget to the quickest', () => {
    const frame = syntheticFrame({ units: 3, columns: 2 });
    const forget = { shape: [2, 3], values: Float32Array.from([0.2, 0.9, 0.5, 0.2, 0.9, 0.5]) };
    assert.deepEqual([...unitOrder(frame.header, { 'gate.f': forget })], [1, 2, 0]);
    assert.deepEqual([...unitOrder(frame.header, { 'gate.u': forget })], [0, 2, 1], 'a large update gate forgets');
  });

  it('restores saved choices of its own version only', () => {
    const saved = { ...DEFAULT_CHOICES, topArrows: 5, lossUnit: 'nats', scroll: 300 };
    assert.deepEqual(restoreChoices(saved), saved);
    assert.deepEqual(restoreChoices({ ...saved, version: 0 }), DEFAULT_CHOICES);
    assert.deepEqual(restoreChoices({ ...saved, lossUnit: 'furlongs' }), DEFAULT_CHOICES);
    assert.deepEqual(restoreChoices(undefined), DEFAULT_CHOICES);
  });
});

describe('losses and numbers', () => {
  it('tells ln 2 nats as one bit and as a perplexity of two', () => {
    assert.ok(Math.abs(convertLoss(Math.LN2, 'bits', 1) - 1) < 1e-12);
    assert.ok(Math.abs(convertLoss(Math.LN2, 'perplexity', 1) - 2) < 1e-12);
    assert.equal(convertLoss(0.7, 'nats', 1), 0.7);
  });

  it('spreads the bits of a word over its characters', () => {
    const corpus = {
      ...syntheticState().run?.corpus,
      encoding: '',
      bytes: 0,
      tokens: 20,
      characters: 100,
      vocabulary: 9,
      trainingTokens: 0,
      validationTokens: 0,
      unigramEntropy: 0,
      hash: '',
    };
    assert.equal(tokensPerCharacter(corpus), 0.2);
    assert.ok(Math.abs(convertLoss(5 * Math.LN2, 'bits', 0.2) - 1) < 1e-12);
  });

  it('writes durations as a person says them', () => {
    const formats = new NumberFormats('en');
    assert.equal(formats.duration(0.2), '1 s');
    assert.equal(formats.duration(70), '1 min 10 s');
    assert.equal(formats.duration(119), '2 min');
    assert.equal(formats.duration(3600), '1 h');
    assert.equal(formats.duration(7500), '2 h 5 min');
  });

  it('writes a true minus, grouped digits and superscript powers', () => {
    const formats = new NumberFormats('en');
    assert.equal(formats.loss(-0.5), '−0.50');
    assert.equal(formats.integer(1_115_394), '1,115,394');
    assert.equal(formats.inWords(4.8e6), '4.8 million');
    assert.equal(powerOfTen(-8), '10⁻⁸');
    assert.equal(new NumberFormats('ko').inWords(4.8e6), '480만');
  });
});
