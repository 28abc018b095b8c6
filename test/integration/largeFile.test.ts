// A file of 200 MB: measured first, trained in part or whole as the person says, and the editor waits for none of it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { configure, ENDLESS, frameOf, gatescope, reaches, TINY, restoreDefaults } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { Stalls } from './stalls';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const MEGABYTE = 1024 * 1024;
const MEGABYTES = 200;

function writeLargeFile(): vscode.Uri {
  const uri = writeFile('large/large.txt', '');
  const piece = Buffer.from(smallText(26_000).slice(0, 4 * MEGABYTE));
  assert.equal(piece.length, 4 * MEGABYTE);
  const file = fs.openSync(uri.fsPath, 'w');
  for (let written = 0; written < MEGABYTES; written += 4) fs.writeSync(file, piece);
  fs.closeSync(file);
  return uri;
}

describe(`a file of ${MEGABYTES} MB`, () => {
  let dialogs: Dialogs;
  let stalls: Stalls;
  let uri: vscode.Uri;

  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
    uri = writeLargeFile();
    stalls = new Stalls();
  });
  beforeEach(() => dialogs.clear());
  after(async () => {
    stalls.stop();
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(ENDLESS);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    fs.rmSync(uri.fsPath);
    dialogs.restore();
  });

  /** Asks to train, answers the question with the button that matches, and returns the new run's id. */
  async function trainAnswering(button: RegExp): Promise<string> {
    dialogs.press = button;
    const { runs } = await gatescope();
    const before = new Set(runs().map(({ id }) => id));
    await vscode.commands.executeCommand('gatescope.trainRecurrentModel', uri);
    const { id } = await eventually('a new run', () => runs().find((run) => !before.has(run.id)));
    return id;
  }

  it('is asked about with what training would cost, and leaves nothing behind when it is cancelled', async () => {
    await vscode.commands.executeCommand('gatescope.trainRecurrentModel', uri);
    const [question, ...more] = dialogs.messages;
    assert.deepEqual(more, []);
    assert.equal(question.text, `“large.txt” has ${MEGABYTES} MB.`);
    assert.match(question.detail, /^Training on all of it with 1 epochs? takes about \d+ (s|min|h|days)\b/);
    assert.match(question.detail, /on the first 5 MB about \d+ (s|min)\b/);
    assert.deepEqual(question.buttons, ['Train on the First 5 MB', 'Train on All of It']);
    const { runs, storageFolder } = await gatescope();
    assert.deepEqual(runs(), []);
    const folder = `${storageFolder}/runs`;
    assert.deepEqual(fs.existsSync(folder) ? fs.readdirSync(folder) : [], []);
    await eventually('no trainer left', () => trainerProcesses().length === 0);
  });

  it('is trained on its first 5 MB when the person says so', async () => {
    await configure(ENDLESS);
    const id = await trainAnswering(/First 5 MB/);
    const { source, corpus } = await reaches(id, 'training');
    assert.deepEqual(source.part, { kind: 'head', bytes: 5 * MEGABYTE });
    assert.equal(corpus?.bytes, 5 * MEGABYTE);
    assert.equal((await frameOf(id)).header.origin, 'sample');
    await vscode.commands.executeCommand('gatescope.stop');
    await reaches(id, 'stopped');
  });

  it('can be stopped while all of it is read', async () => {
    const id = await trainAnswering(/All of It/);
    const { source } = await reaches(id, 'preparing');
    assert.deepEqual(source.part, { kind: 'whole' });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await vscode.commands.executeCommand('gatescope.stop');
    await reaches(id, 'stopped');
  });

  it('keeps the extension host from its work for less than 200 ms at a time', () => {
    const [delay, work] = [stalls.longestDelay, stalls.longestWork].map((milliseconds) => milliseconds.toFixed(0));
    console.log(`      longest event-loop delay ${delay} ms, of which ${work} ms at work`);
    assert.ok(stalls.longestWork < 200, `${work} ms`);
  });
});
