// The gates view in plain Chromium: orders of its rows, a pinned unit and what drives it, saturation; reachable by keyboard, in every theme.
import assert from 'node:assert/strict';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { gateRamp } from '../../webview/colourRamps';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { saturation } from '../../webview/geometry/saturation';
import { unitOrder } from '../../webview/unitOrder';
import { violations } from './accessibility';
import { THEMES, WebviewTester, rest, settle, type InspectorPage } from './page';

const message = SCENARIOS.training().find((candidate) => candidate.kind === 'frame');
if (message?.kind !== 'frame') throw new Error('the training scenario shows no frame');
const { header } = message.frame;
const arrays = decodeFrame(message.frame);
const steps = header.tokens.length;
const units = header.hiddenUnits;
const forget = arrays['gate.f'].values;

/** RGBA of one pixel of the forget gate's heatmap, and the heatmap's rows. */
const forgetPixel = ({ page }: InspectorPage, x: number, y: number): Promise<{ rows: number; colour: number[] }> =>
  page.evaluate(
    ([column, row]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.gate[data-gate="f"] canvas');
      const data = canvas?.getContext('2d')?.getImageData(column, row, 1, 1).data ?? [];
      return { rows: canvas?.height ?? 0, colour: [...data] };
    },
    [x, y],
  );
const colourOf = (value: number): number[] => {
  const k = Math.round(value * 255) * 4;
  return [...gateRamp(true).subarray(k, k + 4)];
};
const asked = async (open: InspectorPage, about: string): Promise<unknown[]> =>
  (await open.posted()).filter(
    ({ kind, question }) => kind === 'ask' && (question as { about: string }).about === about,
  );

/** What is looked at in which theme: every cell and every width once. */
const UNFOLDED = {
  dark: ['training', 500],
  light: ['gru', 1000],
  hc: ['vanilla', 2000],
  hcl: ['words', 1000],
} as const;

