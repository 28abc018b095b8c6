// Runs on tasks in plain Chromium: what is predicted of an example, what speaks for it, and how well the run does, by keyboard and in every theme.
import assert from 'node:assert/strict';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { CSV, choose, saved } from './figureMenus';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, type InspectorPage } from './page';

describe('an example of a task', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  afterEach(() => {
    assert.deepEqual(open.problems, []);
    return tester.release(open.page);
  });

  async function look(state: ScenarioName): Promise<void> {
    open = await tester.open({ state, width: 1000, height: 1400 });
  }
  const texts = (selector: string): Promise<string[]> =>
    open.page.locator(selector).evaluateAll((found) => found.map((node) => node.textContent?.trim() ?? ''));
  const isShown = (selector: string): Promise<boolean> => open.page.locator(selector).first().isVisible();

  it('is shown with its classes, what is right and whether it was met, and nothing of next tokens', async () => {
    await look('classified');
    assert.deepEqual(await texts('.prediction-chips .prediction'), ['positive91 %', 'negative9 % ✓']);
    assert.deepEqual(await texts('.verdict'), ['wrong']);
    assert.equal(await open.page.locator('.prediction-arrows .arrow').count(), 6);
    assert.deepEqual(await texts('.prediction-mark .prediction-name'), ['negative']);
    const text = await open.page.locator('.text-target').boundingBox();
    assert.ok(text && text.width >= 6 * 60, 'a short sentence has wide columns');
    for (const selector of ['.triangle', '.gradient', '.weight-section', '.reading', '.lyapunov', '.continuation'])
      assert.equal(await isShown(selector), false, selector);
    assert.equal(await isShown('.layer-gradients'), true);
    assert.deepEqual(await texts('.run-bar .score'), ['77.5 %']);
    assert.match((await texts('.run-bar .configuration'))[0], /^classification, mean pooling · words/);
  });

  it('has arrows with a sign for the class that is chosen', async () => {
    await look('classified');
    const { page } = open;
    await page.locator('.prediction-arrows select').selectOption('integrated');
    await page.locator('.prediction-arrows .arrow.lowers').first().waitFor();
    const about = async () => (await texts('.prediction-arrows .influence-about'))[0];
    assert.match(
      await about(),
      /^what each token adds to F, the logit of the class “positive” · delta under 0\.1 % in 32/,
    );
    const chip = page.locator('.prediction-chips .prediction').nth(1);
    await chip.focus();
    await page.keyboard.press('Enter');
    await page.locator('.prediction-arrows .prediction-name', { hasText: 'negative' }).waitFor();
    await page.waitForFunction(() =>
      document.querySelector('.prediction-arrows .influence-about')?.textContent?.includes('“negative”'),
    );
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  });

  it('has its tags under its tokens, and arrows from both sides to the one at the focus', async () => {
    await look('tagged');
    const tags = await open.page
      .locator('.track.tags text')
      .evaluateAll((all) => all.map((tag) => [tag.lastChild?.textContent, tag.classList.contains('missed')]));
    assert.deepEqual(
      tags.map(([tag]) => tag),
      ['DET', 'NOUN', 'VERB', 'ADV', 'ADJ', 'PUNCT'],
    );
    assert.deepEqual(
      tags.map(([, missed]) => missed),
      [false, false, true, false, false, false],
    );
    const sources = await open.page
      .locator('.prediction-arrows path.arrow')
      .evaluateAll((all) => all.map((path) => Number(/^M([\d.]+)/.exec(path.getAttribute('d') ?? '')?.[1])));
    const tip = await open.page.locator('.prediction-mark .tip').getAttribute('d');
    const to = Number(/L([\d.]+)/.exec(tip ?? '')?.[1]);
    assert.ok(sources.some((x) => x < to) && sources.some((x) => x > to), 'from the left and from the right');
  });

  it('is a sentence with a word hidden where that is the task, and a click hides another', async () => {
    await look('hiddenWord');
    assert.equal(await open.page.locator('.hidden-token').count(), 1);
    assert.deepEqual((await texts('.prediction-chips .prediction')).slice(0, 2), ['very40 %', 'really22 %']);
    const target = await open.page.locator('.text-target').boundingBox();
    assert.ok(target);
    await open.page.mouse.click(target.x + (1.5 / 6) * target.width, target.y + 60);
    const revealed = (await open.posted()).filter(({ kind }) => kind === 'reveal');
    assert.deepEqual([revealed.at(-1)?.start, revealed.at(-1)?.end], [4, 9], 'the cursor goes to “movie”');
  });

  it('has scores with a confusion matrix to walk through by arrow keys, and to take away as numbers', async () => {
    await look('classified');
    assert.match((await texts('.scores-lead'))[0], /accuracy 77\.5 % \(95 % between 69\.2 % and 84\.1 %, Wilson\)/);
    const { page } = open;
    await page.locator('.confusion td').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '15');
    assert.equal((await texts('.scores > [role=status]'))[0], '“positive” taken for “negative”: 15 of 59');
    await choose(open, '.scores > .section-header', CSV);
    const [file] = await saved(open);
    assert.match(file.content, /positive,negative,15,/);
  });

  it('is read forward only and both ways, with what each token adds in both on one scale', async () => {
    await look('twoDirections');
    await open.page.locator('.direction-rows rect').nth(11).waitFor();
    const said = await texts('.direction-said');
    assert.match(
      said[0],
      /^BiLSTM 64, reads both ways · p of “positive”: 91 % · F = 1\.70 · accuracy 77\.5 % \(69\.2 %/,
    );
    assert.match(said[1], /^LSTM 64, reads forward only · p of “positive”: 91 % · F = −0\.90 · accuracy 70\.8 %/);
    const heights = await open.page
      .locator('.direction-rows rect')
      .evaluateAll((bars) => bars.map((bar) => [bar.classList.contains('raises'), Number(bar.getAttribute('height'))]));
    const [terriblyBoth, excitingBoth, terriblyForward] = [heights[3], heights[4], heights[9]] as [boolean, number][];
    assert.deepEqual([terriblyBoth[0], excitingBoth[0], terriblyForward[0]], [false, true, false]);
    assert.ok(Math.abs(terriblyForward[1] / excitingBoth[1] - 2.4 / 2.1) < 0.01, 'one scale');
  });

  it('tells what the states at a word have read, and how those of a pinned sentence differ', async () => {
    await look('classified');
    const { page } = open;
    assert.deepEqual(await texts('.state-strips span'), [
      '→ the forward state has read “the movie was terribly”',
      '← the backward state has read “terribly exciting !”',
    ]);
    assert.equal(await page.locator('.state-strip').first().locator('i').count(), 32);
    await page.locator('.state-neighbours table').nth(2).waitFor();
    assert.match((await texts('.state-neighbours .note'))[0], /7 of 12 “positive”, 5 of 12 “negative”/);
    await page.getByRole('button', { name: 'Pin “terribly” of this sentence to compare' }).click();
    await page.locator('.state-differences li').nth(2).waitFor();
    assert.deepEqual((await texts('.state-differences li')).slice(1), [
      'forward: the state at “terribly” is identical to the bit',
      'backward: the states at “terribly” differ, ‖Δ‖ = 1.84 of ‖h‖ = 2.20, cosine 0.41',
    ]);
    const asked = (await open.posted()).flatMap((message) => (message.kind === 'ask' ? [message.question] : []));
    const last = asked.findLast((question) => (question as { about: string }).about === 'tokenStates');
    assert.deepEqual((last as { pinned: unknown }).pinned, { text: 'the movie was terribly exciting !', cursor: 22 });
  });

  it('has no accessibility violation in any theme', async () => {
    await look('twoDirections');
    const parts = ['.prediction-arrows', '.prediction-chips', '.scores', '.directions-section'];
    for (const theme of THEMES) assert.deepEqual(await violationsIn(theme, open.page, parts), [], theme);
  });
});
