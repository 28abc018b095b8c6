// The parameters in the section Model, in plain Chromium: a row each, asked for only while it is looked at, and the ways out and in.
import assert from 'node:assert/strict';
import { rest, WebviewTester, type InspectorPage } from './page';

describe('the parameters of a network', function () {
  this.timeout(60_000);
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

  async function open(): Promise<InspectorPage> {
    const inspector = await tester.open({ height: 1400 });
    opened.push(inspector);
    return inspector;
  }

  async function unfolded(): Promise<InspectorPage> {
    const inspector = await open();
    await inspector.page.locator('.model summary').focus();
    await inspector.page.keyboard.press('Enter');
    return inspector;
  }

  it('lists every parameter with its shape, its spread now, its histogram and what it was drawn from', async () => {
    const { page } = await unfolded();
    const table = page.getByRole('table', { name: 'Parameters' });
    await table.waitFor();
    const rows = await table
      .getByRole('row')
      .evaluateAll((all) =>
        all.map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ')).slice(0, 3)),
      );
    assert.deepEqual(
      rows.map(([name, shape, values]) => `${name} ${shape} ${values}`),
      [
        'Name Shape Values',
        'embedding 65 × 64 4,160',
        'W_x 64 × 512 32,768',
        'W_h 128 × 512 65,536',
        'b 512 512',
        'W_o 128 × 65 8,320',
        'b_o 65 65',
        'All together 111,361 undefined',
      ],
    );
    const begun = await table
      .getByRole('row')
      .evaluateAll((all) => all.map((row) => row.lastElementChild?.textContent));
    assert.deepEqual(begun.slice(1, -1), [
      'N(0, 1)',
      'Glorot: U(±0.18), gate by gate',
      'orthogonal',
      '0; b_f = 1',
      'Glorot: U(±0.18)',
      '0',
    ]);
    const histogram = table.getByRole('img', { name: /^Histogram of W_h, / });
    assert.equal(await histogram.count(), 1);
    assert.match(
      (await histogram.locator('rect title').first().textContent()) ?? '',
      /^−0\.35 to −0\.33: [\d,]+ values$/,
    );
    assert.match(
      await page.locator('.weights > p').first().innerText(),
      /lamps\.txt · LSTM 128 · orthogonal, b_f = 1 · seed 1 · step 2,400/,
    );
  });

  it('asks for the weights only while it is unfolded', async () => {
    const inspector = await open();
    const asked = async () =>
      (await inspector.posted()).filter((message) => JSON.stringify(message).includes('"about":"weights"')).length;
    await rest(inspector.page);
    assert.equal(await asked(), 0);
    await inspector.page.locator('.model summary').focus();
    await inspector.page.keyboard.press('Enter');
    await inspector.page.getByRole('table', { name: 'Parameters' }).waitFor();
    assert.equal(await asked(), 1);
  });

  it('can be exported and imported from here', async () => {
    const { page, posted } = await unfolded();
    await page.getByRole('table', { name: 'Parameters' }).waitFor();
    await page.getByRole('button', { name: 'Export for PyTorch…' }).click();
    await page.getByRole('button', { name: 'Import PyTorch Weights…' }).click();
    const actions = (await posted()).filter(({ kind }) => kind === 'action');
    assert.deepEqual(
      actions.map((message) => (message as unknown as { action: string }).action),
      ['exportWeights', 'importWeights'],
    );
  });
});
