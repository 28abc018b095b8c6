// The section Compare in plain Chromium: what it asks of whom, what it says of terms, progress and memory, keyboard, export, themes.
import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, rest, settle, type InspectorPage, type OpenOptions } from './page';

describe('the section Compare', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  async function compared(options: OpenOptions = {}): Promise<InspectorPage> {
    const open = await tester.open({ state: 'comparison', height: 1200, ...options });
    await rest(open.page);
    return open;
  }
  const textOf = async ({ page }: InspectorPage, selector: string): Promise<string> =>
    (await page.textContent(selector)) ?? '';

  it('asks every run about the window, and draws every model with its seeds, band and memory length', async () => {
    const open = await compared();
    const asked = (await open.posted()).filter(({ question }) => JSON.stringify(question)?.includes('stateGradient'));
    assert.deepEqual(asked.map(({ runId }) => runId).sort(), [
      'gru-1',
      'gru-2',
      'gru-3',
      'lstm-2',
      'lstm-3',
      'lstm-harness',
      'vanilla-1',
      'vanilla-2',
      'vanilla-3',
    ]);
    const terms = 'same text and data order · same seeds 1, 2, 3 · parameters within 1.4 %';
    assert.equal(await textOf(open, '.compare .section-note'), terms);
    // The runs answer one after the other.
    const bars = open.page.locator('.compare-run .compare-bars .bar');
    await eventually('all bars', async () => (await bars.count()) === 3 * 96);
    assert.equal(await open.page.locator('.compare-chart .compare-line').count(), 3);
    assert.equal(await open.page.locator('.compare-chart .compare-band').count(), 3);
    assert.match(await textOf(open, '.compare-reading'), /40 steps back, .*GRU 151: .*LSTM 128: .*Vanilla tanh 272: /);
    assert.match(await textOf(open, '.compare-reading'), /GRU 151 remembers farthest: memory length \d+ \(\d+–\d+\)/);
    assert.match(await textOf(open, '.compare-reading'), /Against: between seeds alone, .* 3 seeds/);
    // The synthetic vanilla cell forgets at about 0.7 to the power lag^0.92: 1 % after some 16 steps.
    const [, length] = /gradient (\d+)/.exec(await textOf(open, '.compare-chart text:nth-last-of-type(2)')) ?? [];
    assert.ok(Math.abs(Number(length) - 16) <= 2, length);
    assert.deepEqual(open.problems, []);
  });

  it('follows the scrubber with every run, each at the last weights that it has kept until then, and says so', async () => {
    const open = await compared();
    const about = (k: number): Promise<string> => open.page.locator('.compare-head .note').nth(k).innerText();
    await open.page.evaluate(() => window.harness.show(60));
    await eventually('all at snapshots', async () =>
      (await Promise.all([0, 1, 2].map(about))).every((said) => said.includes('(snapshot)')),
    );
    assert.match(await about(0), /step 60 of 4,000 \(snapshot\)/);
    assert.match(await about(1), /step 56 of 4,000 \(snapshot\)/);
    assert.doesNotMatch(await about(1), /bits/, 'the score is not of these weights');
    assert.match(await textOf(open, '.compare-reading'), /Not all at step 60: GRU 151 at step 56, Vanilla tanh 272 at/);
    const asked = (await open.posted()).filter(({ snapshot }) => snapshot === 56);
    assert.deepEqual(new Set(asked.map(({ runId }) => runId)).size, 8, 'all but the run shown');
    await open.page.evaluate(() => window.harness.show(null));
    await eventually('back to live', async () => (await about(1)).includes('bits'));
    assert.doesNotMatch(await textOf(open, '.compare'), /\(snapshot\)|Not all at/);
    assert.deepEqual(open.problems, []);
  });

  it('holds losses against each other at equal steps and after equal time, on all of the text and on a part of it', async () => {
    const open = await compared();
    const block = (k: number) => open.page.locator('.fair-block').nth(k);
    assert.equal(await open.page.locator('.fair-block').count(), 2);
    assert.match((await block(0).locator('caption').textContent()) ?? '', /The first 10 % of the text/);
    assert.match(
      (await block(0).textContent()) ?? '',
      /At step 1,000: not told apart by 3 seeds.*ranges over seeds overlap/,
    );
    assert.match(
      (await block(1).textContent()) ?? '',
      /At step 4,000: every seed of GRU 151 lies under .* % of such comparisons/,
    );
    assert.match(
      (await block(1).textContent()) ?? '',
      /“LSTM by default, GRU for efficiency”, .* GRU takes 0\.79 times/,
    );
    assert.equal(await block(1).locator('tbody tr').count(), 3);
    assert.match((await block(1).locator('tbody tr').first().textContent()) ?? '', /2 of 3/, 'one still trains');
    assert.deepEqual(open.problems, []);
  });

  it('says what trains, waits and failed, stops on request, and goes without what is not there', async () => {
    const open = await compared({ state: 'comparing' });
    const going = await textOf(open, '.compare-going');
    assert.match(going, /GRU 151, seed 1: training, step 300 of 4,000 · waiting: 4/);
    assert.match(await textOf(open, '.compare-problems'), /Vanilla tanh 272, seed 1: The text is not there/);
    assert.match(await textOf(open, '.compare-reading'), /one seed\. Another seed may turn the order around/);
    assert.equal(await open.page.locator('.compare-chart .compare-band').count(), 0);
    await open.page.click('.compare-buttons >> text=Stop');
    await open.page.click('.compare-buttons >> text=End the comparison');
    const acts = (await open.posted()).filter(({ kind }) => kind === 'action').map(({ action }) => action);
    assert.deepEqual(acts, ['compareStop', 'compareEnd']);
    assert.deepEqual(open.problems, []);
  });

  it('follows focus and keyboard, and changes to absolute gradients and to tables', async () => {
    const open = await compared();
    const target = '.compare-run .heatmap-target';
    const spoken = (): Promise<string | null> => open.page.locator(target).nth(1).getAttribute('aria-label');
    assert.match((await spoken()) ?? '', /GRU 151: gradient of the loss at step 95 /);
    await open.page.locator(target).nth(1).focus();
    await open.page.keyboard.press('ArrowLeft');
    await settle(open.page);
    assert.match((await spoken()) ?? '', /at step 94 /);
    assert.equal(await open.page.locator('.compare-chart .one-percent').count(), 1);
    await open.page.focus('.compare-chart-head input');
    await open.page.keyboard.press('Space');
    await settle(open.page);
    assert.equal(await open.page.locator('.compare-chart .one-percent').count(), 0);
    await open.page.click('.compare .table-alternative summary');
    await settle(open.page);
    assert.equal(await open.page.locator('.compare .table-alternative table').count(), 2);
    assert.equal(await open.page.locator('.compare .table-alternative table').first().locator('tbody tr').count(), 3);
    assert.equal(
      await open.page.locator('.compare-rows-head .figure-menu, .compare-chart-head .figure-menu').count(),
      2,
    );
    assert.deepEqual(open.problems, []);
  });

  for (const width of [500, 2000])
    it(`keeps its labels apart and inside the panel at ${width} px`, async () => {
      const open = await compared({ width });
      const overlaps = await open.page.evaluate(() => {
        const texts = [...document.querySelectorAll('.compare-chart text')];
        const outside = texts.filter((text) => text.getBoundingClientRect().right > window.innerWidth);
        const apart = texts.flatMap((a, k) =>
          texts.slice(k + 1).flatMap((b) => {
            const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
            const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            return x > 2 && y > 4 ? [`${a.textContent} / ${b.textContent}`] : [];
          }),
        );
        return [...outside.map((text) => text.textContent), ...apart];
      });
      assert.deepEqual(overlaps, []);
      assert.ok(await open.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    });

  it('has no accessibility violations in any theme', async () => {
    const open = await compared();
    for (const theme of THEMES) assert.deepEqual(await violationsIn(theme, open.page, ['.compare']), [], theme);
  });
});
