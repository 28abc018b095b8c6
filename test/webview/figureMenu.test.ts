// The export menu of a figure in plain Chromium: by keyboard, by pointer, out of sight while it is not wanted, in four themes.
import assert from 'node:assert/strict';
import { button, saved } from './figureMenus';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, settle, type InspectorPage, type OpenOptions, wear, keepPicture } from './page';

describe('the export menu of a figure', function () {
  this.timeout(90_000);
  let tester: WebviewTester;
  const opened: InspectorPage[] = [];
  before(async () => {
    tester = await WebviewTester.launch();
  });
  afterEach(async () => {
    for (const { page, problems } of opened.splice(0)) {
      assert.deepEqual(problems, []);
      await tester.release(page);
    }
  });
  after(() => tester.close());

  async function open(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await tester.open({ height: 1400, ...options });
    opened.push(inspector);
    return inspector;
  }

  it('is a menu that the keyboard opens, walks and leaves', async () => {
    const inspector = await open();
    const { page } = inspector;
    const opener = button(inspector, '.track.gate[data-gate="f"]');
    assert.match((await opener.getAttribute('aria-label')) ?? '', /^Export this figure: forget/);
    await opener.focus();
    await page.keyboard.press('ArrowDown');
    await settle(page);
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    assert.equal(await focused(), 'Copy as PNG');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'Save as CSV…');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Copy as PNG');
    await page.keyboard.press('End');
    assert.equal(await focused(), 'Save as CSV…');
    await page.keyboard.press('Home');
    assert.equal(await focused(), 'Copy as PNG');
    await page.keyboard.press('Escape');
    await settle(page);
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    assert.ok(await opener.evaluate((element) => element === document.activeElement));
    assert.deepEqual(await saved(inspector), []);
  });

  it('keeps out of sight until the pointer or the keyboard is on the figure', async () => {
    const inspector = await open();
    const menu = inspector.page.locator('.track.triangle > .figure-menu');
    const opacity = (): Promise<string> => menu.evaluate((element) => getComputedStyle(element).opacity);
    assert.equal(await opacity(), '0');
    await inspector.page.locator('.track.triangle').hover({ position: { x: 300, y: 150 } });
    assert.equal(await opacity(), '1');
    await inspector.page.mouse.move(2, 2);
    assert.equal(await opacity(), '0');
    await button(inspector, '.track.triangle').focus();
    assert.equal(await opacity(), '1');
  });

  it('opens by a click without moving the focus step', async () => {
    const inspector = await open();
    await inspector.page.locator('.track.gate[data-gate="o"]').hover();
    await button(inspector, '.track.gate[data-gate="o"]').click();
    await inspector.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
    await settle(inspector.page);
    assert.deepEqual(
      (await saved(inspector)).map(({ name, extension }) => [name, extension]),
      [['lamps-lstm-128-gate-output-step-2400', 'csv']],
    );
    assert.deepEqual(
      (await inspector.posted()).filter(({ kind }) => kind === 'reveal'),
      [],
    );
    await button(inspector, '.track.gate[data-gate="o"]').click();
    await button(inspector, '.track.gate[data-gate="o"]').click();
    assert.equal(await inspector.page.getByRole('menu').count(), 0);
  });

  it('has no accessibility violation while its menu is open, in any theme', async () => {
    const inspector = await open();
    const { page } = inspector;
    for (const theme of THEMES) {
      await wear(page, theme);
      await button(inspector, '.gradient > .section-header').focus();
      await page.keyboard.press('Enter');
      await settle(page);
      await keepPicture(page, `figures/menu-${theme}`);
      assert.deepEqual(await violationsIn(theme, page, ['.gradient']), [], theme);
      await page.keyboard.press('Escape');
    }
  });
});
