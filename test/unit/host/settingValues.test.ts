// Settings a person wrote by hand: what does not fit falls back to its default and is named.
import assert from 'node:assert/strict';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import { configFields } from '../../../src/host/commands/configFields';
import { isWholeNumber, parseNumber, readRunConfig, valueProblem } from '../../../src/host/settingValues';
import { say } from './say';

describe('the settings of a run', () => {
  it('are the defaults where nothing is set', () => {
    assert.deepEqual(
      readRunConfig(() => undefined, say),
      { config: DEFAULT_CONFIG, problems: [] },
    );
  });

  it('take every value within its limits', () => {
    const values: Record<string, unknown> = {
      'training.cell': 'gru',
      'training.hiddenUnits': 1024,
      'training.clipNorm': 0,
    };
    const { config, problems } = readRunConfig((name) => values[name], say);
    assert.deepEqual([config.cell, config.hiddenUnits, config.clipNorm, problems.length], ['gru', 1024, 0, 0]);
  });

  it('fall back one by one and say which, with the limits', () => {
    const values: Record<string, unknown> = {
      'training.cell': 'rnn',
      'training.hiddenUnits': 5000,
      'training.seed': 7,
    };
    const { config, problems } = readRunConfig((name) => values[name], say);
    assert.deepEqual([config.cell, config.hiddenUnits, config.seed], ['lstm', 128, 7]);
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ['gatescope.training.cell', 'gatescope.training.hiddenUnits'],
    );
    assert.match(problems[1].message, /whole number from 1 to 1024/);
  });
});

describe('a typed option', () => {
  it('may be written the ways people write numbers', () => {
    assert.deepEqual(['0.002', ' 2e-3 ', '0,002', '-1', '1000'].map(parseNumber), [0.002, 0.002, 0.002, -1, 1000]);
    for (const text of ['', 'abc', '1.2.3', '--1']) assert.ok(Number.isNaN(parseNumber(text)), text);
  });

  it('is refused with its limits when it is out of range, no number, or not whole', () => {
    assert.equal(valueProblem('hiddenUnits', 64, say), null);
    for (const value of [0, 1025, 12.5, Number.NaN])
      assert.match(valueProblem('hiddenUnits', value, say) ?? '', /1 to 1024/);
    assert.match(valueProblem('learningRate', 11, say) ?? '', /number from 0\.000001 to 10/);
  });

  it('knows which options are whole numbers', () => {
    assert.ok(isWholeNumber('seed') && isWholeNumber('epochs') && isWholeNumber('sequenceLength'));
    assert.ok(!isWholeNumber('learningRate') && !isWholeNumber('clipNorm') && !isWholeNumber('forgetBias'));
  });
});

describe('the list of options', () => {
  const keys = (change: Partial<RunConfig>) =>
    configFields({ ...DEFAULT_CONFIG, ...change }, say).map(({ key }) => key);

  it('shows only what has a meaning for the cell', () => {
    assert.ok(keys({ cell: 'lstm' }).includes('forgetBias'));
    assert.ok(!keys({ cell: 'gru' }).includes('forgetBias') && keys({ cell: 'gru' }).includes('resetGate'));
    assert.ok(keys({ cell: 'vanilla' }).includes('activation') && !keys({ cell: 'lstm' }).includes('activation'));
    assert.ok(keys({ recurrentInitialisation: 'normal' }).includes('normalScale'));
    assert.ok(!keys({ forgetGate: 'chrono' }).includes('forgetBias'));
  });

  it('shows what lies between layers only where there are several', () => {
    for (const key of ['connections', 'dropout'] as const) {
      assert.ok(!keys({}).includes(key) && keys({ layers: 2 }).includes(key));
    }
    assert.ok(!keys({ layers: 2 }).includes('highwayBias'));
    assert.ok(!keys({}).includes('directionsJoined') && keys({ bidirectional: true }).includes('directionsJoined'));
  });

  it('reaches every option of a run in some configuration', () => {
    const reached = new Set([
      ...keys({ cell: 'vanilla', recurrentInitialisation: 'identity' }),
      ...keys({ cell: 'lstm', layers: 2, connections: 'highway', bidirectional: true, task: 'classification' }),
      ...keys({ cell: 'gru' }),
    ]);
    assert.deepEqual([...reached].sort(), Object.keys(DEFAULT_CONFIG).sort());
  });
});