describe('the gates', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  beforeEach(async () => {
    open = await tester.open({ state: 'training', width: 1000, height: 1400 });
  });
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await tester.release(open.page);
  });

  it('give every unit a line of its own where that is wanted, in any order', async () => {
    assert.ok((await forgetPixel(open, 0, 0)).rows < units);
    await open.page.getByLabel('every unit').check();
    for (const choice of ['timeConstant', 'index', 'similarity', 'mean.o'] as const) {
      await open.page.getByLabel('order').selectOption(choice);
      await settle(open.page);
      const order = unitOrder(header, arrays, choice);
      for (const [t, row] of [
        [0, 0],
        [50, 17],
        [steps - 1, units - 1],
      ]) {
        const { rows, colour } = await forgetPixel(open, t, row);
        assert.equal(rows, units);
        assert.deepEqual(colour, colourOf(forget[t * units + order[row]]), `${choice}, step ${t}, row ${row}`);
      }
    }
  });

  it('keep the order chosen when the page comes back', async () => {
    await open.page.getByLabel('order').selectOption('mean.i');
    await open.page.waitForFunction(() => JSON.stringify(window.harness.saved).includes('mean.i'));
    await open.page.reload();
    await settle(open.page);
    assert.equal(await open.page.getByLabel('order').inputValue(), 'mean.i');
  });

  it('ask for nothing about a unit while its panel is folded, and for its drivers once a click on a row has pinned it', async () => {
    await rest(open.page);
    assert.deepEqual(await asked(open, 'drivers'), []);
    const box = await open.page.locator('.heatmap-target[data-gate="o"]').boundingBox();
    assert.ok(box);
    await open.page.mouse.click(box.x + 5, box.y + 2);
    await open.page.locator('.driver-places li').first().waitFor();
    const label = await open.page.locator('.heatmap-target[data-gate="o"]').getAttribute('aria-label');
    const pinned = Number(/unit (\d+)/.exec(label ?? '')?.[1]);
    const row = unitOrder(header, arrays).indexOf(pinned);
    assert.ok(row <= Math.ceil((3 / box.height) * units), `row ${row}`);
    assert.deepEqual(
      (await asked(open, 'drivers')).map((ask) => (ask as { question: unknown }).question),
      [{ about: 'drivers', unit: pinned, tokens: 60_000 }],
    );
    assert.match(
      (await open.page.locator('.unit-panel summary').textContent()) ?? '',
      new RegExp(`^Unit ${pinned}time constant`),
    );
    assert.equal(await open.page.locator('.driver-tokens tbody tr').count(), 12);
    assert.match((await open.page.locator('.unit-below .caption').textContent()) ?? '', /60,928 of 1,115,394 tokens/);
  });

  it('open the pinned unit by keyboard: Enter on a heatmap; its trace reads what the frame says', async () => {
    const heatmap = open.page.locator('.heatmap-target[data-gate="f"]');
    await heatmap.focus();
    await open.page.keyboard.press('Home');
    await open.page.keyboard.press('ArrowRight');
    await open.page.keyboard.press('Enter');
    await settle(open.page);
    const unit = Number(/unit (\d+)/.exec((await heatmap.getAttribute('aria-label')) ?? '')?.[1]);
    const said = await open.page.locator('.unit-trace .gutter-right > [data-gate="f"]').textContent();
    assert.equal(said, `f ${forget[units + unit].toFixed(2)}`);
    const before = await open.page.locator('.unit-trace .mean-line[data-gate="h"]').getAttribute('d');
    await open.page.keyboard.press('ArrowDown');
    await settle(open.page);
    assert.notEqual(await open.page.locator('.unit-trace .mean-line[data-gate="h"]').getAttribute('d'), before);
  });

  it('place every unit by how often it is open and shut, and pin the one whose dot is clicked', async () => {
    await open.page.locator('.saturation > summary').focus();
    await open.page.keyboard.press('Enter');
    await settle(open.page);
    const { left, right } = saturation(forget, units, 'unit');
    const plot = open.page.locator('.saturation-plot[data-gate="f"]');
    const dots = (await plot.locator('.saturation-dots').getAttribute('d')) ?? '';
    const places = [...dots.matchAll(/M([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x) + 2.4, Number(y)]);
    assert.equal(places.length, units);
    places.forEach(([x, y], unit) => {
      assert.ok(Math.abs((x - 34) / 132 - right[unit]) < 0.002, `unit ${unit} to the right`);
      assert.ok(Math.abs(1 - (y - 8) / 132 - left[unit]) < 0.002, `unit ${unit} upwards`);
    });
    const most = right.indexOf(Math.max(...right));
    const box = await plot.locator('svg').boundingBox();
    assert.ok(box);
    const at = [box.x + places[most][0], box.y + places[most][1]] as const;
    await open.page.mouse.move(...at);
    assert.match((await plot.locator('svg > title').textContent()) ?? '', /unit \d+: 100 % over, 0 % under/);
    await open.page.mouse.click(...at);
    await settle(open.page);
    const pinned = Number(/^unit (\d+):/.exec((await plot.locator('.saturation-read-out').textContent()) ?? '')?.[1]);
    assert.equal(right[pinned], right[most]);
    assert.equal(
      (await open.posted()).some(({ kind }) => kind === 'reveal'),
      false,
    );
  });

  for (const theme of THEMES)
    it(`are readable and within the panel in the ${theme} theme, everything unfolded`, async () => {
      const [state, width] = UNFOLDED[theme];
      const themed = await tester.open({ state, theme, width, height: 1400 });
      await themed.page.locator('.saturation > summary').focus();
      await themed.page.keyboard.press('Enter');
      await themed.page.locator('.unit-panel > summary').focus();
      await themed.page.keyboard.press('Enter');
      await themed.page.locator('.driver-places li').first().waitFor();
      const overflow = await themed.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${state} overflows by ${overflow} px at ${width}`);
      assert.deepEqual(await violations(themed.page, ['.time-zone']), [], `${state} at ${width}`);
      await tester.release(themed.page);
    });
});
