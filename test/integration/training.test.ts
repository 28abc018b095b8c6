// A run's life: trained, watched, paused, resumed, stopped, opened again, deleted.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  configure,
  ENDLESS,
  frameOf,
  gatesAreFinite,
  gatescope,
  reaches,
  restoreDefaults,
  runNow,
  TINY,
  train,
} from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`gatescope.${command}`, ...args);

async function deleteAllRuns(dialogs: Dialogs): Promise<void> {
  dialogs.press = /Delete/;
  await run('deleteAllRuns');
  dialogs.clear();
}

describe('a training', () => {
  let dialogs: Dialogs;
  let text: vscode.Uri;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    text = writeFile('training/small.txt', smallText());
    await configure(TINY);
    const document = await vscode.workspace.openTextDocument(text);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(0, 30, 0, 30);
  });
  after(async () => {
    await deleteAllRuns(dialogs);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  it('goes from a file to a finished run', async () => {
    const { id } = await train(text);
    const finished = await reaches(id, 'finished');
    assert.equal(finished.source.name, 'small.txt');
    assert.equal(finished.config.cell, 'lstm');
    assert.ok(finished.step > 0 && finished.step <= finished.plannedSteps);
    assert.equal(finished.corpus?.characters, smallText().length);
    assert.ok((finished.bestValidationLoss ?? Infinity) < (finished.corpus?.unigramEntropy ?? 0) * 1.5);
    assert.deepEqual(
      dialogs.messages.filter(({ kind }) => kind === 'showErrorMessage'),
      [],
    );
  });

  it('shows the text at the cursor through the live model', async () => {
    const { id } = await train(text);
    await reaches(id, 'finished');
    const frame = await frameOf(id);
    const [editor] = vscode.window.visibleTextEditors;
    const { tokens, focus, gates, predictions } = frame.header;
    const source = editor.document.getText();
    for (const token of tokens) assert.equal(token.text, source.slice(token.start, token.end));
    assert.equal(tokens[focus].end, 30);
    assert.deepEqual(
      gates.map((gate) => gate.key),
      ['f', 'i', 'o', 'g', 'c', 'h'],
    );
    assert.ok(gatesAreFinite(frame));
    assert.equal(predictions.length, tokens.length);
    for (const step of predictions) assert.ok(step.every(({ probability }) => probability > 0 && probability <= 1));
  });

  it('can be paused, resumed and stopped', async () => {
    await configure(ENDLESS);
    const { id } = await train(text);
    await reaches(id, 'training');
    await run('pause');
    const paused = await reaches(id, 'paused');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal((await runNow(id)).step, paused.step, 'a paused run makes no step');
    await run('resume');
    await eventually('more steps', async () => (await runNow(id)).step > paused.step);
    await run('stop');
    await reaches(id, 'stopped');
    await restoreDefaults(ENDLESS);
    await configure(TINY);
  });

  it('leaves a run on disk that its folder describes', async () => {
    const { id } = await train(text);
    await reaches(id, 'finished');
    const { storageFolder } = await gatescope();
    const folder = path.join(storageFolder, 'runs', id);
    const names = fs.readdirSync(folder);
    for (const name of ['checkpoint.safetensors', 'metrics.jsonl', 'run.json', 'vocabulary.json'])
      assert.ok(names.includes(name), `${name} is missing among ${names.join(', ')}`);
    assert.deepEqual(
      names.filter((name) => /\.(new|tmp|host)$/.test(name)),
      [],
    );
    const record = JSON.parse(fs.readFileSync(path.join(folder, 'run.json'), 'utf8')) as { phase: string };
    assert.equal(record.phase, 'finished');
  });

  it('trains the same run, bit for bit, from the same seed', async () => {
    const { storageFolder } = await gatescope();
    const weights: Buffer[] = [];
    for (let repeat = 0; repeat < 2; repeat++) {
      const { id } = await train(text);
      await reaches(id, 'finished');
      weights.push(fs.readFileSync(path.join(storageFolder, 'runs', id, 'checkpoint.safetensors')));
    }
    assert.ok(weights[0].equals(weights[1]));
  });

  it('takes a selection alone', async () => {
    const [editor] = vscode.window.visibleTextEditors;
    editor.selection = new vscode.Selection(0, 0, 40, 0);
    const { id } = await train(text, 'gatescope.trainSelection');
    const { source, corpus } = await reaches(id, 'finished');
    assert.equal(source.part.kind, 'selection');
    assert.equal(corpus?.characters, editor.document.offsetAt(new vscode.Position(40, 0)));
  });

  it('is gone when its run is deleted', async () => {
    await deleteAllRuns(dialogs);
    const api = await gatescope();
    assert.deepEqual(api.runs(), []);
    assert.deepEqual(fs.readdirSync(path.join(api.storageFolder, 'runs')), []);
    await eventually('no trainer left', () => trainerProcesses().length === 0);
  });
});
