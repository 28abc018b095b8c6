// A trainer that dies takes nothing with it: the host lives, the run says why, its checkpoint can be opened again.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, ENDLESS, frameOf, gatescope, reaches, restoreDefaults, runNow, train } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

describe('a trainer that crashes', () => {
  let dialogs: Dialogs;
  let id: string;
  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(ENDLESS);
    const uri = writeFile('crash/small.txt', smallText(200));
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    ({ id } = await train(uri));
    await eventually('some steps', async () => (await runNow(id)).step > 5);
    for (const pid of trainerProcesses()) process.kill(pid, 'SIGKILL');
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(ENDLESS);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  it('marks the run failed, with the reason', async () => {
    const { failure } = await reaches(id, 'failed');
    assert.equal(failure?.code, 'trainerCrashed');
  });

  it('leaves the extension host at work', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('gatescope.showLog'));
    const { id: second } = await train(writeFile('crash/second.txt', smallText()));
    await reaches(second, 'training', 'finished');
    await frameOf(second);
    await vscode.commands.executeCommand('gatescope.stop');
  });

  it('leaves no process', async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await eventually('no trainer left', () => trainerProcesses().length === 0);
  });
});
