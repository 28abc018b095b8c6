// The Lyapunov exponents over training: their geometry, and what a person reads, presses and is told.
import assert from 'node:assert/strict';
import { lyapunovChart, namedCurves } from '../../webview/chart/lyapunovChart';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, type InspectorPage, type OpenOptions } from './page';

describe('the chart of the exponents', () => {
  const points = [
    { step: 0, exponents: [-0.2, -0.5] },
    { step: 9, exponents: [0.1, -Infinity] },
    { step: 99, exponents: [-0.1, -0.11] },
  ];
  const chart = lyapunovChart(points, 999, 500, 200);

  it('has a logarithmic axis on which step 0 has a place', () => {
    const [zero, nine, ninetyNine, end] = [0, 9, 99, 999].map((step) => chart.x(step));
    assert.deepEqual([zero, end], [chart.left, chart.right]);
    assert.ok(Math.abs(nine - zero - (ninetyNine - nine)) < 1e-9 && Math.abs(nine - zero - (end - ninetyNine)) < 1e-9);
    assert.deepEqual(chart.steps, [0, 1, 10, 100, 999]);
  });

  it('shows where 0 is, whatever the exponents, and leaves a gap at −∞', () => {
    for (const exponents of [[-3], [2], [0], []])
      assert.ok(lyapunovChart([{ step: 0, exponents }], 10, 400, 200).values.includes(0));
    assert.equal((chart.curves[0].path.match(/[ML]/g) ?? []).length, 3);
    assert.ok(!chart.curves[1].path.includes('Infinity') && (chart.curves[1].path.match(/M/g) ?? []).length === 2);
  });

  it('names the curves whose ends are apart', () => {
    assert.deepEqual(namedCurves(chart), [0]);
    assert.deepEqual(namedCurves(lyapunovChart(points.slice(0, 1), 999, 500, 200)), [0, 1]);
  });
});

describe('the section of the exponents', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  const opened: InspectorPage[] = [];
  before(async () => (tester = await WebviewTester.launch()));
  afterEach(async () => {
    for (const { page, problems } of opened.splice(0)) {
      assert.deepEqual(problems, []);
      await tester.release(page);
    }
  });
  after(() => tester.close());

  async function unfolded(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await tester.open(options);
    opened.push(inspector);
    const asked = (await inspector.posted()).filter(({ kind }) => kind === 'ask');
    assert.ok(
      asked.every(({ question }) => (question as { about: string }).about !== 'lyapunov'),
      'folded it asks nothing',
    );
    await inspector.page.locator('.lyapunov summary').first().focus();
    await inspector.page.keyboard.press('Enter');
    await inspector.page.locator('.lyapunov-content svg').waitFor();
    return inspector;
  }

  it('says what the largest exponent means, and what the numbers come from', async () => {
    const { page } = await unfolded();
    const said = await page.locator('.lyapunov').innerText();
    assert.match(said, /At step 2,400, λ₁ = −0\.020: .* multiplied by 0\.980 each character; at step 0 by 0\.878\./);
    assert.match(
      said,
      /lamps\.txt · LSTM 128 · orthogonal, b_f = 1 · seed 1 · n = 12 snapshots · 192 steps of held-out text/,
    );
    assert.match(said, /after 64 of burn-in · QR method on the state of 256 units/);
  });

  it('leads to the snapshot of a point that is pressed, and marks it', async () => {
    const { page, posted } = await unfolded();
    await page.locator('.lyapunov-point').nth(5).click();
    const looked = (await posted()).filter(({ kind }) => kind === 'snapshot');
    assert.deepEqual(
      looked.map(({ step }) => step),
      [18],
    );
    await page.locator('.lyapunov-looked').waitFor({ state: 'attached' });
  });

  it('has every number in a table', async () => {
    const { page } = await unfolded();
    await page.locator('.lyapunov-table summary').click();
    const rows = page.locator('.lyapunov-table tbody tr');
    assert.equal(await rows.count(), 12);
    assert.equal(await rows.first().innerText(), '0\t−0.130000\t−0.143000\t−0.156000\t−0.169000');
  });

  for (const width of [1000, 500])
    it(`breaks no rule of accessibility in any theme at ${width} px`, async () => {
      const { page } = await unfolded({ width });
      for (const theme of THEMES) {
        assert.deepEqual(await violationsIn(theme, page, ['.lyapunov']), [], theme);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), theme);
      }
    });
});
