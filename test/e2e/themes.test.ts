// The inspector in the four kinds of theme: readable, accessible, and in the pictures of test-results/.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { eventually } from '../eventually';
import { THEMES, type Workbench } from '../vscode/workbench';
import { Inspector } from './inspector';
import {
  makeRoom,
  README_SETTINGS,
  README_VIEWPORT,
  readmeScreenshot,
  sampleStart,
  screenshot,
  screenshotOfFailure,
  startSession,
  type Session,
} from './session';

const axe = fs.readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(workbench: Workbench): Promise<string[]> {
  const frame = await workbench.webviewFrame('#root');
  await frame.evaluate(axe);
  const result = (await frame.evaluate('axe.run(document)')) as AxeResults;
  assert.ok(
    result.passes.some((pass) => pass.id === 'color-contrast'),
    'contrast was measured',
  );
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' ')}`);
}

describe('the inspector', () => {
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      viewport: README_VIEWPORT,
      files: { 'sample.txt': sampleStart(40_000) },
      settings: {
        'gatescope.training.hiddenUnits': 64,
        'gatescope.training.epochs': 14,
        ...README_SETTINGS,
      },
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
    await workbench.openFile('sample.txt');
    await workbench.goTo(21, 120);
    await makeRoom(workbench);
    await workbench.command('Gatescope: Open Inspector');
    await inspector.document.locator('#root[data-page="empty"]').waitFor();
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  it('is accessible before anything was trained', async () => {
    await readmeScreenshot(workbench, 'empty');
    assert.deepEqual(await violations(workbench), []);
  });

  it('trains from its one button', async () => {
    await inspector.button(/^Train LSTM 64 on/).click();
    await inspector.picture();
    await inspector.phase('finished', 60_000);
  });

  for (const theme of THEMES)
    it(`is readable and accessible in ${theme.name}`, async () => {
      await workbench.setTheme(theme);
      const frame = await workbench.webviewFrame('#root');
      await frame.waitForFunction(`document.body.classList.contains('${theme.webview}')`);
      await readmeScreenshot(workbench, `theme-${theme.workbench}`);
      assert.deepEqual(await violations(workbench), []);
    });

  it('saves a figure with its caption where the person says', async () => {
    const menu = inspector.document.getByRole('button', { name: /^Export this figure: Gradient$/ });
    await menu.focus();
    await workbench.page.keyboard.press('Enter');
    await inspector.document.getByRole('menuitem', { name: 'Save as SVG…' }).filter({ visible: true }).click();
    const place = workbench.quickInput.locator('input[type="text"]');
    await eventually('a place proposed', async () => /gradient-step-\d+\.svg$/.test(await place.inputValue()));
    const file = await place.inputValue();
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(/Saved .*gradient-step-\d+\.svg/).waitFor();
    const svg = fs.readFileSync(file, 'utf8');
    assert.match(svg, /^<\?xml .*\n<svg .*sample\.txt.*LSTM 64.*seed 1.*<\/svg>\n?$/s);
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('shades the text in the editor when asked to, and takes that away again', async () => {
    const shaded = workbench.page.locator('.editor-group-container .view-overlays .cdr[class*="ced-"]');
    await workbench.choose('Gatescope: Shade Text in the Editor', 'Surprisal');
    await eventually('shaded text', async () => (await shaded.count()) > 50);
    await screenshot(workbench, 'shaded-surprisal');
    await workbench.choose('Gatescope: Shade Text in the Editor', 'Off');
    await eventually('no shaded text', async () => (await shaded.count()) === 0);
  });

  it('keeps its pictures in a narrow and in a wide panel', async () => {
    await workbench.setTheme(THEMES[0]);
    for (const width of [1000, 2200]) {
      await workbench.page.setViewportSize({ width, height: 1200 });
      await inspector.picture();
      await workbench.page.waitForTimeout(500);
      await screenshot(workbench, `width-${width}`);
    }
  });
});
