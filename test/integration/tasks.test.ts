// Labelled files in the editor: the task is guessed and said, trained, paused and trained on, looked at line by line, and bad lines are shown.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/protocol/run';
import { eventually } from '../eventually';
import { Dialogs } from './dialogs';
import { configure, gatescope, reaches, restoreDefaults, runNow, TINY, train } from './gatescope';
import { writeFile } from './texts';

const GOOD = ['fine', 'bright', 'warm', 'lovely'];
const BAD = ['dull', 'grey', 'cold', 'poor'];
const sentence = (k: number): [label: string, text: string] => [
  k % 2 === 0 ? 'good' : 'bad',
  `the ${(k % 2 === 0 ? GOOD : BAD)[(k >> 1) % 4]} film of day ${k % 7}`,
];
const labelled = `${Array.from({ length: 80 }, (_, k) => sentence(k).join('\t')).join('\n')}\n`;
const SMALL = { ...TINY, epochs: 12, learningRate: 0.05 };

describe('a labelled file', () => {
  let dialogs: Dialogs;
  let file: vscode.Uri;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(SMALL);
    file = writeFile('tasks/films.tsv', labelled);
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
    await restoreDefaults(SMALL);
    await configure(TINY);
  });

  const said = (): string[] => dialogs.messages.map(({ text }) => text);

  it('is trained on as what it is, which is said, with scores in the end', async () => {
    const { id } = await train(file);
    const { config, dataset, scores } = await reaches(id, 'finished');
    assert.deepEqual([config.task, config.unit, config.bidirectional], ['classification', 'words', true]);
    assert.equal(config.hiddenUnits, SMALL.hiddenUnits, 'what a person chose stays');
    assert.deepEqual([...(dataset?.labels ?? [])].sort(), ['bad', 'good']);
    assert.ok(scores && scores.accuracy > scores.majority.accuracy, JSON.stringify(scores));
    assert.ok(said().includes('“films.tsv” holds labelled texts: a network is trained that tells the labels apart.'));
    assert.equal((await gatescope()).staleness(id), null);
  });

  it('is looked at line by line, and so is any other sentence', async () => {
    const api = await gatescope();
    const looked = (line: string) =>
      eventually(`a picture of ${line}`, () => {
        const frame = api.lastFrame();
        return frame?.header.tokens.map(({ text }) => text).join(' ') === line && frame;
      });
    const editor = await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
    editor.selection = new vscode.Selection(1, 9, 1, 9);
    const { header } = await looked(sentence(1)[1]);
    assert.deepEqual([header.prediction?.task, header.prediction?.gold?.text], ['classification', 'bad']);
    assert.equal(header.predictions.flat().length, 0);
    const other = await vscode.workspace.openTextDocument({ content: 'A Warm evening' });
    const typed = await vscode.window.showTextDocument(other, vscode.ViewColumn.One);
    typed.selection = new vscode.Selection(0, 6, 0, 6);
    assert.equal((await looked('a warm evening')).header.prediction?.gold, null);
    const { run } = api.shown();
    assert.equal(run && api.staleness(run.id), null);
  });

  it('is paused and trained on to its end', async () => {
    await configure({ epochs: 400, learningRate: 1e-5 });
    const { id } = await train(file);
    await eventually('some steps', async () => (await runNow(id)).step > 2);
    await vscode.commands.executeCommand('gatescope.pause');
    const paused = await reaches(id, 'paused');
    await vscode.commands.executeCommand('gatescope.resume');
    await eventually('more steps', async () => (await runNow(id)).step > paused.step);
    await vscode.commands.executeCommand('gatescope.stop');
    const stopped = await reaches(id, 'stopped');
    assert.ok(stopped.scores, 'a stopped run has scores, too');
    await configure(SMALL);
  });

  it('becomes a language model with one click', async () => {
    const api = await gatescope();
    const before = new Set(api.runs().map(({ id }) => id));
    dialogs.press = /^Train a Language Model Instead$/;
    await vscode.commands.executeCommand('gatescope.trainRecurrentModel', file);
    const language = await eventually('a language model', () =>
      api.runs().find(({ id, config }) => !before.has(id) && config.task === 'language'),
    );
    assert.equal(language.config.unit, 'characters');
    await reaches(language.id, 'finished', 'stopped');
    dialogs.clear();
  });

  it('with a broken line is refused by name and line, and leads there', async () => {
    const wrong = 59;
    const rows = labelled.split('\n').map((row, k) => (k === wrong ? row.replace(' film', '\tfilm') : row));
    const broken = writeFile('tasks/broken.tsv', rows.join('\n'));
    dialogs.clear();
    dialogs.press = /^Go to Line/;
    await vscode.commands.executeCommand('gatescope.trainRecurrentModel', broken);
    const message = await eventually('the refusal', () => said().find((text) => text.includes('line 60')));
    assert.equal(message, `“broken.tsv”, line ${wrong + 1}: 3 columns instead of 2. Mend the line and try again.`);
    await eventually('the line', () => vscode.window.activeTextEditor?.selection.active.line === wrong);
    dialogs.clear();
  });

  it('may be a folder with a folder per label, or a file per label', async () => {
    const folder = path.dirname(writeFile('tasks/by-label/bad/0.txt', sentence(1)[1]).fsPath);
    for (let k = 0; k < 40; k++) writeFile(`tasks/by-label/${sentence(k)[0]}/${k}.txt`, sentence(k)[1]);
    const { id } = await train(vscode.Uri.file(path.dirname(folder)));
    const finished: RunRecord = await reaches(id, 'finished');
    assert.deepEqual([...(finished.dataset?.labels ?? [])].sort(), ['bad', 'good']);
    const lines = (label: string) =>
      writeFile(
        `tasks/${label}.txt`,
        Array.from({ length: 60 }, (_, k) => sentence(k))
          .filter(([own]) => own === label)
          .map(([, text]) => text)
          .join('\n'),
      );
    const files = [lines('good'), lines('bad')];
    const api = await gatescope();
    dialogs.press = /^One Class per File Instead$/;
    await vscode.commands.executeCommand('gatescope.trainRecurrentModel', files[0], files);
    const classes = await eventually('a classifier of two files', () =>
      api.runs().find(({ dataset }) => dataset?.source.files.length === 2),
    );
    assert.deepEqual([...(classes.dataset?.labels ?? [])].sort(), ['bad', 'good']);
    await reaches(classes.id, 'finished');
    assert.ok(fs.existsSync(files[1].fsPath));
    dialogs.clear();
  });
});
