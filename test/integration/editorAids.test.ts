// Shading and the hover in the editor itself: there when they are switched on, about what is in sight, and all gone when switched off.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, frameOf, gatescope, reaches, restoreDefaults, TINY, train } from './gatescope';
import { Dialogs } from './dialogs';
import { EditorListeners } from './editorListeners';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const AIDS = { 'editor.shading': undefined, 'editor.hover': undefined };

describe('the aids in the editor', () => {
  let dialogs: Dialogs;
  let listeners: EditorListeners;
  let editor: vscode.TextEditor;
  let closed: number;

  const hoverAt = async (line: number, character: number): Promise<string> => {
    const position = new vscode.Position(line, character);
    const { uri } = editor.document;
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
    const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
    assert.ok(contents.every(({ isTrusted, supportHtml }) => !isTrusted && !supportHtml));
    return contents.map(({ value }) => value).join('\n');
  };
  const shaded = async (matching: RegExp): Promise<{ line: string; tokens: number }> => {
    const api = await gatescope();
    return eventually(`text shaded: ${String(matching)}`, () => {
      const shading = api.shading();
      return shading && matching.test(shading.line) && shading;
    });
  };

  before(async () => {
    dialogs = new Dialogs();
    listeners = new EditorListeners();
    await gatescope();
    await configure(TINY);
    const uri = writeFile('aids/text.txt', smallText(400));
    editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    const { id } = await train(uri);
    await reaches(id, 'finished');
    await frameOf(id);
    closed = listeners.count;
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults({ ...TINY, ...AIDS });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    listeners.restore();
    dialogs.restore();
  });

  it('are off: no shading, no hover', async () => {
    assert.equal((await gatescope()).shading(), null);
    assert.equal(await hoverAt(0, 4), '');
  });

  it('shade the tokens in sight by surprisal, and no others, in nine kinds of decoration', async () => {
    await configure({ 'editor.shading': 'surprisal' });
    const { line, tokens } = await shaded(/by surprisal: .*\nLSTM 8 · characters, step \d+$/);
    assert.ok(tokens > 100 && tokens < editor.document.getText().length / 2, `${line}: ${tokens} tokens`);
    assert.ok(listeners.count >= closed + 9);
  });

  it('follow the cursor and what is typed by influence', async () => {
    editor.selection = new vscode.Selection(2, 5, 2, 5);
    await configure({ 'editor.shading': 'influence' });
    const next = editor.document.lineAt(2).text[5];
    const { tokens } = await shaded(new RegExp(`on predicting “${next}”`));
    assert.equal(tokens, editor.document.offsetAt(editor.selection.active));
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 5), 'Z'));
    editor.selection = new vscode.Selection(2, 5, 2, 5);
    assert.equal((await shaded(/on predicting “Z”/)).tokens, tokens);
  });

  it('tell of the token under the pointer: surprisal, what was expected, gates, whose weights', async () => {
    await configure({ 'editor.hover': true });
    const text = await eventually('the hover', () => hoverAt(0, 4));
    assert.match(text, /^\*\*`k`\*\* · \d+\.\d bits of surprisal\n/);
    assert.match(text, /Expected here: `.+` \d+ %/);
    assert.match(text, /Gates, mean of 8 units: `f` [01]\.\d\d · `i` [01]\.\d\d/);
    assert.match(text, /‖∂J\/∂x‖ = .* for predicting “Z”/);
    assert.match(text, /Unit \d, as in the inspector: `f` [01]\./);
    assert.match(text, /\*LSTM 8 · characters, step \d+\*$/);
  });

  it('leave nothing behind when they are switched off, not even a trainer that only they kept', async () => {
    await vscode.window.tabGroups.close(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview),
    );
    await eventually('a trainer for the shading', () => trainerProcesses().length === 1);
    await configure(AIDS);
    const api = await gatescope();
    await eventually('no trainer left', () => trainerProcesses().length === 0);
    assert.equal(api.shading(), null);
    assert.ok(listeners.count <= closed, `${listeners.count} of ${closed}`);
    assert.equal(await hoverAt(0, 4), '');
    assert.deepEqual(dialogs.messages, []);
  });
});
