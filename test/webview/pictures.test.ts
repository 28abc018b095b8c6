// The pictures on the time axis in plain Chromium: what is drawn are the frame's numbers, at every edge, for pointer and keyboard.
import assert from 'node:assert/strict';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { gateRamp, gradientRamp, signedRamp } from '../../webview/colourRamps';
import { rampPosition } from '../../webview/geometry/gateSummary';
import { gradientLevel } from '../../webview/geometry/gradientScale';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { unitOrder } from '../../webview/unitOrder';
import { scientific } from '../../webview/shownText';
import { WebviewTester, settle, type InspectorPage } from './page';

const message = SCENARIOS.training().find((candidate) => candidate.kind === 'frame');
if (message?.kind !== 'frame') throw new Error('the training scenario shows no frame');
const { header } = message.frame;
const arrays = decodeFrame(message.frame);
const steps = header.tokens.length;
const units = header.hiddenUnits;
const order = unitOrder(header, arrays);

interface Pixels {
  width: number;
  height: number;
  data: number[];
}

const pixelsOf = ({ page }: InspectorPage, selector: string): Promise<Pixels> =>
  page.evaluate((css) => {
    const canvas = document.querySelector<HTMLCanvasElement>(css);
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    return image
      ? { width: image.width, height: image.height, data: [...image.data] }
      : { width: 0, height: 0, data: [] };
  }, selector);

const colour = ({ width, data }: Pixels, x: number, y: number): number[] =>
  data.slice((y * width + x) * 4, (y * width + x) * 4 + 4);
const rampAt = (ramp: Uint8ClampedArray, level: number): number[] => {
  const k = Math.max(0, Math.min(255, Math.round(level * 255))) * 4;
  return [...ramp.subarray(k, k + 4)];
};

