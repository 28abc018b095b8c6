// Nothing on the page moves when an answer comes: every section has the height it will need as soon as it is unfolded.
import assert from 'node:assert/strict';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { WebviewTester, settle, type InspectorPage } from './page';

/** What can be seen to move. */
const PARTS = [
  '.run-bar, .training, .reading, .influence-section, .track, .gates, .gradient, .weight-section, .unit-panel, .saturation',
  '.cell-section, .cell-terms-holder, .spectrum, .spectrum-card, .lyapunov, .lyapunov .figure-note, .continuation, .model',
].join();

const tops = ({ page }: InspectorPage): Promise<Record<string, number>> =>
  page.evaluate(
    (parts) =>
      Object.fromEntries(
        [...document.querySelectorAll(parts)].map((part, k) => [
          `${k} ${part.classList[0]}`,
          Math.round(part.getBoundingClientRect().top + window.scrollY),
        ]),
      ),
    PARTS,
  );

describe('the page while answers come', () => {
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  for (const [state, width] of [
    ['training', 500],
    ['training', 1000],
    ['gru', 770],
    ['vanilla', 1400],
    ['training', 2000],
  ] satisfies [ScenarioName, number][])
    it(`keeps every section where it is (${state} at ${width} px)`, async () => {
      const open = await tester.open({ state, width, height: 1400 });
      const { page } = open;
      await page.evaluate(() => {
        window.harness.answers = false;
        for (const details of document.querySelectorAll<HTMLDetailsElement>('.spectrum > details, .lyapunov > details'))
          details.open = true;
        document.querySelector<HTMLInputElement>('.weight-section input')?.click();
      });
      await page.waitForFunction(() => {
        const asked = (window.harness.posted as { kind: string; question?: { about: string } }[]).flatMap(
          ({ question }) => question?.about ?? [],
        );
        return ['cellTerms', 'spectrum', 'jacobians', 'lyapunov', 'weightItemised', 'ablation'].every((about) =>
          asked.includes(about),
        );
      });
      const before = await tops(open);
      await page.evaluate(() => window.harness.answerAll());
      await page.locator('.lyapunov-point').first().waitFor();
      await settle(page);
      assert.deepEqual(await tops(open), before);
      await tester.release(page);
    });
});
