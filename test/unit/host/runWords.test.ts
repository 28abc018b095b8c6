// Names, scores and times of runs as a person reads them in lists and in the status bar.
import assert from 'node:assert/strict';
import { bitsPerCharacter, configLabel, runDetail, sourceLabel, summarize } from '../../../src/host/runs/runLabel';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import { isRunId, newRunId } from '../../../src/host/runs/runId';
import { formatDuration, statusText, statusTooltip } from '../../../src/host/statusText';
import { NumberFormats } from '../../../webview/numberFormats';
import { recordOf } from './fakeTrainer';
import { say } from './say';

const corpus = {
  ...{ encoding: 'utf-8', bytes: 600, tokens: 100, characters: 500, vocabulary: 50 },
  ...{ trainingTokens: 90, validationTokens: 10, unigramEntropy: 3, hash: 'aa' },
};

describe('the name of a run', () => {
  it('says cell, size, unit and text', () => {
    assert.equal(summarize(recordOf(), say, 'en').label, 'LSTM 128 · characters · novel.txt');
  });

  it('says layers, directions, connections and the task where they are not the usual ones', () => {
    const label = (change: Partial<RunConfig>) => configLabel({ ...DEFAULT_CONFIG, ...change }, say);
    assert.equal(label({ layers: 8, connections: 'residual' }), 'LSTM 128 × 8 residual · characters');
    assert.equal(label({ bidirectional: true, task: 'cloze', unit: 'words' }), 'BiLSTM 128 · words · cloze');
    assert.equal(label({ cell: 'vanilla', reservoir: true }), 'Vanilla 128 echo state · characters');
  });

  it('says which part of the text was read', () => {
    const { source } = recordOf();
    assert.equal(
      sourceLabel({ ...source, part: { kind: 'selection', start: 0, end: 9 } }, say),
      'novel.txt (selection)',
    );
    assert.equal(sourceLabel({ ...source, part: { kind: 'head', bytes: 5 * 2 ** 20 } }, say), 'novel.txt (first 5 MB)');
  });

  it('tells runs of the same name apart', () => {
    const detail = runDetail(recordOf({ step: 1240, plannedSteps: 4000 }), say, 'en');
    assert.match(detail, /^step 1,240 of 4,000 · training · seed 1 · /);
  });
});

describe('bits per character', () => {
  it('spreads the loss of word tokens over their characters', () => {
    const record = recordOf({ corpus, bestValidationLoss: 5 * Math.LN2 });
    assert.ok(Math.abs((bitsPerCharacter(record) ?? 0) - 1) < 1e-12);
  });

  it('are not known before the first measurement', () => {
    assert.equal(bitsPerCharacter(recordOf()), null);
  });
});

describe('the status bar', () => {
  const progress = { activity: null, fraction: null, tokensPerSecond: 1, secondsLeft: 83 };

  it('says how far a training is and how long it takes still', () => {
    const text = statusText(recordOf({ step: 125, plannedSteps: 400 }), progress, say);
    assert.equal(text, '$(pulse) LSTM 128 · 31 % · 1 min 25 s left');
  });

  it('says the phase of a run that does not train', () => {
    assert.equal(statusText(recordOf({ phase: 'paused' }), null, say), '$(debug-pause) LSTM 128 · paused');
  });

  it('counts the other trainings and lists all of them in its hover', () => {
    const one = recordOf({ step: 125, plannedSteps: 400 });
    const other = recordOf({ step: 1250, plannedSteps: 4000, source: { ...one.source, name: 'other.txt' } });
    assert.equal(statusText(one, null, say, 1), '$(pulse) LSTM 128 · 31 % +1');
    assert.equal(statusTooltip([one], say, 'en'), 'novel.txt · step 125 of 400\nClick to open the inspector');
    assert.deepEqual(statusTooltip([one, other], say, 'en').split('\n'), [
      'LSTM 128 · novel.txt · step 125 of 400',
      'LSTM 128 · other.txt · step 1,250 of 4,000',
      'Click to open the inspector',
    ]);
  });

  it('says the same time as the inspector', () => {
    const inspector = new NumberFormats('en');
    for (let seconds = 0; seconds < 500_000; seconds = seconds * 1.1 + 0.7)
      assert.equal(formatDuration(seconds, say), inspector.duration(seconds));
  });

  it('writes times as people say them', () => {
    const said = [0.2, 45, 90, 448, 659, 3600, 7800].map((seconds) => formatDuration(seconds, say));
    assert.deepEqual(said, ['1 s', '45 s', '1 min 30 s', '7 min 30 s', '11 min', '1 h', '2 h 10 min']);
  });
});

describe('the identifier of a run', () => {
  it('sorts by time and may be a folder', () => {
    const id = newRunId(new Date(2025, 0, 31, 14, 25, 1), 'lstm', () => 0.25);
    assert.equal(id, '20250131-142501-lstm-4000');
    assert.ok(isRunId(id));
  });

  it('is never a path that leads elsewhere', () => {
    for (const name of ['..', '.', '', '../x', 'a/b', 'a\\b', '.git']) assert.equal(isRunId(name), false, name);
  });
});