describe('the pictures on the time axis', function () {
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

  it('draw every gate in the colours of its numbers, to the corners of the window', async () => {
    const ground = '#1f1f1f';
    for (const gate of header.gates) {
      const pixels = await pixelsOf(open, `.gate[data-gate="${gate.key}"] canvas`);
      assert.equal(pixels.width, steps);
      const ramp = gate.range === 'unit' ? gateRamp(true) : signedRamp(true, ground);
      const { values } = arrays[`gate.${gate.key}`];
      for (const [x, y] of [
        [0, 0],
        [steps - 1, 0],
        [0, pixels.height - 1],
        [steps - 1, pixels.height - 1],
        [steps >> 1, pixels.height >> 1],
      ]) {
        const from = Math.floor((y * units) / pixels.height);
        const to = Math.max(from + 1, Math.floor(((y + 1) * units) / pixels.height));
        let level = 0;
        for (let row = from; row < to; row++)
          level += rampPosition(gate.range, values[x * units + order[row]]) / (to - from);
        assert.deepEqual(colour(pixels, x, y), rampAt(ramp, level), `${gate.name} at ${x}, ${y}`);
      }
    }
  });

  it('draw the triangle in the colours of its numbers and leave the future empty', async () => {
    const pixels = await pixelsOf(open, '.triangle canvas');
    const { values } = arrays['gradient.hidden'];
    const at = (row: number): number => Math.floor(((row + 0.5) * pixels.height) / steps);
    const ramp = gradientRamp(true, '#1f1f1f');
    for (const [i, j] of [
      [steps - 2, 0],
      [60, 20],
      [40, 40],
    ])
      assert.deepEqual(colour(pixels, j, at(i)), rampAt(ramp, gradientLevel(values[i * steps + j])), `${i}, ${j}`);
    assert.equal(colour(pixels, steps - 1, at(10))[3], 0);
  });

  it('give the numbers of a gate as a table, at full precision, units in the order of the model', async () => {
    await open.page.locator('.gates .table-alternative summary').click();
    await open.page.locator('.table-choice').selectOption('gate.f');
    const cells = await open.page
      .locator('table[data-gate="f"] tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
      );
    assert.equal(cells.length, units);
    for (const [unit, t] of [
      [0, 0],
      [units - 1, steps - 1],
      [5, 17],
    ])
      assert.equal(Math.fround(cells[unit][t]), arrays['gate.f'].values[t * units + unit]);
  });

  it('tell the host which character the pointer is over, and jump there on a click', async () => {
    const box = await open.page.locator('.track.text').boundingBox();
    assert.ok(box);
    const x = box.x + 96 + 20 * 8 + 3;
    await open.page.mouse.move(x, box.y + 10);
    await settle(open.page);
    const { start, end } = header.tokens[20];
    assert.deepEqual((await open.posted()).filter(({ kind }) => kind === 'hover').at(-1), {
      kind: 'hover',
      range: { start, end },
    });
    await open.page.mouse.click(x, box.y + 10);
    await settle(open.page);
    const reveal = (await open.posted()).filter(({ kind }) => kind === 'reveal').at(-1);
    assert.deepEqual([reveal?.start, reveal?.end], [start, end]);
    assert.equal(await open.page.locator('.letter.focus').textContent(), header.tokens[20].text.trim());
  });

  it('move focus and unit by keys and say what stands there', async () => {
    const heatmap = open.page.locator('.heatmap-target[data-gate="f"]');
    await heatmap.focus();
    await open.page.keyboard.press('Home');
    await open.page.keyboard.press('ArrowRight');
    for (let k = 0; k < 3; k++) await open.page.keyboard.press('ArrowUp');
    await settle(open.page);
    const label = (await heatmap.getAttribute('aria-label')) ?? '';
    const unit = Number(/unit (\d+)/.exec(label)?.[1]);
    assert.match(label, /^forget, unit \d+, step 1, /);
    assert.equal(Number(label.split(', ').at(-1)), Number(arrays['gate.f'].values[units + unit].toFixed(2)));
    await settle(open.page);
    assert.equal(await open.page.locator('.time-zone [aria-live]').textContent(), label);
  });

  it('go along the gradient by keys, its bars and its triangle each by themselves', async () => {
    const said = async () => {
      await settle(open.page);
      await settle(open.page);
      return (await open.page.locator('.time-zone [aria-live]').textContent()) ?? '';
    };
    const { values } = arrays['gradient.hidden'];
    const expected = (i: number, j: number) =>
      `gradient of the loss at step ${i} on the state at step ${j}: ${scientific(values[i * header.tokens.length + j])}`;
    await open.page.focus('.bars-target');
    await open.page.keyboard.press('ArrowLeft');
    const [, i = ''] = /at step (\d+) on/.exec(await said()) ?? [];
    assert.equal(await said(), expected(Number(i), Number(i) - 1));
    await open.page.focus('[data-gradient-keys="rows"]');
    await open.page.keyboard.press('ArrowUp');
    await open.page.keyboard.press('ArrowLeft');
    assert.equal(await said(), expected(Number(i) - 1, Number(i) - 2));
  });

  it('isolate one influence arrow under the pointer and say its share', async () => {
    const arrow = open.page.locator('.arrow').first();
    const box = await arrow.boundingBox();
    assert.ok(box);
    await arrow.dispatchEvent('pointerenter');
    assert.match(
      (await open.page.locator('.isolated-arrow').textContent()) ?? '',
      /steps before “.*”: .*of the gradient/,
    );
    assert.equal(await open.page.locator('.arrow.chosen').count(), 1);
  });

  it('draw as many arrows as the slider says', async () => {
    await open.page.locator('.influence input[type="range"]').fill('3');
    await settle(open.page);
    assert.equal(await open.page.locator('.arrow').count(), 3);
  });

  it('leave every drawing alone under the pointer and move only marks and read-outs', async () => {
    await open.page.evaluate(() => {
      const scope = window as unknown as { redrawn: string[] };
      scope.redrawn = [];
      for (const track of document.querySelectorAll('.influence svg, .text svg, .ruler svg, .bars svg, .weight svg'))
        new MutationObserver(() => scope.redrawn.push(track.parentElement?.className ?? '')).observe(track, {
          childList: true,
          subtree: true,
        });
      const paint = CanvasRenderingContext2D.prototype.putImageData;
      CanvasRenderingContext2D.prototype.putImageData = function (...parameters: unknown[]) {
        scope.redrawn.push(this.canvas.className);
        return Reflect.apply(paint, this, parameters);
      };
    });
    const box = await open.page.locator('.track.text').boundingBox();
    assert.ok(box);
    const readOut = (): Promise<string | null> => open.page.locator('.gate[data-gate="f"] .unit-value').textContent();
    const before = await readOut();
    for (const t of [3, 40, 77]) {
      await open.page.mouse.move(box.x + 96 + t * 8 + 3, box.y + 10);
      await settle(open.page);
    }
    assert.notEqual(await readOut(), before);
    assert.deepEqual(await open.page.evaluate(() => (window as unknown as { redrawn: string[] }).redrawn), []);
  });

  it('say the focus step to those who hear it: token, surprisal, what is expected', async () => {
    const text = open.page.locator('.text-target');
    await text.focus();
    await open.page.keyboard.press('Home');
    for (let k = 0; k < 4; k++) await open.page.keyboard.press('ArrowRight');
    await settle(open.page);
    assert.match((await text.getAttribute('aria-label')) ?? '', /^step 4, “k”, \d+\.\d bit, next “.*”: \d/);
    assert.match(
      (await open.page.locator('.influence svg').first().getAttribute('aria-label')) ?? '',
      /^top \d+ of 5; /,
    );
  });

  it('hatch what an edit made stale, or mark what was typed where the picture is of the live text', async () => {
    const old = await tester.open({ state: 'staleSample', width: 1000, height: 1400 });
    const edge = await old.page.locator('.time-zone > .column-lines .column-stale').boundingBox();
    const hatch = await old.page.locator('.gate[data-gate="f"] .hatch').boundingBox();
    assert.ok(edge && hatch);
    assert.equal(Math.round(edge.x), 96 + 52 * 8);
    assert.deepEqual([Math.round(hatch.x), Math.round(hatch.width)], [96 + 52 * 8, (steps - 52) * 8]);
    assert.equal(await old.page.locator('.newly-typed').count(), 0);
    await tester.release(old.page);
    const live = await tester.open({ state: 'stale', width: 1000, height: 1400 });
    assert.equal(await live.page.locator('.newly-typed').count(), 7);
    assert.equal(await live.page.locator('.hatch:visible').count(), 0);
    await tester.release(live.page);
  });
});
