// Texts that cannot be trained on get a clear message with a way out; unusual ones that can, work.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import {
  configure,
  ENDLESS,
  frameOf,
  gatesAreFinite,
  gatescope,
  reaches,
  restoreDefaults,
  runAccepting,
  TINY,
  train,
} from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { eucKr, KOREAN, smallText, utf16, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

describe('a text that cannot be trained on', () => {
  let dialogs: Dialogs;
  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
  });
  after(() => dialogs.restore());
  beforeEach(() => dialogs.clear());

  /** Tries to train and returns the message shown that names the file. */
  async function refusal(uri: vscode.Uri): Promise<string> {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    await runAccepting('gatescope.trainRecurrentModel', uri).catch(() => undefined);
    return eventually(
      `a message that names ${name}`,
      () => dialogs.messages.find(({ text }) => text.includes(name))?.text,
    );
  }

  const refused: [what: string, content: string | Uint8Array, message: RegExp][] = [
    ['an empty file', '', /empty/],
    ['a file of three characters', 'abc', /3 tokens/],
    ['a file of one symbol', 'a'.repeat(5000), /single symbol/],
    ['a binary file', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) % 256), /not a text|binary/],
  ];
  for (const [what, content, message] of refused)
    it(`${what} is refused with a sentence about it`, async () => {
      const name = `bad/${what.replaceAll(' ', '-')}.txt`;
      assert.match(await refusal(writeFile(name, content)), message);
    });

  it('a folder is refused', async () => {
    const uri = writeFile('bad/folder/inside.txt', 'x');
    assert.match(await refusal(vscode.Uri.joinPath(uri, '..')), /folder/);
  });

  it('a file that is not there is refused', async () => {
    const uri = writeFile('bad/gone.txt', 'x');
    fs.rmSync(uri.fsPath);
    assert.match(await refusal(uri), /not there/);
  });

  it('leaves no trainer and no run behind', async () => {
    await eventually('no trainer left', () => trainerProcesses().length === 0);
    assert.deepEqual((await gatescope()).runs(), []);
  });
});

describe('an unusual text', () => {
  let dialogs: Dialogs;
  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(TINY);
    dialogs.restore();
  });

  async function characters(uri: vscode.Uri): Promise<number | undefined> {
    const { id } = await train(uri);
    return (await reaches(id, 'finished')).corpus?.characters;
  }

  it('in UTF-16 is decoded', async () => {
    assert.equal(await characters(writeFile('odd/utf16.txt', utf16(smallText()))), smallText().length);
  });

  it('in EUC-KR is decoded', async () => {
    const korean = KOREAN.repeat(100);
    const { id } = await train(writeFile('odd/euc-kr.txt', eucKr(korean)));
    const { corpus } = await reaches(id, 'finished');
    assert.equal(corpus?.characters, korean.length);
    assert.match(corpus?.encoding ?? '', /euc-kr|949/i);
  });

  it('with CRLF counts each line end once', async () => {
    const lines = smallText();
    assert.equal(await characters(writeFile('odd/crlf.txt', lines.replaceAll('\n', '\r\n'))), lines.length);
  });

  it('with emoji and combining characters counts what a reader sees', async () => {
    const line = 'e\u0301t\u00e9 👩‍👩‍👧 👍🏽 한글 ok\n';
    const clusters = [...new Intl.Segmenter().segment(line)].length;
    assert.equal(await characters(writeFile('odd/emoji.txt', line.repeat(200))), clusters * 200);
  });

  it('with emoji and combining characters is drawn a cluster a column, as it stands in the file', async () => {
    const line = 'e\u0301a\u0308\u0323 👩‍👩‍👧 👍🏽 🇰🇷 \u1112\u1161\u11ab글 ok\n';
    const uri = writeFile('odd/columns.txt', line.repeat(200));
    const { id } = await train(uri);
    await reaches(id, 'finished');
    const [editor] = vscode.window.visibleTextEditors.filter(({ document }) => document.uri.path === uri.path);
    editor.selection = new vscode.Selection(3, 0, 3, 0);
    const tokens = await eventually('the picture at the cursor', async () => {
      const { header } = await frameOf(id);
      return header.tokens[header.focus]?.end === 3 * line.length && header.tokens;
    });
    const [first, last] = [tokens[0].start, tokens.at(-1)?.end ?? 0];
    const shown = line.repeat(200).slice(first, last);
    const clusters = [...new Intl.Segmenter().segment(shown)].map(({ segment }) => segment);
    assert.deepEqual(
      tokens.map(({ text }) => text),
      clusters,
    );
    assert.ok(tokens.length > clusters.indexOf('\n') + 1, 'more than a line of it');
  });

  it('of one line of 1 MB works', async () => {
    const line = smallText(6400).replaceAll('\n', ' ');
    assert.ok(line.length > 1024 * 1024);
    await configure(ENDLESS);
    const { id } = await train(writeFile('odd/one-line.txt', line));
    assert.equal((await reaches(id, 'training')).corpus?.characters, line.length);
    assert.ok(gatesAreFinite(await frameOf(id)));
    await vscode.commands.executeCommand('gatescope.stop');
    await reaches(id, 'stopped');
    await restoreDefaults(ENDLESS);
    await configure(TINY);
  });

  it('with unsaved edits is trained as it stands in the editor', async () => {
    const uri = writeFile('odd/unsaved.txt', smallText());
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '12345'));
    assert.equal(await characters(uri), smallText().length + 5);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('that has no file is trained too', async () => {
    const document = await vscode.workspace.openTextDocument({ content: smallText() });
    await vscode.window.showTextDocument(document);
    assert.equal(await characters(document.uri), smallText().length);
  });
});
