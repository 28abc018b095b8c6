// The first look at a new place in plain Chromium: what belongs to the place is new at once, pictures of all losses stay as they were and
// say that they are stale until the whole picture is there.
import assert from 'node:assert/strict';
import { WebviewTester, settle } from './page';

const COLUMNS = 60;

describe('a first look at a new place', function () {
  this.timeout(30_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  it('leaves the triangle as it was, dimmed, until the whole picture comes', async () => {
    const { page, problems } = await tester.open({ state: 'training', width: 1000, height: 1400 });
    const show = async (focus: number, rowOnly: boolean) => {
      await page.evaluate(
        ([focus, rowOnly, columns]) => {
          window.harness.send({ kind: 'cursor', cursor: focus + 1 });
          window.harness.draw({ focus, rowOnly, columns });
        },
        [focus, rowOnly, COLUMNS] as const,
      );
      await settle(page);
    };
    const drawn = () =>
      page.evaluate(() => ({
        triangle: document.querySelector<HTMLCanvasElement>('.triangle canvas')?.toDataURL(),
        triangleRow: document.querySelector('.triangle .focus-row')?.getAttribute('y'),
        weights: document.querySelector('.weight > svg')?.innerHTML,
        bars: document.querySelector('.track.bars > svg')?.innerHTML,
        arrows: document.querySelector('.track.influence > svg')?.innerHTML,
        caption: document.querySelector('.gradient > .caption')?.textContent,
        waiting: [...document.querySelectorAll<HTMLElement>('[aria-busy="true"]')].map(({ dataset }) => dataset.waits),
        dimmed: getComputedStyle(document.querySelector('.triangle canvas') ?? document.body).opacity,
      }));
    await show(20, false);
    const before = await drawn();
    assert.deepEqual(before.waiting, []);
    assert.equal(before.dimmed, '1');
    await show(40, true);
    const first = await drawn();
    for (const name of ['triangle', 'triangleRow', 'weights'] as const) assert.equal(first[name], before[name], name);
    assert.deepEqual(first.waiting, Array(3).fill('stale: computing…'));
    assert.equal(first.dimmed, '0.45');
    await show(40, false);
    const last = await drawn();
    assert.deepEqual(last.waiting, []);
    assert.equal(last.dimmed, '1');
    assert.notEqual(last.triangleRow, before.triangleRow);
    for (const name of ['bars', 'arrows', 'caption'] as const) {
      assert.notEqual(first[name], before[name], name);
      assert.equal(first[name], last[name], `${name} of the first look are those of the whole picture`);
    }
    assert.deepEqual(problems, []);
    await tester.release(page);
  });
});
