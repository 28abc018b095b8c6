// What goes wrong is told in the inspector with a way out: divergence, a text that cannot be trained on, a crash.
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { Inspector } from './inspector';
import { trainersOf } from './processes';
import { ENDLESS, sampleStart, screenshot, screenshotOfFailure, startSession, type Session } from './session';
import type { Workbench } from '../vscode/workbench';

describe('trouble', () => {
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      files: {
        'sample.txt': sampleStart(30_000),
        'empty.txt': '',
        'binary.txt': Uint8Array.from({ length: 5000 }, (_, k) => (k * 37) % 256),
      },
      settings: { 'gatescope.training.hiddenUnits': 32 },
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  async function train(name: string): Promise<void> {
    await workbench.contextMenu(workbench.fileRow(name));
    await workbench.chooseInMenu('Train a Recurrent Model');
  }

  /**
   * Waits until a training would begin with that model: the server's file watcher tells the extension host of new settings
   * after a moment, and only the list of options shows that it did.
   */
  async function settingsApplied(model: string): Promise<void> {
    const list = workbench.page.locator('.quick-input-list');
    await eventually(`${model} in the list of options`, async () => {
      await workbench.command('Gatescope: Train with Options…');
      await workbench.quickInput.filter({ hasText: 'Train a Recurrent Model on' }).waitFor();
      await list.getByText('Enter begins').waitFor();
      const shown = await list.innerText();
      await workbench.page.keyboard.press('Escape');
      return shown.includes(model);
    });
  }

  for (const [name, sentence] of [
    ['empty.txt', 'is empty'],
    ['binary.txt', 'is not a text'],
  ])
    it(`is told in a notification for ${name}`, async () => {
      await train(name);
      await workbench.notification(sentence).waitFor();
      await screenshot(workbench, `refused-${name}`);
      await workbench.command('Notifications: Clear All Notifications');
    });

  it('in the shape of a divergence stops at that step and offers three ways out', async () => {
    workbench.server.setSettings({
      'gatescope.training.cell': 'vanilla',
      'gatescope.training.activation': 'relu',
      'gatescope.training.recurrentInitialisation': 'normal',
      'gatescope.training.normalScale': 0.3,
      'gatescope.training.clipNorm': 0,
      'gatescope.training.learningRate': 3,
    });
    await workbench.openFile('sample.txt');
    await settingsApplied('Vanilla 32');
    await workbench.command('Gatescope: Train on This File');
    await inspector.phase('diverged');
    const card = inspector.document.locator('.diverged-card');
    await card.waitFor();
    assert.ok((await card.getByRole('button').count()) >= 3);
    await inspector.picture();
    await screenshot(workbench, 'diverged');
  });

  it('in the shape of a crashed trainer marks the run failed and can be resumed', async () => {
    workbench.server.setSettings({
      'gatescope.training.cell': 'lstm',
      'gatescope.training.recurrentInitialisation': 'orthogonal',
      'gatescope.training.clipNorm': 1,
      ...ENDLESS,
    });
    await settingsApplied('LSTM 32');
    await workbench.command('Gatescope: Train on This File');
    await inspector.document.getByText('LSTM 32').first().waitFor();
    await inspector.phase('training');
    await eventually('some steps', async () => (await inspector.step()) > 20);
    for (const pid of trainersOf(session.server)) process.kill(pid, 'SIGKILL');
    await inspector.phase('failed');
    await inspector.document.locator('.failed-card').waitFor();
    await screenshot(workbench, 'failed');
  });
});
