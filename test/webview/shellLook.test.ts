// In four themes and at four widths every state is free of accessibility violations and of horizontal scrolling; pictures are kept to look at.
import assert from 'node:assert/strict';
import { SCENARIOS, type ScenarioName } from '../../webview/harness/scenarios';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, settle, wear, keepPicture } from './page';

const SHELL_STATES: ScenarioName[] = [
  'empty',
  'emptyNoDocument',
  'preparing',
  'pictureComing',
  'start',
  'training',
  'comparison',
  'stale',
  'diverged',
  'failed',
  'continuation',
];
const WIDTHS = [360, 520, 1000, 1800];

describe('the look of the inspector', function () {
  this.timeout(90_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  for (const state of SHELL_STATES) {
    it(`has no accessibility violation when ${state}, in any theme`, async () => {
      const { page } = await tester.open({ state, height: 1400 });
      for (const theme of THEMES) {
        await wear(page, theme);
        await keepPicture(page, `shell/${state}-${theme}`);
        assert.deepEqual(await violationsIn(theme, page), [], `${state} in ${theme}`);
      }
      await tester.release(page);
    });
  }

  it('never scrolls sideways, at any width, in any state', async () => {
    const { page } = await tester.open({ state: 'training' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const state of Object.keys(SCENARIOS) as ScenarioName[]) {
        await page.evaluate((name) => window.harness.play(name), state);
        await settle(page);
        const wide = await page.evaluate(() => {
          const limit = document.documentElement.clientWidth;
          const scrolls = document.documentElement.scrollWidth > limit;
          const over = [
            ...document.querySelectorAll(
              '#root vscode-button, #root p, #root h1, #root h2, #root .training-chart, #root .score-and-unit',
            ),
          ]
            .filter(
              (e) =>
                e.getClientRects().length > 0 &&
                e.getBoundingClientRect().right > limit + 1 &&
                !e.closest('.visually-hidden'),
            )
            .map((e) => e.outerHTML.slice(0, 100));
          return { scrolls, over };
        });
        assert.deepEqual(wide, { scrolls: false, over: [] }, `${state} at ${width}`);
      }
    }
    await tester.release(page);
  });

  it('keeps the score on the line of the buttons wherever there is room for it', async () => {
    const { page } = await tester.open({ state: 'finished' });
    for (const width of [520, 640, 760, 899, 900, 1000, 1400]) {
      await page.setViewportSize({ width, height: 500 });
      await settle(page);
      const middles = await page.evaluate(() =>
        ['.run-bar vscode-button', '.run-bar .score'].map((selector) => {
          const box = document.querySelector(selector)?.getBoundingClientRect();
          return box ? (box.top + box.bottom) / 2 : NaN;
        }),
      );
      assert.ok(
        Math.abs((middles[0] ?? NaN) - (middles[1] ?? NaN)) < 8,
        `score and buttons apart at ${width}: ${middles.join(', ')}`,
      );
    }
    await tester.release(page);
  });

  it('writes nothing smaller than 11 px', async () => {
    for (const state of ['empty', 'training', 'diverged', 'continuation'] as const) {
      const { page } = await tester.open({ state });
      const small = await page.evaluate(() => {
        const found: string[] = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const parent = node.parentElement;
          if (!parent || !node.textContent?.trim() || parent.closest('script')) continue;
          if (parseFloat(getComputedStyle(parent).fontSize) < 11) found.push(`${parent.tagName}: ${node.textContent}`);
        }
        return found;
      });
      assert.deepEqual(small, [], state);
      await tester.release(page);
    }
  });

  it('draws the themes in their own colours', async () => {
    const { page } = await tester.open({ state: 'training' });
    const grounds = new Set<string>();
    for (const theme of ['dark', 'light', 'hc'] as const) {
      await page.evaluate((name) => window.harness.theme(name), theme);
      grounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    }
    assert.equal(grounds.size, 3);
    await tester.release(page);
  });
});
