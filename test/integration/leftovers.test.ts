// What an inspector opens it closes again: no listener, no watcher and no process stays behind.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, ENDLESS, frameOf, gatescope, reaches, train, restoreDefaults } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { EditorListeners } from './editorListeners';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const CYCLES = 5;

function inspectorTab(): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(
    ({ input }) => input instanceof vscode.TabInputWebview && /gatescope\.inspector/.test(input.viewType),
  );
}

async function closeInspector(): Promise<void> {
  await vscode.window.tabGroups.close(await eventually('the inspector', inspectorTab));
  await eventually('no inspector', () => !inspectorTab());
}

describe('an inspector that is closed', () => {
  let dialogs: Dialogs;
  let editor: EditorListeners;
  let id: string;

  before(async () => {
    dialogs = new Dialogs();
    editor = new EditorListeners();
    await gatescope();
    await configure(ENDLESS);
    const uri = writeFile('leftovers/small.txt', smallText(200));
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    ({ id } = await train(uri));
    await frameOf(id);
    await closeInspector();
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(ENDLESS);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    editor.restore();
    dialogs.restore();
  });

  it(`leaves no listener behind, ${CYCLES} times over, while its run trains on`, async () => {
    const api = await gatescope();
    const count = (): [number, number] => [api.listeners(), editor.count];
    const closed = count();
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      await vscode.commands.executeCommand('gatescope.openInspector');
      // Half of the times before its page is there, half of them while it draws.
      if (cycle % 2 === 0) await frameOf(id);
      const open = count();
      assert.ok(
        open[0] > closed[0] && open[1] > closed[1],
        `counts what is open: ${open.join()} after ${closed.join()}`,
      );
      await closeInspector();
      assert.deepEqual(count(), closed, `cycle ${cycle}`);
    }
    await reaches(id, 'training');
  });

  it('leaves no process behind once its run is stopped', async () => {
    await vscode.commands.executeCommand('gatescope.stop');
    await reaches(id, 'stopped');
    await eventually('no trainer left', () => trainerProcesses().length === 0);
    assert.deepEqual(dialogs.messages, []);
  });
});
