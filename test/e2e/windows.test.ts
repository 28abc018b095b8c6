// Windows as people have them: without a folder, with one they do not trust, with two runs, reloaded while a run trains.
import assert from 'node:assert/strict';
import { workbenchUrl } from '../vscode/openWorkbench';
import type { Workbench } from '../vscode/workbench';
import { eventually } from '../eventually';
import { Inspector } from './inspector';
import { trainersOf } from './processes';
import { ENDLESS, runFolders, sampleStart, screenshotOfFailure, startSession, type Session } from './session';

const STATUS = 'gatescope.gatescope.gatescope.run';
const CLUSTERS = 'e\u0301 👩‍👩‍👧 👍🏽 🇰🇷 한글 ok\n';

describe('a window', () => {
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      files: { 'emoji.txt': CLUSTERS.repeat(3000), 'one.txt': sampleStart(60_000), 'other.txt': sampleStart(70_000) },
      settings: ENDLESS,
      untrusted: true,
      empty: true,
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  async function train(name: string): Promise<void> {
    await workbench.openFile(name);
    await workbench.command('Gatescope: Train on This File');
    await inspector.phase('training');
    await workbench.tab(`Gatescope · ${name}`).waitFor();
  }

  /** Waits until the status bar item speaks of a run on that file, and returns what it says. */
  async function statusOf(name: string, saying: RegExp): Promise<void> {
    const label = workbench.statusItem(STATUS).locator('a');
    await eventually(`${name} in the status bar, ${saying.source}`, async () => {
      const said = (await label.getAttribute('aria-label')) ?? '';
      return said.includes(name) && saying.test(said);
    });
  }

  it('without a folder trains on a text that was never saved', async () => {
    await workbench.command('File: New Untitled Text File');
    await workbench.tab('Untitled-1').waitFor();
    await workbench.editor().click();
    await workbench.page.keyboard.insertText(sampleStart(10_000));
    await workbench.command('Gatescope: Train on This File');
    await inspector.phase('training');
    await inspector.picture();
    await workbench.command('Gatescope: Stop');
    await inspector.phase('stopped');
  });

  it('on a folder that is not trusted offers the same and trains', async () => {
    await workbench.page.goto(workbenchUrl(session.server));
    await workbench.ready();
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.openFile('emoji.txt');
    // Its icon stands in the editor's title bar once VS Code knows the extension.
    await workbench.page.getByRole('button', { name: 'Open Inspector' }).first().waitFor();
    const entries = await workbench.contextMenu(workbench.fileRow('emoji.txt'));
    assert.ok(entries.includes('Train a Recurrent Model'), entries.join());
    await workbench.chooseInMenu('Train a Recurrent Model');
    await inspector.phase('training');
    await inspector.picture();
  });

  it('draws emoji and combined characters as they stand in the file', async () => {
    await workbench.goTo(4, 1);
    await eventually('whole lines of the text', async () => {
      const text = await inspector.windowText();
      return CLUSTERS.repeat(20).includes(text) && text.includes(CLUSTERS);
    });
    await workbench.command('Gatescope: Stop');
    await inspector.phase('stopped');
  });

  it('trains on the first of several files that are selected, and says so', async () => {
    await workbench.fileRow('one.txt').click();
    await workbench.fileRow('other.txt').click({ modifiers: ['Control'] });
    await workbench.contextMenu(workbench.fileRow('other.txt'));
    await workbench.chooseInMenu('Train a Recurrent Model');
    await workbench.notification('2 files are selected').waitFor();
    await workbench.tab(/Gatescope · (one|other)\.txt/).waitFor();
    await inspector.phase('training');
    await workbench.command('Gatescope: Stop');
    await inspector.phase('stopped');
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('with two trainings tells in its status bar the one shown, then the one that still trains', async () => {
    await train('one.txt');
    await statusOf('one.txt', /%/);
    await train('other.txt');
    await statusOf('other.txt', /%/);
    await eventually('two trainers', () => trainersOf(session.server).length === 2);
    await workbench.command('Gatescope: Stop');
    await inspector.phase('stopped');
    await statusOf('one.txt', /%/);
    await workbench.command('Gatescope: Stop');
    await statusOf('other.txt', /stopped/);
  });

  it('that is reloaded while a run trains shows it paused where it was, to be resumed', async () => {
    await train('one.txt');
    await eventually('some steps', async () => (await inspector.step()) > 10);
    const step = await inspector.step();
    const runs = runFolders(session.server).length;
    await workbench.reload();
    await inspector.phase('paused');
    assert.ok((await inspector.step()) >= step, 'no step is lost');
    await workbench.command('Gatescope: Resume');
    await inspector.phase('training');
    const resumed = await inspector.step();
    await eventually('more steps', async () => (await inspector.step()) > resumed + 5);
    assert.equal(runFolders(session.server).length, runs);
  });

  it('leaves no trainer when it is closed', async () => {
    await workbench.page.goto('about:blank');
    await session.server.stop();
    await eventually('no trainer left', () => trainersOf(session.server).length === 0);
  });
});
