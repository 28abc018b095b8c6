// The sections Agreement and Gradient along arcs in plain Chromium: folded they ask nothing; unfolded they ask until all is measured, show a
// line per model that is compared, and say in sentences why something cannot be shown.
import assert from 'node:assert/strict';
import { violations } from './accessibility';
import { rest, WebviewTester, type InspectorPage, type OpenOptions } from './page';

/** What the words of the prefix add, as the harness answers. */
const NUMBERS = ['−0.21', '−0.23', '+0.11', '−0.09', '−0.08'];

describe('the sections Agreement and Gradient along arcs', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  const asked = async ({ posted }: InspectorPage, about: string): Promise<{ runId?: unknown; question: unknown }[]> =>
    (await posted()).flatMap(({ kind, question, runId }) =>
      kind === 'ask' && (question as { about: string }).about === about ? [{ runId, question }] : [],
    );

  async function unfolded(section: string, about: string, options: OpenOptions): Promise<InspectorPage> {
    const open = await tester.open(options);
    assert.deepEqual(await asked(open, about), [], 'folded it asks nothing');
    await open.page.focus(`.${section} summary`);
    await open.page.keyboard.press('Enter');
    await rest(open.page);
    await open.page.waitForSelector(`.${section} svg.interval-chart`);
    return open;
  }

  const broken = ({ page }: InspectorPage, section: string) => violations(page, [`.${section}`]);

  it('measures arcs over more and more sentences, up to a sample that it names, and more when asked', async () => {
    const open = await unfolded('joined', 'joined', { state: 'finished' });
    const { page, problems } = open;
    await page.waitForSelector('.joined vscode-button:not([hidden])');
    assert.deepEqual(
      (await asked(open, 'joined')).map(({ question }) => (question as { sentences: number }).sentences),
      [20, 40, 80, 160, 320],
    );
    assert.match(
      (await page.textContent('.joined-note')) ?? '',
      /the first 320 of 1,240 sentences .*parser for English/,
    );
    const titles = await page.locator('.joined-figure .interval-mark title').allTextContents();
    assert.equal(titles.length, 3 * 7, 'a mark for every direction at every distance');
    assert.ok(titles.every((title) => /n = \d+ arcs/.test(title)));
    assert.equal(await page.locator('.joined-figure .interval-mark.few').count(), 3, 'those of 13 words and more');
    await page.click('.joined vscode-button');
    await rest(page);
    await page.waitForFunction(() => /the first 1,240/.test(document.querySelector('.joined-note')?.textContent ?? ''));
    assert.deepEqual([await broken(open, 'joined'), problems], [[], []]);
  });

  it('draws a line for every model that is compared, of the direction that is chosen', async () => {
    const open = await unfolded('joined', 'joined', { state: 'comparison', width: 500 });
    const { page, problems } = open;
    await rest(page);
    await page.waitForFunction(() => document.querySelectorAll('.joined-figure .line-name').length === 3);
    const names = await page.locator('.joined-figure .line-name').allTextContents();
    assert.deepEqual(names.sort(), ['GRU 151', 'LSTM 128', 'Vanilla tanh 272']);
    await page.click('.joined [data-key="norm"]');
    await page.click('.joined [data-key="headFirst"]');
    await page.waitForSelector('.joined-figure .interval-mark.null');
    assert.match((await page.textContent('.joined-note')) ?? '', /geometric mean/);
    const runs = new Set((await asked(open, 'joined')).map(({ runId }) => runId));
    assert.equal(runs.size, 3);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 500);
    assert.deepEqual(problems, []);
  });

  it('says why there is nothing to measure, and how trees may be imported', async () => {
    const open = await tester.open({ state: 'finished' });
    const { page, posted } = open;
    await page.evaluate(() => (window.harness.answers = false));
    await page.click('.joined summary');
    const id = await page.waitForFunction(
      () =>
        (window.harness.posted as { id?: number; question?: { about: string } }[]).find(
          ({ question }) => question?.about === 'joined',
        )?.id,
    );
    const value = {
      ...{ problem: 'noTrees', reads: 'forward', unit: 'characters', curves: [], relations: [], nullByLag: [] },
      ...{ sentences: 0, sentencesInAll: 0, words: 0, arcs: 0, seconds: 0 },
      leftOut: { unaligned: 0, unknown: 0, long: 0, unmatched: 0 },
      trees: { source: 'parser', language: null, file: null },
    };
    await page.evaluate((message) => window.harness.send(message), {
      ...{ kind: 'answer', id: await id.jsonValue(), problem: null },
      answered: { about: 'joined', step: 4000, value, milliseconds: 1 },
    });
    await rest(page);
    await page.waitForFunction(() =>
      /neither/.test(document.querySelector('.joined .measured-problems')?.textContent ?? ''),
    );
    await page.click('.joined .link-button');
    assert.equal((await posted()).filter(({ action }) => action === 'importTrees').length, 1);
  });

  it('tells which continuation is likelier, what speaks for it, what attractors do to it, and refuses in sentences', async () => {
    const open = await unfolded('agreement', 'agreement', { state: 'words' });
    const { page, problems } = open;
    assert.match((await page.textContent('.agreement .reading-sentence')) ?? '', /P\(is\) = 3\.34 % .*2\.92 times/);
    assert.equal(await page.locator('.prefix-arrows .arrow').count(), 5, 'an arrow from every word of the prefix');
    assert.deepEqual(await page.locator('.prefix-word .note').allTextContents(), NUMBERS, 'with its number');
    await page.focus('.agreement-prefix');
    await page.keyboard.press('ArrowLeft');
    assert.match((await page.textContent('.agreement-said')) ?? '', /^“books”: −0\.08 nats, .* speaks for “are”$/);
    assert.equal(await page.locator('.arrow.chosen').count(), 1, 'it alone stands out');
    await page.keyboard.press('Escape');
    await page.hover('.prefix-word >> nth=2');
    assert.match((await page.textContent('.agreement-said')) ?? '', /^“of”: \+0\.11 nats, .* speaks for “is”$/);
    await page.click('.agreement .table-alternative summary');
    await page.waitForSelector('.agreement .table-alternative tbody tr');
    assert.equal(await page.locator('.agreement .table-alternative tbody tr').count(), 5);
    assert.equal(await page.locator('.agreement-ladder-figure .interval-mark').count(), 2 * 7, 'and the control');
    assert.deepEqual(await broken(open, 'agreement'), []);
    const says = async (text: RegExp) => {
      await rest(page);
      assert.match((await page.textContent('.agreement-refused:not([hidden])')) ?? '', text);
    };
    const [prefix, first] = [page.locator('.agreement .text-field').first(), page.locator('.text-field.short').first()];
    await first.fill('are');
    await says(/are the same to this model/);
    await first.fill('zzz');
    await says(/does not know “zzz”/);
    await first.fill('is');
    await prefix.fill('');
    await says(/Type a prefix/);
    await prefix.fill('It seems that the writer');
    await rest(page);
    await page.waitForFunction(() =>
      /Say above whether it is singular/.test(document.querySelector('.agreement')?.textContent ?? ''),
    );
    await page.click('.agreement [data-key="plural"]');
    await rest(page);
    await page.waitForFunction(() =>
      /for a plural subject/.test(document.querySelector('.agreement')?.textContent ?? ''),
    );
    await page.click('.agreement [data-key="own"]');
    await page.fill('.agreement textarea', 'The book\n\nThe book by the walls');
    await rest(page);
    await page.waitForFunction(() => document.querySelectorAll('.agreement-ladder-figure .interval-mark').length === 2);
    const last = (await asked(open, 'agreement')).at(-1)?.question as { steps: string[] };
    assert.deepEqual(last.steps, ['The book', 'The book by the walls']);
    assert.deepEqual(problems, []);
  });

  it('asks every model that is compared about the prefix and the attractors, and draws them all', async () => {
    const open = await unfolded('agreement', 'agreement', { state: 'comparison', width: 500 });
    const { page, problems } = open;
    await rest(page);
    await page.waitForFunction(() => document.querySelectorAll('.prefix-arrows .line-name').length === 3);
    const names = ['LSTM 128', 'GRU 151', 'Vanilla tanh 272'];
    assert.deepEqual(await page.locator('.prefix-arrows .line-name').allTextContents(), names);
    assert.equal(await page.locator('.odds-bar rect').count(), 3);
    const drawn = await page.locator('.agreement-ladder-figure .line-name').allTextContents();
    assert.deepEqual(drawn.sort(), [...names].sort());
    assert.equal(new Set((await asked(open, 'agreement')).map(({ runId }) => runId)).size, 3);
    await page.focus('.agreement-prefix');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    assert.match((await page.textContent('.agreement-said')) ?? '', /^GRU 151 · “k”/);
    assert.deepEqual([await broken(open, 'agreement'), problems], [[], []]);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 500);
  });

  it('says that a set is scored in part while weights change, and how all of it is', async () => {
    const open = await unfolded('agreement', 'agreement', { state: 'training' });
    const { page, posted } = open;
    await page.click('.agreement-sets vscode-button');
    await rest(page);
    await page.waitForFunction(() =>
      /only 400 of 1,200/.test(document.querySelector('.agreement-sets')?.textContent ?? ''),
    );
    await page.click('.agreement-sets .link-button:not([hidden]) >> nth=0');
    assert.equal((await posted()).filter(({ action }) => action === 'pause').length, 1);
    await page.click('.agreement-sets .link-button:not([hidden]) >> nth=1');
    assert.equal((await posted()).filter(({ kind }) => kind === 'snapshot').length, 1);
  });

  it('scores sets piece by piece until all is scored, and lists the lines of a file that it cannot use', async () => {
    const open = await unfolded('agreement', 'agreement', { state: 'finished', width: 500 });
    const { page, problems } = open;
    await page.click('.agreement-sets vscode-button');
    await rest(page);
    await page.waitForFunction(() =>
      /% of 1,200 items/.test(document.querySelector('.agreement-sets')?.textContent ?? ''),
    );
    assert.equal((await asked(open, 'agreementSet')).length, 3, '400 items at a time');
    assert.match((await page.textContent('.agreement-set-note')) ?? '', /Wilson.*strict curve/);
    const content = '{"sentence_good": "She is.", "sentence_bad": "She are."}';
    await page.setInputFiles('.agreement-sets input[type="file"]', {
      ...{ name: 'pairs.jsonl', mimeType: 'application/json', buffer: Buffer.from(content) },
    });
    await rest(page);
    await page.waitForFunction(() =>
      /line 12: the line is no/.test(document.querySelector('.agreement-sets')?.textContent ?? ''),
    );
    const last = (await asked(open, 'agreementSet')).at(-1)?.question;
    assert.deepEqual(last, { about: 'agreementSet', set: { kind: 'file', name: 'pairs.jsonl', content } });
    assert.match((await page.textContent('.agreement-sets .reading-sentence')) ?? '', /chance would be right in 50 %/);
    await page.setInputFiles('.agreement-sets input[type="file"]', {
      ...{ name: 'empty.conllu', mimeType: 'text/plain', buffer: Buffer.from('') },
    });
    await rest(page);
    await page.waitForFunction(() =>
      /nothing to score: no sentence has a noun subject/.test(
        document.querySelector('.agreement-sets .reading-sentence')?.textContent ?? '',
      ),
    );
    const seen = await page.locator('.agreement-sets').innerText();
    assert.doesNotMatch(seen, /Against|Right:|as a table/, 'nothing is said of what was not scored');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 500);
    assert.deepEqual(problems, []);
  });
});
