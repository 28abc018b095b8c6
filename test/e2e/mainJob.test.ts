// The main job by mouse: from a right-click on a text to a live picture of the network, linked to the editor.
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { expectDrawnGates } from './drawnGates';
import { Inspector } from './inspector';
import {
  extensionLog,
  readRecord,
  runFolders,
  sampleStart,
  screenshot,
  screenshotOfFailure,
  startSession,
  type Session,
} from './session';
import type { Workbench } from '../vscode/workbench';

const STATUS = 'gatescope.gatescope.gatescope.run';

describe('from a right-click to a picture', () => {
  const text = sampleStart(100_000);
  const lines = text.split('\n');
  const longLine = lines.findIndex((line, k) => k > 30 && line.length > 60);
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      files: { 'sample.txt': text, 'picture.png': Uint8Array.of(137, 80, 78, 71) },
      // Minutes of training, for the tests to pause and resume it however fast the machine is.
      settings: { 'gatescope.training.epochs': 1000, 'gatescope.training.learningRate': 1e-4 },
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  const expectGates = (first: number, weights?: string): Promise<void> =>
    expectDrawnGates(inspector, ['f', 'i', 'o', 'g', 'c', 'h'], {
      runFolder: runFolders(session.server)[0],
      text,
      first,
      count: 40,
      weights,
    });

  it('offers one entry, on text files only', async () => {
    const onPicture = await workbench.contextMenu(workbench.fileRow('picture.png'));
    await workbench.page.keyboard.press('Escape');
    assert.ok(onPicture.length > 5 && !onPicture.some((label) => /Recurrent/.test(label)), onPicture.join(', '));
    await workbench.openFile('sample.txt');
    const onText = await workbench.contextMenu(workbench.fileRow('sample.txt'));
    assert.equal(onText.filter((label) => /Recurrent/.test(label)).length, 1, onText.join(', '));
  });

  it('draws the first picture within 10 s on a 100 kB file', async function () {
    const begin = Date.now();
    await workbench.chooseInMenu('Train a Recurrent Model');
    await inspector.picture();
    const seconds = (Date.now() - begin) / 1000;
    console.log(`      first picture after ${seconds.toFixed(1)} s (${text.length} characters)`);
    assert.ok(seconds < 10, `${seconds} s`);
    assert.match(await inspector.description(), /LSTM 128/);
  });

  it('goes on training while the picture is refreshed', async () => {
    const first = await inspector.step();
    const before = await inspector.gate('f');
    await eventually('more steps', async () => (await inspector.step()) > first + 5);
    await eventually('a new picture', async () => (await inspector.gate('f')).join() !== before.join());
  });

  it('tells the run and its progress in one status bar item', async () => {
    const item = workbench.statusItem(STATUS);
    assert.equal(await workbench.page.locator('.statusbar-item[id^="gatescope."]').count(), 1);
    assert.match(await item.innerText(), /LSTM 128/);
  });

  it('tells under Model and in the log which kernels compute, on how many threads, and why', async () => {
    const model = inspector.document.locator('.model');
    await model.locator('summary').click();
    const said = async (name: string): Promise<string> =>
      (await model.locator('dt', { hasText: name }).locator('+ dd').innerText()).trim();
    const { engine } = readRecord(runFolders(session.server)[0]);
    assert.ok((await said('Kernels')).startsWith(engine.kernels) && engine.kernels !== '');
    assert.equal(await said('Threads'), String(engine.threads));
    assert.equal(await said('Runtime'), engine.runtime);
    assert.equal(await said('Why, as logged'), engine.reason);
    assert.ok(engine.reason.length > 0 && extensionLog(session.server).includes(engine.reason));
    await screenshot(workbench, 'model');
    await model.locator('summary').click();
    await inspector.root.evaluate(() => window.scrollTo(0, 0));
  });

  it('moves the window of text with the cursor', async () => {
    await workbench.goTo(longLine + 1, 35);
    await eventually('the line of the cursor', async () =>
      (await inspector.windowText()).includes(lines[longLine].slice(5, 35)),
    );
  });

  it('jumps in the editor to a column that is clicked', async () => {
    const focus = await inspector.focusColumn();
    await inspector.clickColumn(focus - 3);
    const there = [longLine + 1, 32].join();
    await eventually('the cursor moved', async () => (await workbench.cursor()).join() === there);
    assert.equal(await inspector.focusColumn(), focus - 3);
  });

  it('highlights in the editor the character that is pointed at', async () => {
    await inspector.hoverColumn((await inspector.focusColumn()) - 1);
    const decorations = workbench.page.locator('.editor-group-container .view-overlays .cdr[class*="ced-"]');
    await decorations.first().waitFor({ state: 'attached' });
  });

  it('shows the numbers of an independent float64 recomputation from the saved weights', async () => {
    await inspector.button(/^Pause/).click();
    await inspector.phase('paused');
    await workbench.goTo(1, 3);
    await eventually('the text from its beginning', async () =>
      (await inspector.windowText()).startsWith(text.slice(0, 20)),
    );
    await expectGates(0);
  });

  it('shows at the scrubber’s first snapshot the network before training, in float64 too, and comes back', async () => {
    const { keyboard } = workbench.page;
    const slider = inspector.document.getByRole('slider', { name: 'Snapshot of the network' });
    const words = inspector.document.locator('.scrubber-words');
    const newest = await inspector.gate('f');
    await slider.focus();
    await keyboard.press('Home');
    await words.filter({ hasText: /^step 0 of .* \(snapshot\) · all pictures below are of this step$/ }).waitFor();
    await expectGates(0, 'snapshots/0.safetensors');
    await screenshot(workbench, 'snapshot');
    await slider.focus();
    await keyboard.press('End');
    await words.filter({ hasText: /^newest weights, / }).waitFor();
    await eventually('the gates of now', async () => (await inspector.gate('f')).join() === newest.join());
  });

  it('does so in the middle of the text too, warmed up by what stands left of the window', async () => {
    await workbench.goTo(longLine + 1, 35);
    const shown = await eventually('the line of the cursor', async () => {
      const drawn = await inspector.windowText();
      return drawn.includes(lines[longLine].slice(5, 35)) && drawn;
    });
    const first = text.indexOf(shown);
    assert.ok(first > 256 && text.indexOf(shown, first + 1) < 0, 'the window is found in the text');
    await expectGates(first);
    await inspector.closeTable();
  });

  it('follows typing and then says that the text changed', async () => {
    await workbench.goTo(1, 12);
    await workbench.page.keyboard.type('zq', { delay: 50 });
    await eventually('the new text', async () => (await inspector.windowText()).includes('zq'));
    await inspector.document.locator('.stale-bar').waitFor();
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.keyboard.press('Control+z');
    await inspector.document.locator('.stale-bar').waitFor({ state: 'hidden' });
  });

  it('goes on from where it was paused', async () => {
    const paused = await inspector.step();
    await inspector.button(/^Resume/).click();
    await inspector.phase('training');
    await eventually('more steps', async () => (await inspector.step()) > paused);
  });

  it('asks nothing of the network and logs no error in the page', () => {
    assert.deepEqual(workbench.blocked, []);
    assert.deepEqual(
      workbench.problems.filter((problem) => problem.startsWith('pageerror')),
      [],
    );
  });
});
