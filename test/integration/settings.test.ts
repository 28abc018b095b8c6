// Settings that nobody can train with: told by name with what would fit, and the training goes on without them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, gatescope, reaches, TINY, train, restoreDefaults } from './gatescope';
import { Dialogs } from './dialogs';
import { DEFAULT_CONFIG } from '../../src/protocol/runConfig';
import { smallText, writeFile } from './texts';

const UNFIT = {
  hiddenUnits: 1_000_000,
  sequenceLength: 2.5,
  learningRate: -1,
  clipNorm: null,
  cell: 'transformer',
  epochs: 'many',
};
/** Not of a run but of how it is trained, stored and continued. */
const UNFIT_ELSEWHERE = {
  'trainer.memoryMegabytes': 1,
  'trainer.threads': 1000,
  'trainer.priority': 'highest',
  'storage.maxRuns': -3,
  'storage.snapshotMegabytes': 'all',
  'continue.tokens': 1e9,
  'continue.temperature': 'hot',
};

describe('settings out of range', () => {
  let dialogs: Dialogs;
  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure({ ...TINY, ...UNFIT, ...UNFIT_ELSEWHERE });
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults({ ...TINY, ...UNFIT, ...UNFIT_ELSEWHERE });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  it('are named with their limits, and training begins with the defaults in their place', async () => {
    const { id } = await train(writeFile('settings/small.txt', smallText()));
    const [told] = dialogs.messages;
    assert.equal(told.kind, 'showWarningMessage');
    for (const key of ['hiddenUnits', 'sequenceLength', 'learningRate', 'cell', 'epochs'])
      assert.ok(told.text.includes(`gatescope.training.${key} = `), `${key} in: ${told.text}`);
    assert.match(told.text, /hiddenUnits = 1000000\. Enter a whole number from \d+ to \d+\./);
    const { config } = await reaches(id, 'training', 'finished');
    const { embeddingSize, batchSize } = TINY;
    assert.deepEqual(config, { ...DEFAULT_CONFIG, embeddingSize, batchSize });
  });

  it('do not keep the model from continuing a text', async () => {
    await vscode.commands.executeCommand('gatescope.stop');
    dialogs.clear();
    await vscode.commands.executeCommand('gatescope.continueText', 1);
    assert.deepEqual(dialogs.messages, []);
  });
});
