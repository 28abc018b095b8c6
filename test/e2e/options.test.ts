// By palette and keyboard: Train with Options, for the two other cells and for words; and under the words their syntax.
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { Inspector } from './inspector';
import {
  makeRoom,
  README_SETTINGS,
  README_VIEWPORT,
  readmeScreenshot,
  sampleStart,
  screenshotOfFailure,
  startSession,
  type Session,
} from './session';
import type { Workbench } from '../vscode/workbench';

/** The lecture's sentence with two readings; it stands at the beginning of the text, so that its picture begins with it. */
const AMBIGUOUS = 'Scientists study whales from space.';

describe('Train with Options', () => {
  const text = `${AMBIGUOUS}\n${sampleStart(60_000)}`;
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      viewport: README_VIEWPORT,
      files: { 'sample.txt': text },
      settings: { ...README_SETTINGS },
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
    await workbench.openFile('sample.txt');
    await workbench.goTo(22, 120);
    await makeRoom(workbench);
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  async function choose(option: string, value: string): Promise<void> {
    await workbench.pick(option, 'Train a Recurrent Model on');
    await workbench.pick(value, option);
  }

  it('trains a GRU and draws its gates', async () => {
    await workbench.command('Gatescope: Train with Options…');
    await choose('Cell', 'GRU');
    await workbench.pick('Enter begins', 'Train a Recurrent Model on');
    await inspector.picture();
    await inspector.document.getByText('GRU 128').first().waitFor();
    for (const gate of ['u', 'r', 'g', 'h']) await inspector.heatmap(gate).waitFor();
    assert.equal(await inspector.heatmap('f').filter({ visible: true }).count(), 0);
    await eventually('a hundred steps', async () => (await inspector.step()) > 100, 40_000);
    await readmeScreenshot(workbench, 'gru');
  });

  it('trains a vanilla network of the size asked for, by keyboard alone', async () => {
    await workbench.command('Gatescope: Train with Options…');
    await choose('Cell', 'Vanilla');
    await workbench.pick('Hidden units', 'Train a Recurrent Model on');
    await workbench.quickInput.filter({ hasText: "Press 'Enter'" }).waitFor();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.type('32');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.filter({ hasText: 'Train a Recurrent Model on' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    await inspector.document.getByText('Vanilla tanh 32').first().waitFor();
    await inspector.picture();
    assert.equal((await inspector.gate('h')).length, 32);
    await inspector.closeTable();
  });

  it('trains on words', async () => {
    await workbench.command('Gatescope: Train with Options…');
    await choose('Tokens', 'words');
    await workbench.pick('Enter begins', 'Train a Recurrent Model on');
    await inspector.runBar.getByText('words').waitFor();
    await inspector.picture();
    await eventually('forty steps', async () => (await inspector.step()) > 40, 40_000);
    await readmeScreenshot(workbench, 'words');
  });

  it('draws the two readings of an ambiguous sentence as arcs over its words', async () => {
    await workbench.goTo(text.split('\n').indexOf(AMBIGUOUS) + 1, AMBIGUOUS.length);
    const syntax = inspector.document.locator('.syntax-section');
    await syntax.getByRole('checkbox', { name: 'Syntax' }).check();
    const readings = syntax.getByRole('button', { name: /^Reading \d of 2 · \d+ %$/ });
    await readings.nth(1).waitFor();
    const says = /^“space” belongs to “(study|whales)” \(\d+ %\) or to “(study|whales)” \(\d+ %\)\.$/;
    const [, first, second] = says.exec(await syntax.locator('.syntax-ambiguity').innerText()) ?? [];
    assert.deepEqual([first, second].sort(), ['study', 'whales']);
    const differing = inspector.document.locator('.syntax-arc.differs title');
    const arcs = (): Promise<string> => differing.allTextContents().then(String);
    for (const [at, head] of [first, second].entries()) {
      await readings.nth(at).click();
      await eventually(`the arc from ${head}`, async () => (await arcs()).includes(`“space” depends on “${head}”`));
      await readmeScreenshot(workbench, `reading-${at + 1}`, inspector.document.locator('.sticky'));
    }
  });
});
