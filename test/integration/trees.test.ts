// Dependency trees come from a CoNLL-U file, stay with the run, and leave as one.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../eventually';
import { Dialogs } from './dialogs';
import { configure, gatescope, reaches, restoreDefaults, TINY, train } from './gatescope';
import { smallText, writeFile } from './texts';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`gatescope.${command}`, ...args);
const row = (id: number, form: string, head: number, relation: string) =>
  [id, form, '_', '_', '_', '_', head, relation, '_', '_'].join('\t');
const CIRCLE = [row(1, 'We', 2, 'dep'), row(2, 'turn', 1, 'dep'), row(3, 'round', 0, 'root')];

describe('dependency trees', () => {
  let dialogs: Dialogs;
  const { showSaveDialog } = vscode.window;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
  });
  after(async () => {
    Object.assign(vscode.window, { showSaveDialog });
    dialogs.press = /Delete/;
    await run('deleteAllRuns');
    await restoreDefaults(TINY);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  it('are imported for the run shown, broken ones named with a way to them, and saved again', async () => {
    const text = writeFile('trees/text.txt', smallText());
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
    const { id } = await train(text);
    await reaches(id, 'finished');
    const words =
      smallText()
        .split('\n')[0]
        .match(/\p{L}+|[^\s\p{L}]/gu) ?? [];
    const own = words.map((word, at) => row(at + 1, word, at, at === 0 ? 'root' : 'dep'));
    const file = writeFile('trees/own.conllu', `${CIRCLE.join('\n')}\n\n${own.join('\n')}\n\n`);
    dialogs.press = /Go to Line/;
    await run('importTrees', file);
    assert.match(
      dialogs.last,
      /^Kept with this run: trees of “own\.conllu”, 1 in all\..*left out: 1, the first in line 1: the heads run in a circle/,
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, file.path);

    const target = vscode.Uri.joinPath(text, '..', 'parses.conllu');
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(target) });
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One });
    await eventually('the parses', async () => {
      await run('saveParses');
      return /^Saved parses\.conllu/.test(dialogs.last);
    });
    const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.ok(saved.includes(row(2, words[1], 1, 'dep')), saved);
  });

  it('are refused where no sentence of a file has one, with line and reason', async () => {
    await run('importTrees', writeFile('trees/none.conllu', `${CIRCLE.join('\n')}\n\n`));
    await eventually('the refusal', () => /No sentence of “none\.conllu” has a tree.*line 1/.test(dialogs.last));
  });
});
