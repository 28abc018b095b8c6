// What happens to a run when its file goes away or changes while it is trained on: it goes on, and says so.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { configure, ENDLESS, gatescope, runNow, train, restoreDefaults } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';

describe('a file that is trained on', () => {
  let dialogs: Dialogs;
  let uri: vscode.Uri;
  let id: string;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(ENDLESS);
    uri = writeFile('changes/small.txt', smallText(200));
    ({ id } = await train(uri));
    await eventually('some steps', async () => (await runNow(id)).step > 5);
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(ENDLESS);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  async function becomes(reason: string | undefined): Promise<void> {
    const { staleness } = await gatescope();
    await eventually(`staleness ${reason}`, () => staleness(id)?.reason === reason);
  }

  async function trainsOn(): Promise<void> {
    const { step } = await runNow(id);
    await eventually('more steps', async () => (await runNow(id)).step > step + 5);
    assert.equal((await runNow(id)).phase, 'training');
  }

  it('can be deleted: training goes on and the run is marked', async () => {
    assert.equal((await gatescope()).staleness(id), null);
    fs.rmSync(uri.fsPath);
    await becomes('deleted');
    await trainsOn();
  });

  it('can be put back: the mark goes', async () => {
    fs.writeFileSync(uri.fsPath, smallText(200));
    await becomes(undefined);
    await trainsOn();
  });

  it('can be edited and brought back by Undo: the mark goes', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 3), 'typed'));
    await becomes('edited');
    await vscode.commands.executeCommand('undo');
    await becomes(undefined);
    await trainsOn();
  });

  it('can be changed by another program while no editor shows it: the run is marked', async () => {
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    fs.writeFileSync(uri.fsPath, smallText(201));
    await becomes('edited');
    await trainsOn();
  });
});
