// Layers and directions in plain Chromium: chosen by keyboard, drawn as the frame says, kept, readable in every theme.
import assert from 'node:assert/strict';
import { placeSuffix, type LayerPlace } from '../../src/protocol/layerPlace';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { gateRamp } from '../../webview/colourRamps';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { scientific } from '../../webview/shownText';
import { unitOrder } from '../../webview/unitOrder';
import { placedFrame } from '../../webview/networkPlace';
import { CSV, choose, saved } from './figureMenus';
import { violations } from './accessibility';
import { THEMES, WebviewTester, settle, type InspectorPage } from './page';

const UNITS = 128;

function shownFrame(state: 'stacked' | 'bothWays') {
  const message = SCENARIOS[state]().find(({ kind }) => kind === 'frame');
  if (message?.kind !== 'frame') throw new Error(`the scenario ${state} shows no frame`);
  return { header: message.frame.header, arrays: decodeFrame(message.frame) };
}

/** Colour of a cell of a gate's heatmap at the place looked at, every unit on a line of its own. */
const pixel = ({ page }: InspectorPage, gate: string, x: number, y: number): Promise<number[]> =>
  page.evaluate(
    ([key, column, row]) => {
      const opened = document.querySelector('.place-gates.chosen > .place-opened');
      const canvas = opened?.querySelector<HTMLCanvasElement>(`.gate[data-gate="${key}"] canvas`);
      return [...(canvas?.getContext('2d')?.getImageData(column, row, 1, 1).data ?? [])];
    },
    [gate, x, y] as const,
  );
const colourOf = (value: number): number[] => [
  ...gateRamp(true)
    .subarray(Math.round(value * 255) * 4)
    .subarray(0, 4),
];
const text = ({ page }: InspectorPage, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .textContent()
    .then((found) => found ?? '');
const chosenPlaces = ({ page }: InspectorPage): Promise<(string | undefined)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.place-gates.chosen')].map(({ dataset }) => dataset.place),
  );

