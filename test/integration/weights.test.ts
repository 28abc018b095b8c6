// Weights leave for PyTorch as a file and come back as a run that can be looked into.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, frameOf, gatesAreFinite, gatescope, reaches, restoreDefaults, TINY, train } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`gatescope.${command}`, ...args);

describe('weights for PyTorch', () => {
  let dialogs: Dialogs;
  let text: vscode.Uri;
  const { showSaveDialog } = vscode.window;
  const answerSave = (answer: typeof showSaveDialog): unknown =>
    Object.assign(vscode.window, { showSaveDialog: answer });

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
    text = writeFile('weights/text.txt', smallText());
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
  });
  after(async () => {
    answerSave(showSaveDialog);
    dialogs.press = /Delete/;
    await run('deleteAllRuns');
    await restoreDefaults(TINY);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });
  beforeEach(() => dialogs.clear());

  it('are saved, read by the lines of Python offered, and shown again as a run of their own', async () => {
    const api = await gatescope();
    const { id } = await train(text);
    const trained = await reaches(id, 'finished');
    const target = vscode.Uri.joinPath(text, '..', 'net.safetensors');
    let proposed = '';
    answerSave((options) => {
      proposed = options?.defaultUri?.path ?? '';
      return Promise.resolve(target);
    });
    dialogs.press = /Copy Python/;
    await run('exportWeights');
    assert.match(proposed, new RegExp(`/text-lstm-8-step-${trained.step}\\.safetensors$`));
    assert.match(dialogs.last, new RegExp(`^The weights of step ${trained.step} are in net\\.safetensors`));
    assert.match(
      await vscode.env.clipboard.readText(),
      /load_file\(".*net\.safetensors"\)[\s\S]*torch\.nn\.LSTM\(E, H\)/,
    );

    await run('importWeights', target, text);
    const imported = await eventually('the imported run', () => api.runs().find((one) => one.imported));
    const record = await reaches(imported.id, 'finished', 'failed');
    assert.equal(record.failure, null);
    assert.deepEqual(record.imported, { name: 'net.safetensors', configured: true });
    assert.deepEqual([record.config, record.step], [trained.config, trained.step]);
    assert.equal(api.shown().run?.id, record.id);
    assert.ok(gatesAreFinite(await frameOf(record.id)));
  });

  it('that hold no such network are refused, and the run shown stays', async () => {
    const api = await gatescope();
    const shown = api.shown().run?.id;
    await run('importWeights', writeFile('weights/none.safetensors', 'no tensors in here'), text);
    await eventually('the refusal', () => /“none\.safetensors” does not hold the weights/.test(dialogs.last));
    assert.equal(api.shown().run?.id, shown);
  });
});
