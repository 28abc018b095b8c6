// The section Probes in plain Chromium: folded it asks nothing; unfolded it shows a row a layer and says what was measured.
import assert from 'node:assert/strict';
import { violations } from './accessibility';
import { settle, WebviewTester, type InspectorPage, type OpenOptions } from './page';

describe('the section Probes', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  const asked = async ({ posted }: InspectorPage): Promise<number> =>
    (await posted()).filter(({ question }) => JSON.stringify(question)?.includes('probes')).length;

  async function unfolded(options: OpenOptions): Promise<InspectorPage> {
    const open = await tester.open(options);
    assert.equal(await asked(open), 0, 'folded it asks nothing');
    await open.page.focus('.probes summary');
    await open.page.keyboard.press('Enter');
    await open.page.waitForSelector('.probes-table tbody tr');
    await settle(open.page);
    return open;
  }

  it('shows every layer above the embedding, and says whether layers differ as is said of them', async () => {
    const open = await unfolded({ state: 'stacked' });
    assert.equal(await asked(open), 1);
    const rows = await open.page.locator('.probes-table tbody th').allTextContents();
    assert.deepEqual(rows, ['layer 3', 'layer 2', 'layer 1', 'embedding']);
    assert.equal(await open.page.locator('.probes-table .probe-now').count(), 4 * 5);
    const said = (await open.page.textContent('.probes .reading-sentence')) ?? '';
    assert.match(said, /kind of the character: layer 1; .*kind of the character before: not told apart by layer/);
    assert.match(said, /As is said of deep networks: upwards/);
    assert.match(said, /Against: before training these are read worse beyond doubt: capital or small/);
    assert.match((await open.page.textContent('.probes .figure-note')) ?? '', /n = 4,096 held out/);
    assert.deepEqual([await violations(open.page, ['.probes']), open.problems], [[], []]);
  });

  it('says of a single layer what can be read', async () => {
    const open = await unfolded({ state: 'training', width: 500 });
    assert.match((await open.page.textContent('.probes .reading-sentence')) ?? '', /place in the word: 86\.0 %/);
    const width = await open.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 500, `${width}`);
  });

  it('asks for a file of annotated sentences, shows what it says beside the others, and says why a broken one does not', async () => {
    const { page, posted, problems } = await unfolded({ state: 'stacked', width: 500 });
    await page.click('.probes-buttons vscode-button');
    assert.equal((await posted()).filter(({ kind }) => kind === 'chooseAnnotations').length, 1);
    const choose = (name: string, chosen: number) =>
      page.evaluate((message) => window.harness.send(message), {
        ...{ kind: 'annotations', file: { uri: '', name, path: `/${name}`, part: { kind: 'whole' } }, chosen },
      });
    await choose('dev.conllu', 1);
    await page.waitForSelector('.probes-annotated tbody tr');
    const rows = await page.locator('.probes-annotated .probes-table tr').allTextContents();
    assert.deepEqual(rows[0], 'part of speech, n = 4,960number (singular, plural), n = 1,530');
    assert.equal(rows[rows.length - 1], 'always the most frequent17.1 %74.2 %');
    assert.match(
      (await page.textContent('.probes-annotated .reading-sentence')) ?? '',
      /part of speech: layer 3; number/,
    );
    assert.match((await page.textContent('.probes-annotated .figure-note')) ?? '', /dev\.conllu · 24,800 words/);
    await page.evaluate(() => (window.harness.answers = false));
    await choose('broken.conllu', 2);
    await page.waitForFunction(() =>
      /reading “broken/.test(document.querySelector('.probes-annotated')?.textContent ?? ''),
    );
    assert.equal(
      await page.locator('.probes-annotated tbody tr').filter({ visible: true }).count(),
      0,
      'no other file’s',
    );
    const id = await page.waitForFunction(
      () =>
        (window.harness.posted as { id?: number; question?: { chosen?: number } }[]).find(
          ({ question }) => question?.chosen === 2,
        )?.id,
    );
    const problem = '“broken.conllu”, line 2: 1 column instead of 10, separated by tabs.';
    await page.evaluate((message) => window.harness.send(message), {
      ...{ kind: 'answer', id: await id.jsonValue(), answered: null, problem },
    });
    await page.waitForFunction(
      (text) => document.querySelector('.probes-annotated')?.textContent?.includes(text),
      problem,
    );
    await page.click('.probes-buttons .link-button');
    await page.waitForFunction(
      (text) => !document.querySelector('.probes-annotated')?.textContent?.includes(text),
      problem,
    );
    assert.deepEqual(problems, []);
  });
});