describe('layers and directions', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  async function look(state: 'stacked' | 'bothWays'): Promise<void> {
    open = await tester.open({ state, width: 1000, height: 1400 });
  }
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await tester.release(open.page);
  });

  /** Compares corners of a heatmap, the bars' read-outs and the spoken cell with the frame. */
  async function assertShows(state: 'stacked' | 'bothWays', place: LayerPlace, gate: string): Promise<void> {
    const frame = shownFrame(state);
    const { header, arrays } = placedFrame(frame.header, frame.arrays, place);
    assert.deepEqual(await chosenPlaces(open), [`place${placeSuffix(place)}`]);
    const order = unitOrder(header, arrays);
    for (const [t, row] of [
      [0, 0],
      [41, 63],
      [header.tokens.length - 1, UNITS - 1],
    ]) {
      const value = arrays[`gate.${gate}`].values[t * UNITS + order[row]];
      assert.deepEqual(await pixel(open, gate, t, row), colourOf(value), `${gate} at ${t}, row ${row}`);
    }
    const label = await open.page
      .locator(`.place-gates.chosen .place-opened .heatmap-target[data-gate="${gate}"]`)
      .getAttribute('aria-label');
    const [, unit, step, value] = /unit (\d+), step (\d+), (\S+)$/.exec(label ?? '') ?? [];
    assert.equal(value, arrays[`gate.${gate}`].values[Number(step) * UNITS + Number(unit)].toFixed(2));
    const norms = arrays['gradient.hidden'].values;
    const at = Number(step) * header.tokens.length + Number(step);
    assert.equal(await text(open, '.bars .gutter-right > div'), scientific(norms[at]));
  }

  it('show the top layer first, any other by keyboard, with its own numbers everywhere, and come back to it', async () => {
    await look('stacked');
    await open.page.getByLabel('every unit').check();
    await settle(open.page);
    await assertShows('stacked', { layer: 2, reverse: false }, 'f');
    assert.equal(await open.page.locator('.layer-band:not([hidden])').count(), 2);
    await open.page.locator('.place-chooser .layers button').nth(2).focus();
    await open.page.keyboard.press('Enter');
    await settle(open.page);
    await assertShows('stacked', { layer: 0, reverse: false }, 'f');
    assert.match(await text(open, '.reading-caption'), /layer 1 of 3/);
    assert.match(await text(open, '.unit-panel summary'), /^Unit \d+ · layer 1/);
    await open.page.waitForFunction(() =>
      (window.harness.posted as { question?: { about: string; place?: { layer: number } } }[]).some(
        ({ question }) => question?.about === 'cellTerms' && question.place?.layer === 0,
      ),
    );
    await open.page.waitForFunction(() => JSON.stringify(window.harness.saved).includes('"network.place":"0"'));
    await choose(open, '.layer-gradients > .section-header', CSV);
    const [file] = await saved(open);
    const head = file.content.slice(0, file.content.indexOf('\n'));
    assert.match(head, /state_layer,state_direction,i,j/);
    await open.page.reload();
    await settle(open.page);
    assert.deepEqual(await chosenPlaces(open), ['place']);
  });

  it('unfold a band by Enter and go on in its heatmap, and go from layer to layer by ↑ and ↓ over layer × time', async () => {
    await look('stacked');
    await open.page.locator('.layer-band:not([hidden]) .heatmap-target').first().focus();
    await open.page.keyboard.press('Enter');
    await settle(open.page);
    assert.deepEqual(await chosenPlaces(open), ['place_l1']);
    const focused = await open.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    assert.match(focused, /^layer 2 of 3, hidden, unit/);
    const map = open.page.locator('.layer-map .heatmap-target');
    await map.focus();
    await open.page.keyboard.press('ArrowDown');
    await settle(open.page);
    assert.deepEqual(await chosenPlaces(open), ['place']);
    const { header, arrays } = shownFrame('stacked');
    const spoken = /at step (\d+) on layer 1 of 3, step (\d+): (.+)$/.exec(
      (await map.getAttribute('aria-label')) ?? '',
    );
    const [i, j] = [Number(spoken?.[1]), Number(spoken?.[2])];
    assert.equal(spoken?.[3], scientific(arrays['gradient.hidden'].values[i * header.tokens.length + j]));
    assert.equal(await open.page.locator('.skip-section .skip-around').count(), 2);
  });

  it('draw what reads backward on the true time axis: its gradient to the right of the loss, its past there too', async () => {
    await look('bothWays');
    await open.page.getByLabel('every unit').check();
    await open.page.locator('.place-chooser .directions button').nth(1).focus();
    await open.page.keyboard.press('Enter');
    await settle(open.page);
    await assertShows('bothWays', { layer: 1, reverse: true }, 'u');
    const { header } = shownFrame('bothWays');
    const focus = await open.page.evaluate(() => {
      const bars = [...document.querySelectorAll('.track.bars .bar')].map((bar) => Number(bar.getAttribute('x')));
      const line = document.querySelector<HTMLElement>('.column-focus');
      return { bars: bars.length, first: Math.min(...bars), line: parseFloat(line?.style.left ?? '') };
    });
    assert.ok(Math.abs(focus.first - focus.line) < 1, 'nothing stands left of the focus');
    const step = Number(/step (\d+)/.exec(await text(open, '.cell-section .section-note'))?.[1]);
    assert.equal(focus.bars, header.tokens.length - step);
    assert.match(await text(open, '.cell-equations'), new RegExp(`h\\(${step + 1}\\)`));
    assert.match(await text(open, '.bars .reach'), /ahead/);
    await open.page.getByLabel('all gates').check();
    await settle(open.page);
    assert.equal(await open.page.locator('.place-opened:not([hidden])').count(), 4);
  });

  for (const [k, theme] of THEMES.entries())
    it(`are readable and within the panel in the ${theme} theme`, async () => {
      const width = [500, 1000, 2000, 700][k];
      open = await tester.open({ state: k % 2 === 0 ? 'bothWays' : 'stacked', theme, width, height: 1400 });
      const overflow = await open.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `overflows by ${overflow} px at ${width}`);
      assert.deepEqual(await violations(open.page, ['.time-zone']), [], `at ${width}`);
    });
});
