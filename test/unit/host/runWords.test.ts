// Names, scores and times of runs as a person reads them in lists and in the status bar.
import assert from 'node:assert/strict';
import { bitsPerCharacter, runDetail, sourceLabel, summarize } from '../../../src/host/runs/runLabel';
import { isRunId, newRunId } from '../../../src/host/runs/runId';
import { formatDuration, statusText } from '../../../src/host/statusText';
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
    assert.equal(text, '$(pulse) LSTM 128 · 31 % · 1 min left');
  });

  it('says the phase of a run that does not train', () => {
    assert.equal(statusText(recordOf({ phase: 'paused' }), null, say), '$(debug-pause) LSTM 128 · paused');
  });

  it('writes times as people say them', () => {
    const said = [0.2, 45, 90, 3600, 7800, 400_000].map((seconds) => formatDuration(seconds, say));
    assert.deepEqual(said, ['1 s', '45 s', '2 min', '1 h', '2 h 10 min', '5 days']);
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
