// The brush on the ruler: dragging zooms the columns, the bar under it moves them, keys do the same, and a double click ends it.
import assert from 'node:assert/strict';
import { allowedColumn, zoomedBy, zoomedTo } from '../../webview/geometry/axisZoom';
import { columnsThatFit, timeAxis } from '../../webview/geometry/timeAxis';
import { WebviewTester, settle, type InspectorPage } from './page';

describe('the zoom of the time axis', () => {
  it('fills the axis with the columns chosen, in whole pixels that what is written can live with', () => {
    for (const width of [500, 1000, 2000])
      for (const [from, to] of [
        [20, 49],
        [49, 20],
        [3, 5],
        [0, 103],
      ]) {
        const axis = timeAxis(width, 104, 'characters', 49);
        const zoom = zoomedTo(axis, from, to);
        assert.ok(Number.isInteger(zoom.column) && zoom.column >= 4 && zoom.column <= 24);
        const zoomed = timeAxis(width, 104, 'characters', Math.max(from, to), zoom);
        assert.equal(zoomed.column, zoom.column);
        assert.equal(zoomed.width, axis.width, 'the pictures stay as wide');
        if (zoom.column < 24 && zoom.column > 4) assert.ok(zoomed.first <= Math.min(from, to));
      }
    assert.deepEqual([allowedColumn(2, 'words'), allowedColumn(99, 'words')], [16, 64]);
  });

  it('keeps the focus in sight, and asks for more columns when they get narrower', () => {
    for (const focus of [0, 30, 70, 103]) {
      const axis = timeAxis(1000, 104, 'characters', focus, { column: 20, first: 40 });
      assert.ok(focus >= axis.first && focus < axis.first + axis.count, `${focus}`);
    }
    assert.equal(timeAxis(1000, 104, 'characters', 50, { column: 20, first: 40 }).first, 40);
    assert.equal(columnsThatFit(1000, 'characters', { column: 4, first: 0 }), 208);
    assert.equal(columnsThatFit(1000, 'characters', { column: 20, first: 0 }), 104);
    const axis = timeAxis(1000, 104, 'characters', 95);
    assert.equal(zoomedBy(axis, -8, 95).column, 4);
  });
});

describe('the ruler', () => {
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  const label = ({ page }: InspectorPage): Promise<string | null> =>
    page.locator('.ruler-target').getAttribute('aria-label');

  it('zooms where it is dragged over, moves by its bar, and goes back on a double click', async () => {
    const open = await tester.open({ state: 'training', width: 1000 });
    const { page } = open;
    const box = await page.locator('.ruler-target').boundingBox();
    assert.ok(box);
    const y = box.y + 9;
    assert.equal(await label(open), 'steps 0 to 103 of 104, 8 px each');
    await page.mouse.move(box.x + 8 * 60 + 4, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 8 * 101 + 4, y, { steps: 3 });
    await page.mouse.up();
    await settle(page);
    assert.equal(await label(open), 'steps 60 to 102 of 104, 19 px each');
    assert.equal(await page.locator('.track.ruler .gutter-right').textContent(), '43/104');
    assert.deepEqual(
      (await open.posted()).filter(({ kind }) => kind === 'reveal'),
      [],
      'a drag is no click',
    );
    const bar = await page.locator('.overview').boundingBox();
    assert.ok(bar);
    await page.mouse.click(bar.x + bar.width * 0.2, bar.y + 4);
    await settle(page);
    assert.equal(await label(open), 'steps 0 to 42 of 104, 19 px each');
    await page.locator('.ruler-target').dblclick({ position: { x: 300, y: 9 } });
    await settle(page);
    assert.match((await label(open)) ?? '', /of 104, 8 px each$/);
    assert.equal(await page.locator('.overview').isVisible(), false);
    assert.deepEqual(open.problems, []);
    await tester.release(page);
  });

  it('is zoomed by keys, and remembers it', async () => {
    const open = await tester.open({ state: 'training', width: 1000 });
    const { page } = open;
    await page.locator('.ruler-target').focus();
    for (const key of ['+', '+', '-', '+']) await page.keyboard.press(key);
    await settle(page);
    assert.match((await label(open)) ?? '', /of 104, 12 px each$/);
    await page.waitForFunction(() => JSON.stringify(window.harness.saved).includes('"axis.column":12'));
    await page.reload();
    await settle(page);
    assert.match((await label(open)) ?? '', /of 104, 12 px each$/);
    await page.locator('.ruler-target').press('0');
    await settle(page);
    assert.match((await label(open)) ?? '', /of 104, 8 px each$/);
    await tester.release(page);
  });
});
