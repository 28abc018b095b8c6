// A file that the editor decodes otherwise than the trainer is never inspected as garbage.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { configure, gatescope, reaches, TINY, train } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { eucKr, KOREAN, writeFile } from './texts';

describe('a file in EUC-KR that the editor reads as UTF-8', () => {
  let dialogs: Dialogs;
  let id: string;
  let uri: vscode.Uri;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
    uri = writeFile('encoding/euc-kr.txt', eucKr(KOREAN.repeat(100)));
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
    assert.match(editor.document.getText(), /\uFFFD/);
    id = (await train(uri)).id;
    await reaches(id, 'finished');
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await configure(Object.fromEntries(Object.keys(TINY).map((key) => [key, undefined])));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  const shownText = (origin: 'sample' | 'document'): Promise<string> =>
    eventually(`a picture of the ${origin}`, async () => {
      const { lastFrame } = await gatescope();
      const header = lastFrame()?.header;
      if (header?.runId !== id || header.origin !== origin) return undefined;
      return header.tokens.map(({ text }) => text).join('');
    });

  it('is shown by the beginning of the text that was trained on', async () => {
    assert.ok(KOREAN.repeat(100).startsWith(await shownText('sample')));
  });

  it('is followed at the cursor as soon as the editor reads it as EUC-KR, and is not called changed', async () => {
    const document = await vscode.workspace.openTextDocument(uri, { encoding: 'euckr' });
    assert.equal(document.getText(), KOREAN.repeat(100));
    // The editor tells the encoding and the text one after the other; a picture may fall in between.
    await eventually('a picture of the same text', async () =>
      document.getText().includes(await shownText('document')),
    );
    const { staleness } = await gatescope();
    await eventually('the same text again', () => staleness(id) === null);
  });
});
