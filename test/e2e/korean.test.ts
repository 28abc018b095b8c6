// The whole of it in Korean: menu, status, inspector; and on a Korean text.
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { openWorkbench } from '../vscode/openWorkbench';
import { vsixFile } from '../vscode/paths';
import { startServer, type Server } from '../vscode/serverProcess';
import { Workbench } from '../vscode/workbench';
import { Inspector } from './inspector';
import { makeRoom, README_SETTINGS, README_VIEWPORT, readmeScreenshot, sampleStart } from './session';

describe('in Korean', () => {
  let server: Server;
  let workbench: Workbench;

  before(async () => {
    server = await startServer({
      vsix: vsixFile,
      files: { '글.txt': sampleStart(30_000, '등대지기.txt') },
      settings: {
        'gatescope.training.hiddenUnits': 64,
        'gatescope.training.epochs': 14,
        ...README_SETTINGS,
      },
    });
    const opened = await openWorkbench(server, {
      viewport: README_VIEWPORT,
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
    await workbench.goTo(15, 20);
    await inspector.phase('마침', 60_000);
    await makeRoom(workbench);
    await eventually('a wider picture', async () => (await inspector.windowText()).length > 30);
    await readmeScreenshot(workbench, 'korean');
  });
});
