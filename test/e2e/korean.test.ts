// The whole of it in Korean: menu, status, inspector; and on a Korean text.
import assert from 'node:assert/strict';
import { openWorkbench } from '../vscode/openWorkbench';
import { vsixFile } from '../vscode/paths';
import { startServer, type Server } from '../vscode/serverProcess';
import { Workbench } from '../vscode/workbench';
import { Inspector } from './inspector';
import { readmeScreenshot } from './session';

const SENTENCES = [
  '책상 위의 열쇠는 어제 산 것이다. 서랍 속의 연필들은 (아주 오래된) 것들이다.\n',
  '그가 말했다. “창문 옆의 꽃은 아직 피지 않았다.” 나는 고개를 끄덕였다.\n',
];

describe('in Korean', () => {
  let server: Server;
  let workbench: Workbench;

  before(async () => {
    server = await startServer({
      vsix: vsixFile,
      files: { '글.txt': SENTENCES.join('').repeat(150) },
      settings: { 'gatescope.training.hiddenUnits': 32, 'gatescope.training.epochs': 3 },
    });
    const opened = await openWorkbench(server, {
      viewport: { width: 1600, height: 1000 },
      // What a language pack would set; VS Code's own strings stay English without one.
      beforeGoto: async (page) => {
        await page.addInitScript(
          "Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { value: 'ko', writable: false })",
        );
      },
    });
    workbench = await new Workbench(server, opened).ready();
  });
  after(async () => {
    await workbench?.close();
    await server?.stop();
  });

  it('the menu, the inspector and its sentences speak Korean', async () => {
    await workbench.openFile('글.txt');
    const labels = await workbench.contextMenu(workbench.fileRow('글.txt'));
    const entry = labels.find((label) => /순환|모델|학습/.test(label));
    assert.ok(entry, labels.join(', '));
    await workbench.chooseInMenu(entry);
    const inspector = new Inspector(workbench);
    await inspector.picture();
    const spoken = await inspector.root.innerText();
    assert.match(spoken, /[가-힣]{2,}/);
    for (const english of ['Pause', 'validation', 'forget', 'Continuation', 'parameters'])
      assert.ok(!spoken.includes(english), `"${english}" is left in English`);
    await workbench.goTo(2, 20);
    await workbench.page.waitForTimeout(1500);
    await readmeScreenshot(workbench, 'korean');
  });
});
