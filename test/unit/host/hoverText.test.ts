// What the hover over a token says, and that no text can be taken for more than text.
import assert from 'node:assert/strict';
import { codeOf, decimal, percent, scientific, shadingLine, weightsLine } from '../../../src/host/editor/aidWords';
import { hoverText } from '../../../src/host/editor/hoverText';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import type { RunRecord } from '../../../src/protocol/run';
import { encodeFrame, type FrameHeader, type GateInfo } from '../../../src/protocol/traceFrame';
import { say } from './say';

const record = { config: DEFAULT_CONFIG } as RunRecord;
const gate = (key: GateInfo['key'], symbol: string): GateInfo => ({
  ...{ key, symbol, name: key, equation: '', range: 'unit' },
});
const header = {
  ...{ version: 1, runId: 'run', step: 1240, cell: 'lstm', hiddenUnits: 2, gates: [gate('f', 'f'), gate('h', 'h')] },
  tokens: [
    { text: 't', start: 4, end: 5, known: true },
    { text: 'e', start: 5, end: 6, known: true },
  ],
  ...{ focus: 1, next: null, warmUp: 4, startsText: true, origin: 'document', documentVersion: 1, milliseconds: 1 },
  predictions: [
    [
      { text: 'h', probability: 0.61 },
      { text: 'e', probability: 0.0012 },
    ],
    [],
  ],
} as FrameHeader;
const row = (...values: number[]) => ({ shape: [2, 2], values: Float32Array.from(values) });
const arrays = {
  'gate.f': row(0, 0, 0.25, 0.75),
  'gate.h': row(0, 0, -0.5, 0.25),
  surprisal: { shape: [2], values: Float32Array.of(1, 9.7) },
};
const hover = (change: Partial<FrameHeader> = {}, more: typeof arrays | object = {}): string =>
  hoverText(
    encodeFrame({ ...header, ...change }, { ...arrays, ...more }),
    record,
    { influence: null, focusUnit: null },
    say,
    'en',
  );

describe('the hover over a token', () => {
  it('says its surprisal, what was expected, the means of the gates, and whose weights these are', () => {
    assert.deepEqual(hover().split('\n\n'), [
      '**`e`** · 9.7 bits of surprisal',
      'Expected here: `h` 61 % · `e` 0.1 % ✓',
      'Gates, mean of 2 units: `f` 0.50 · `h` −0.13',
      '*LSTM 128 · characters, step 1,240*',
    ]);
  });

  it('has a line of gates for every layer and direction', () => {
    const text = hover(
      {},
      { 'gate.f_l1': row(0, 0, 1, 1), 'gate.h_l1': row(0, 0, 1, 0), 'gate.h_l1_reverse': row(0, 0, 0, 0) },
    );
    assert.match(text, /Layer 1, mean of 2 units: `f` 0\.50/);
    assert.match(text, /Layer 2, mean of 2 units: `f` 1\.00 · `h` 0\.50/);
    assert.match(text, /Layer 2 backward, mean of 2 units: `h` 0\.00/);
  });

  it('says the gates of the unit that the inspector singles out, below the means of its layer', () => {
    const focusUnit = { unit: 1, suffix: '' };
    const text = hoverText(encodeFrame(header, arrays), record, { influence: null, focusUnit }, say, 'en');
    assert.match(text, /Gates, mean of .*\n\nUnit 1, as in the inspector: `f` 0\.75 · `h` 0\.25\n\n/);
  });

  it('leaves out what is not known of the first token, and says where a token is unknown or the weights are a snapshot’s', () => {
    const first = hover(
      { focus: 0, snapshot: true, tokens: [{ text: 'ж', start: 0, end: 1, known: false }] },
      {
        surprisal: { shape: [2], values: Float32Array.of(NaN, NaN) },
      },
    );
    assert.match(first, /^\*\*`ж`\*\* · read as the unknown token\n\nGates/);
    assert.match(first, /snapshot of step 1,240\*$/);
  });

  it('says what the shading under it says', () => {
    const frame = encodeFrame(header, arrays);
    const text = hoverText(frame, record, { influence: { norm: 0.00031, target: ' ' }, focusUnit: null }, say, 'en');
    assert.match(text, /‖∂J\/∂x‖ = 3\.1×10⁻⁴ for predicting space/);
  });
});

describe('a token in the hover', () => {
  it('stays text: back-ticks, line ends and blanks are shown, never obeyed', () => {
    assert.equal(codeOf('\n'), '`⏎`');
    assert.equal(codeOf(' '), '`␣`');
    assert.equal(codeOf('\t'), '`→`');
    assert.equal(codeOf('\ufffd'), '`‹unk›`');
    assert.equal(codeOf('`'), '`` ` ``');
    assert.equal(codeOf('a``b'), '``` a``b ```');
    assert.equal(codeOf('[x](command:y)'), '`[x](command:y)`');
  });
});

describe('numbers and lines of the editor’s aids', () => {
  it('are short and have true minus signs', () => {
    assert.deepEqual([0.339, 0.0041, 0.0001].map(percent), ['34 %', '0.4 %', '< 0.1 %']);
    assert.deepEqual([3.84, 0.42, 12.2, 1.1e-3, 0, NaN].map(scientific), ['3.84', '0.42', '12', '1.1×10⁻³', '0', '0']);
    assert.equal(scientific(9.97e-5), '1.0×10⁻⁴');
    assert.deepEqual([-0.126, -0.001].map(decimal), ['−0.13', '0.00']);
  });

  it('say what text is shaded by, on which scale and with whose weights', () => {
    assert.match(shadingLine('surprisal', null, 'characters', say), /surprisal: from 0\.8 bits, full at 7\.2/);
    assert.match(shadingLine('surprisal', null, 'words', say), /surprisal: from 1\.6 bits, full at 14\.4/);
    assert.match(shadingLine('influence', 'k', 'characters', say), /on predicting “k”: .* from 10⁻⁸ to 10/);
    assert.match(shadingLine('influence', null, 'characters', say), /nothing before the cursor/);
    assert.equal(weightsLine(record, 12, true, say, 'en'), 'LSTM 128 · characters, snapshot of step 12');
  });
});
