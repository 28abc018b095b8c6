// Syntactic arcs in plain Chromium: what is drawn is what was answered, on the columns of the text, by pointer and by key.
import { csvParse } from 'd3-dsv';
import assert from 'node:assert/strict';
import { violationsIn } from './accessibility';
import { rest, settle, THEMES, WebviewTester, type InspectorPage } from './page';
import { unclear } from './clearPage';
import { choose, CSV, saved, SVG } from './figureMenus';

const LECTURE = 'Scientists study whales from space. The writer of the books that the young farmers admire is old. ';
/** Focus at “space”. */
const AT_SPACE = { words: 4, characters: 33 };

describe('syntactic arcs', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await tester.release(open.page);
  });

  const show = async (
    unit: 'words' | 'characters',
    options: Parameters<WebviewTester['open']>[0] = {},
    shown = LECTURE,
  ) => {
    open = await tester.open({ state: unit === 'words' ? 'words' : 'training', ...options });
    const { page } = open;
    await page.evaluate(([text, words, focus]) => window.harness.draw({ text, words, focus, columns: 97 }), [
      shown,
      unit === 'words',
      AT_SPACE[unit],
    ] as const);
    await page.locator('.syntax-header input').first().check();
    await page.locator('.syntax-root').first().waitFor();
    await settle(page);
    return page;
  };
  const label = (name: string) => open.page.locator('.syntax-tools label', { hasText: name }).locator('input');
  const arcOf = (dependent: number) => open.page.locator(`.syntax-arc[data-dependent="${dependent}"]`);
  const said = () => open.page.locator('.syntax-said').textContent();

  it('are asked for only when the section is opened, which is remembered', async () => {
    open = await tester.open({});
    const asked = async () => (await open.posted()).filter(({ kind }) => kind === 'ask').map((one) => one.question);
    await rest(open.page);
    assert.ok(!(await asked()).some((question) => (question as { about: string }).about === 'syntax'));
    await open.page.locator('.syntax-header input').first().check();
    await open.page.locator('.syntax-root').first().waitFor();
    assert.ok((await asked()).some((question) => (question as { about: string }).about === 'syntax'));
    await open.page.reload();
    await open.page.locator('.syntax-root').first().waitFor();
  });

  it('join the columns of their words, with an arrowhead at the dependent, or at the head', async () => {
    const page = await show('words');
    const columns = await page.evaluate(() => {
      const target = document.querySelector('.text-target');
      return { left: parseFloat((target as HTMLElement).style.left) };
    });
    const head = await arcOf(0).locator('.syntax-head').getAttribute('d');
    const tip = Number(/L([\d.]+),/.exec(head ?? '')?.[1]);
    assert.ok(tip > columns.left && tip < columns.left + 24, 'at “Scientists”');
    await page.getByLabel('Arrows point to').selectOption('head');
    await settle(page);
    const turned = await arcOf(0).locator('.syntax-head').getAttribute('d');
    const other = Number(/L([\d.]+),/.exec(turned ?? '')?.[1]);
    assert.ok(other > columns.left + 24 && other < columns.left + 48, 'at “study”');
    assert.equal(await page.locator('.syntax-root').count(), 2);
  });

  it('end at the middle of words of many characters, which are bracketed', async () => {
    const page = await show('characters');
    const left = await page.evaluate(() =>
      parseFloat(document.querySelector<HTMLElement>('.text-target')?.style.left ?? ''),
    );
    const head = await arcOf(0).locator('.syntax-head').getAttribute('d');
    const tip = Number(/L([\d.]+),/.exec(head ?? '')?.[1]);
    assert.equal(tip, left + 5 * 8, 'the middle of the ten letters of “Scientists”');
    const brackets = (await page.locator('.syntax-bracket').getAttribute('d')) ?? '';
    assert.equal([...brackets.matchAll(/M/g)].length, 17, 'every word but the full stops');
  });

  it('have two readings to switch between where the sentence has two, and say what is different', async () => {
    const page = await show('words');
    const buttons = page.locator('.syntax-readings button');
    assert.deepEqual(await buttons.allTextContents(), ['Reading 1 of 2 · 58 %', 'Reading 2 of 2 · 31 %']);
    assert.equal(
      await page.locator('.syntax-ambiguity').textContent(),
      '“space” belongs to “study” (60 %) or to “whales” (33 %).',
    );
    assert.match((await arcOf(4).locator('title').textContent()) ?? '', /“space” depends on “study”: obl, where, when/);
    assert.match((await arcOf(4).getAttribute('class')) ?? '', /differs/);
    await buttons.nth(1).focus();
    await page.keyboard.press('Enter');
    await settle(page);
    assert.match((await arcOf(4).locator('title').textContent()) ?? '', /“space” depends on “whales”: nmod/);
    assert.match((await arcOf(4).getAttribute('class')) ?? '', /faint.*differs/);
    assert.equal(await buttons.nth(1).getAttribute('aria-pressed'), 'true');
    await page.getByRole('button', { name: 'Save as CoNLL-U…' }).click();
    const saving = (await open.posted()).find(({ action }) => action === 'saveParses');
    assert.deepEqual(saving?.seconds, [0], 'the reading that is shown is saved');
    // The next sentence has one reading: those of the one in sight are offered still.
    await page.locator('.text-target').focus();
    await page.keyboard.press('End');
    await settle(page);
    assert.ok(await page.locator('.syntax-readings').isVisible());
  });

  it('have readings of every sentence in sight, chosen by name or by key among the arcs, each kept', async () => {
    const page = await show('words', {}, `${LECTURE}Scientists study whales from space. `);
    const headOf = async (dependent: number) => (await arcOf(dependent).locator('title').textContent()) ?? '';
    assert.equal(await page.locator('.syntax-arc.differs').count(), 2, 'both sentences');
    const buttons = page.locator('.syntax-readings button');
    await buttons.nth(1).click();
    await page.getByLabel('Sentence with two readings').selectOption({ index: 1 });
    assert.equal(await buttons.nth(0).getAttribute('aria-pressed'), 'true');
    await page.locator('.syntax-target').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await settle(page);
    assert.match(await headOf(4), /“space” depends on “whales”/, 'the first sentence stays as chosen');
    assert.match(await headOf(23), /“space” depends on “whales”/);
    assert.match((await said()) ?? '', /^“space” depends on “whales”/);
    assert.equal(await buttons.nth(1).getAttribute('aria-pressed'), 'true');
  });

  it('stand between the influence arrows and the text, with their feet at the words, or under the text', async () => {
    const page = await show('characters');
    /** Tops and bottoms. */
    const boxes = (...selectors: string[]) =>
      Promise.all(
        selectors.map(async (selector) => {
          const { y, height } = (await page.locator(selector).first().boundingBox()) ?? { y: NaN, height: NaN };
          return [y, y + height] as const;
        }),
      );
    const [influence, over, text, head] = await boxes('.influence', '.track.syntax', '.track.text', '.syntax-head');
    assert.ok(influence[1] <= over[0] && over[1] <= text[0] && over[1] - head[1] < 8);
    await label('below').check();
    await settle(page);
    const [letters, under, mirrored] = await boxes('.track.text', '.track.syntax', '.syntax-head');
    assert.ok(letters[1] <= under[0] && mirrored[0] - under[0] < 8);
    await page.waitForFunction(() => JSON.stringify(window.harness.saved).includes('syntax.below'));
  });

  it('keep what stays in sight within three fifths of the panel: the influence arrows go first, then all of it', async () => {
    const page = await show('words');
    const staying = page.locator('.sticky');
    const height = (await staying.boundingBox())?.height ?? 0;
    const top = async (panel: number): Promise<number | null> => {
      await page.setViewportSize({ width: 1000, height: Math.round(panel) });
      await page.evaluate(() => window.scrollTo(0, (document.querySelector('.gates') as HTMLElement).offsetTop));
      await settle(page);
      const position = await staying.evaluate((element) => getComputedStyle(element).position);
      return position === 'sticky' ? ((await staying.boundingBox())?.y ?? NaN) : null;
    };
    assert.equal(await top(height / 0.58), 0);
    const away = await top(height / 0.64);
    assert.ok(away !== null && away < -80 && away > -140, String(away));
    assert.equal(await top(430), null);
  });

  it('turn to function words as heads', async () => {
    const page = await show('words');
    await label('function words').check();
    await settle(page);
    assert.match((await arcOf(3).locator('title').textContent()) ?? '', /“from” depends on “study”: obl/);
    assert.match((await arcOf(4).locator('title').textContent()) ?? '', /“space” depends on “from”: comp:obj/);
  });

  it('say which of them the gradient follows, and by chance how many would; the toggle takes the colours away', async () => {
    const page = await show('words');
    const legend = (await page.locator('.syntax-legend').textContent()) ?? '';
    const [, follows, of, chance] = /follows the arc: (\d+) of (\d+) arcs, by chance ([\d.]+)/.exec(legend) ?? [];
    assert.equal(Number(follows), await page.locator('.syntax-arc.follows').count());
    assert.ok(Math.abs(Number(chance) - 0.2 * Number(of)) < 0.06);
    await label('gradient').uncheck();
    await settle(page);
    assert.equal(await page.locator('.syntax-arc.follows').count(), 0);
    assert.equal(await page.locator('.arrow.no-arc').count(), 0);
    assert.doesNotMatch((await page.locator('.syntax-legend').textContent()) ?? '', /gradient/);
  });

  it('are gone through by key, each said, and the word becomes the focus', async () => {
    const page = await show('words');
    await page.locator('.syntax-target').focus();
    await page.keyboard.press('Home');
    assert.match((await said()) ?? '', /^“Scientists” depends on “study”: nsubj, subject: who or what does it/);
    await page.keyboard.press('ArrowUp');
    assert.match((await said()) ?? '', /^“study” is the root/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match((await said()) ?? '', /^“whales” depends on “study”: obj/);
    assert.match((await arcOf(2).getAttribute('class')) ?? '', /chosen/);
    await page.keyboard.press('Enter');
    await settle(page);
    assert.match((await page.locator('.text-target').getAttribute('aria-label')) ?? '', /whales/);
  });

  it('are a table and a file besides, with what the picture shows', async () => {
    const page = await show('words');
    await label('table').check();
    await settle(page);
    const row = page.locator('.syntax-table tbody tr').nth(4);
    assert.match((await row.textContent()) ?? '', /^spaceNOUNstudyobl/);
    await choose(open, '.syntax-header', CSV);
    await choose(open, '.syntax-header', SVG);
    const [csv, drawing] = await saved(open);
    const space = csvParse(csv.content).find(({ form }) => form === 'space');
    assert.deepEqual([space?.head_form, space?.relation, space?.arc_probability], ['study', 'obl', '0.6']);
    assert.match(drawing.content, />acl:relcl</);
    assert.match(drawing.content, /“space” belongs to “study”/);
  });

  it('say why there are none in a language without a parser, and offer to import some', async () => {
    open = await tester.open({});
    await open.page.evaluate(() => window.harness.draw({ text: 'Учёные изучают китов из космоса. ', focus: 12 }));
    await open.page.locator('.syntax-header input').first().check();
    const missing = open.page.locator('.syntax-missing', { hasText: 'no parser for this language' });
    await missing.waitFor();
    await open.page.getByRole('button', { name: 'Import trees…' }).click();
    const posted = await open.posted();
    assert.ok(posted.some(({ kind, action }) => kind === 'action' && action === 'importTrees'));
  });

  it('can be read and have no accessibility violations in all themes, in narrow panels too', async () => {
    const page = await show('words', { width: 500 });
    for (const theme of THEMES) {
      await page.setViewportSize({ width: theme === 'dark' ? 500 : 1000, height: 900 });
      assert.deepEqual(await violationsIn(theme, page, ['.syntax-section', '.syntax-over']), [], theme);
      const complaints = await unclear(page);
      assert.deepEqual(
        complaints.filter((complaint) => complaint.includes('syntax')),
        [],
      );
    }
  });
});
