// With everything unfolded and answered, nothing is cut off, laid over something else or beyond the panel: at every width, at 80 % and 200 %.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { unclear } from './clearPage';
import { WebviewTester, settle, rest } from './page';

/** CSS pixels and device pixels per CSS pixel: zooming a panel of 1,000 px to 80 % makes it 1,250 px wide. */
const SIZES = [
  [500, 1],
  [770, 1],
  [1000, 1],
  [1400, 1],
  [2000, 1],
  [1250, 0.8],
  [500, 2],
] as const;

const korean = (): Record<string, string> => {
  const folder = path.resolve('l10n/parts');
  const parts = readdirSync(folder).map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object);
  return Object.assign({}, ...parts) as Record<string, string>;
};

describe('the unfolded page', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  for (const [state, language] of [
    ['training', 'en'],
    ['gru', 'ko'],
    ['words', 'en'],
    ['korean', 'ko'],
  ] satisfies [ScenarioName, string][])
    it(`can be read at every size (${state}, ${language})`, async () => {
      const bundle = language === 'ko' ? korean() : {};
      const { page, problems } = await tester.open({ state, language, bundle, height: 1000 });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('details:not(.table-alternative)'))
          details.open = true;
      });
      await rest(page);
      await page.locator('.lyapunov-point').first().waitFor();
      await page.locator('.driver-places').waitFor();
      const session = await page.context().newCDPSession(page);
      for (const [width, deviceScaleFactor] of SIZES) {
        await page.setViewportSize({ width, height: 1000 });
        await session.send('Emulation.setDeviceMetricsOverride', {
          width,
          height: 1000,
          deviceScaleFactor,
          mobile: false,
        });
        await settle(page);
        assert.deepEqual(await unclear(page), [], `at ${width} px, ${deviceScaleFactor} device pixels each`);
      }
      assert.deepEqual(problems, []);
      await session.detach();
      await tester.release(page);
    });
});
