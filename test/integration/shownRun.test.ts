// The run shown is the person's choice: a refused training gives it back, and runs out of sight are stopped without a crash.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, ENDLESS, frameOf, gatescope, reaches, restoreDefaults, runNow, TINY, train } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`gatescope.${command}`, ...args);

describe('the run shown', () => {
  let dialogs: Dialogs;
  let text: vscode.Uri;
  let shown: string;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
    text = writeFile('shown/good.txt', smallText());
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
    shown = (await train(text)).id;
    await reaches(shown, 'finished');
    await frameOf(shown);
  });
  after(async () => {
    dialogs.press = /Delete/;
    await run('deleteAllRuns');
    await restoreDefaults(TINY);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });
  beforeEach(() => dialogs.clear());

  it('is shown again when another text is refused, and the refusal is told', async () => {
    const api = await gatescope();
    const processes = trainerProcesses().length;
    await run('trainRecurrentModel', writeFile('shown/empty.txt', ''));
    await eventually('the refusal', () => /empty/.test(dialogs.last));
    assert.equal(api.shown().run?.id, shown);
    await eventually('only its own trainer', () => trainerProcesses().length === processes);
    assert.deepEqual(
      api.runs().map(({ id }) => id),
      [shown],
    );
  });

  it('is not covered by its text: one in the inspector’s own column is shown beside it instead', async () => {
    const beside = (): vscode.Tab | undefined =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find((tab) => tab.input instanceof vscode.TabInputWebview);
    const column = beside()?.group.viewColumn;
    assert.ok(column !== undefined && column !== vscode.ViewColumn.One);
    const covering = writeFile('shown/covering.txt', smallText());
    await vscode.window.showTextDocument(covering, { viewColumn: column });
    const { id } = await train(covering);
    const places = await eventually('the inspector in front', () => {
      if (!beside()?.isActive) return undefined;
      const editors = vscode.window.visibleTextEditors;
      return editors.filter(({ document }) => document.uri.path === covering.path).map(({ viewColumn }) => viewColumn);
    });
    assert.deepEqual(places, [vscode.ViewColumn.One]);
    await reaches(id, 'finished');
    const { header } = await frameOf(id);
    assert.equal(header.origin, 'document');
    await run('openRun', shown);
  });

  for (const [command, phase] of [
    ['stop', 'stopped'],
    ['pause', 'paused'],
  ] as const)
    it(`is not needed to ${command} another: that one rests and nothing is reported`, async () => {
      const api = await gatescope();
      await configure(ENDLESS);
      const { id } = await train(writeFile(`shown/${command}.txt`, smallText(80)));
      await eventually('some steps', async () => (await runNow(id)).step > 3);
      await run('openRun', shown);
      assert.equal(api.shown().run?.id, shown);
      dialogs.clear();
      await run(command);
      await reaches(id, phase);
      await eventually('only the trainer of the run shown', () => trainerProcesses().length === 1);
      assert.deepEqual(dialogs.messages, []);
      assert.equal((await runNow(id)).failure, null);
      await restoreDefaults(ENDLESS);
      await configure(TINY);
    });
});
