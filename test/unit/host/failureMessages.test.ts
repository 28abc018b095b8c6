// Every failure becomes a sentence that names what it is about and ends in a way out.
import assert from 'node:assert/strict';
import { FAILURE_CODES, GatescopeError } from '../../../src/protocol/failures';
import { failureMessage, failureOf } from '../../../src/host/failureMessages';
import { say } from './say';

const ARGS = {
  name: 'novel.txt',
  tokens: 3,
  needed: 130,
  symbol: 'a',
  offset: 17,
  encoding: 'EUC-KR',
  reason: 'EACCES',
  megabytes: 70,
  limit: 64,
  seconds: 20,
  id: 'run-1',
  file: 'checkpoint.safetensors',
  folder: '/runs',
  step: 24,
  size: 66,
  text: 'sea.txt',
  distinct: 65,
  line: 7,
  column: 'sentiment',
  found: 'label, text',
  label: 'positive',
  examples: 4,
  code: 'noRoot',
  pid: 4711,
};
const WITHOUT_FILE = new Set([
  ...['runMissing', 'runDamaged', 'storageUnwritable', 'outOfMemory', 'trainerCrashed', 'badRequest', 'notReady'],
  ...['nothingToInspect', 'notOfTasks', 'trainerSilent', 'snapshotDamaged', 'networkTooLarge'],
  ...[
    'runInUse',
    'runTrainedElsewhere',
    'torchResetGate',
    'torchActivation',
    'torchConnections',
    'bidirectionalLanguage',
    'treesDamaged',
  ],
]);

describe('a failure message', () => {
  for (const code of FAILURE_CODES)
    it(`of ${code} leaves no gap unfilled and names the file where there is one`, () => {
      const message = failureMessage({ code, args: ARGS }, say);
      assert.doesNotMatch(message, /\{\d\}|undefined|\?/);
      assert.match(message, /\.$/);
      if (!WITHOUT_FILE.has(code)) assert.match(message, /novel\.txt/);
      assert.ok(message.length > 40, 'what happened and a way out');
    });

  it('shows a code it does not know, from a newer trainer', () => {
    assert.match(failureMessage({ code: 'flooded', args: {} }, say), /flooded/);
  });
});

describe('a thrown error', () => {
  it('keeps its failure', () => {
    const failure = failureOf(new GatescopeError('emptyText', { name: 'a.txt' }));
    assert.deepEqual(failure, { code: 'emptyText', args: { name: 'a.txt' } });
  });

  it('without a code becomes a crash with its message as the reason', () => {
    assert.deepEqual(failureOf(new Error('boom')), { code: 'trainerCrashed', args: { reason: 'boom' } });
  });
});
