// The scrubber over the snapshots: by pointer and by keyboard, replayed, and never taken back by what the host said before.
import assert from 'node:assert/strict';
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { lookedAt, nearestMark, scrubberKey, scrubberMarks, stepScale } from '../../webview/chart/scrubberLayout';
import { syntheticFrame } from '../../webview/harness/syntheticFrame';
import { syntheticMetrics, syntheticRecord, syntheticState } from '../../webview/harness/syntheticRun';
import { receive } from '../../webview/receive';
import { DEFAULT_CHOICES } from '../../webview/savedChoices';
import { isComputingSnapshot } from '../../webview/selectors';
import { initialModel, type InspectorModel } from '../../webview/store';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, rest, settle, type InspectorPage, type OpenOptions } from './page';

describe('the marks of the scrubber', () => {
  const x = stepScale(100, 500, 400, 225);
  const marks = scrubberMarks([0, 4, 100, 225], 225, x);

  it('stand at their steps on the chart’s axis, the newest weights once', () => {
    assert.deepEqual(
      marks.map((mark) => [mark.step, mark.live, mark.x]),
      [
        [0, false, 100],
        [4, false, 140],
        [100, false, 300],
        [225, true, 400],
      ],
    );
    assert.deepEqual(
      marks.map(({ crowded }) => crowded),
      [false, false, false, false],
    );
  });

  it('are found by step and by place; the newest weights wherever they are', () => {
    assert.deepEqual(
      [null, 0, 100, 90].map((step) => lookedAt(marks, step)),
      [3, 0, 2, 2],
    );
    assert.deepEqual(
      [0, 149, 222, 900].map((at) => nearestMark(marks, at)),
      [0, 1, 2, 3],
    );
    const diverged = scrubberMarks([0, 8, 13], 10, x);
    assert.equal(diverged[lookedAt(diverged, null)].step, 10);
  });

  it('are gone through by keys, not beyond the ends', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp', 'x'];
    assert.deepEqual(
      keys.map((key) => scrubberKey(key, 2, 10)),
      [1, 3, 0, 9, 0, 7, null],
    );
    assert.equal(scrubberKey('ArrowRight', 9, 10), 9);
  });
});

describe('the snapshot that is looked at', () => {
  const size = { width: 984, panelWidth: 1000 };
  const after = (model: InspectorModel, ...messages: ToInspector[]) =>
    messages.reduce((now, message) => receive(now, message, 0), model);
  const state = (snapshot: number | null): ToInspector => ({
    kind: 'state',
    state: syntheticState({ run: syntheticRecord(), snapshot }),
  });

  it('is the host’s when the page is loaded anew', () => {
    assert.equal(after(initialModel(DEFAULT_CHOICES, size), state(24)).snapshot, 24);
  });

  it('is not taken back by what the host said before it heard of it', () => {
    const loaded = after(initialModel(DEFAULT_CHOICES, size), state(null));
    const chosen = { ...loaded, snapshot: 4, unconfirmedSnapshots: 2 };
    const early = after(chosen, state(null), { kind: 'snapshot', step: 8 });
    assert.equal(early.snapshot, 4);
    assert.equal(after(early, { kind: 'snapshot', step: 4 }, state(4)).snapshot, 4);
    assert.equal(after(early, { kind: 'snapshot', step: 4 }, state(null)).snapshot, null, 'the host goes back to live');
  });

  it('is being computed until its picture is there', () => {
    const frame = (step: number, snapshot: boolean): ToInspector => ({
      kind: 'frame',
      sequence: 1,
      frame: syntheticFrame({ step, snapshot }),
    });
    const looking = after(initialModel(DEFAULT_CHOICES, size), state(24), frame(2400, false));
    assert.equal(isComputingSnapshot(looking), true);
    const there = after(looking, frame(24, true));
    assert.equal(isComputingSnapshot(there), false);
    assert.equal(isComputingSnapshot({ ...there, snapshot: null }), true);
  });
});

describe('the scrubber', function () {
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

  async function open(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await tester.open(options);
    opened.push(inspector);
    return inspector;
  }

  const slider = ({ page }: InspectorPage) => page.getByRole('slider', { name: 'Snapshot of the network' });
  const words = ({ page }: InspectorPage) => page.locator('.scrubber-words').innerText();
  const button = ({ page }: InspectorPage, name: string) => page.getByRole('button', { name, exact: true });
  const looked = async ({ posted }: InspectorPage) =>
    (await posted()).filter(({ kind }) => kind === 'snapshot').map(({ step }) => step);

  it('goes through the snapshots by keys and back to the weights in training', async () => {
    const inspector = await open();
    assert.equal(await slider(inspector).getAttribute('aria-valuetext'), 'live, step 2,400 of 4,000');
    await slider(inspector).focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'End'])
      await inspector.page.keyboard.press(key);
    assert.deepEqual(await looked(inspector), [0, 1, 2, 1, null]);
    await inspector.page.keyboard.press('Home');
    await settle(inspector.page);
    assert.equal(await slider(inspector).getAttribute('aria-valuetext'), 'step 0 of 4,000 (snapshot)');
    assert.equal(await slider(inspector).getAttribute('aria-valuenow'), '0');
    assert.equal(await words(inspector), 'step 0 of 4,000 (snapshot) · all pictures below are of this step');
    await button(inspector, 'Live: back to the weights in training').click();
    assert.deepEqual((await looked(inspector)).slice(-2), [0, null]);
  });

  it('follows the pointer to the nearest snapshot while it is dragged', async () => {
    const inspector = await open();
    const { page } = inspector;
    const box = await slider(inspector).boundingBox();
    assert.ok(box);
    const at = (step: number) => box.x + 8 + (box.width - 16) * Math.sqrt(Math.max(0, step) / 4000);
    await page.mouse.move(at(1010), box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(at(760), box.y + 200, { steps: 2 });
    await page.mouse.move(box.x - 100, box.y);
    await page.mouse.up();
    await page.mouse.move(at(2000), box.y + box.height / 2);
    const steps = await looked(inspector);
    assert.deepEqual([steps[0], steps.at(-1)], [1000, 0]);
    assert.ok(steps.includes(750));
  });

  it('says that the picture on screen is another one, and dims it, until the right one comes', async () => {
    const inspector = await open();
    const { page } = inspector;
    await page.evaluate(() => (window.harness.frames = false));
    await slider(inspector).press('Home');
    await settle(page);
    assert.match(await words(inspector), /^step 0 of 4,000 \(snapshot\) · computing; shown: step 2,400$/);
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('.time-zone') as Element).opacity === '0.4',
    );
    await page.evaluate(() => (window.harness.frames = true));
    await slider(inspector).press('ArrowRight');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('.time-zone') as Element).opacity === '1');
    assert.match(await words(inspector), /^step 1 of 4,000 \(snapshot\) · all pictures/);
  });

  it('replays every snapshot in turn, each once its picture is there, and ends at the newest weights', async () => {
    const run = syntheticRecord({ phase: 'finished', step: 4000, snapshots: [0, 1000, 4000] });
    const inspector = await open({ state: 'finished' });
    const { page } = inspector;
    const message = { kind: 'state', state: syntheticState({ run, metrics: syntheticMetrics(4000) }) };
    await page.evaluate((state) => window.harness.send(state), message);
    await settle(page);
    await page.evaluate(() => (window.harness.frames = false));
    await button(inspector, 'Replay all pictures through training').click();
    await rest(page);
    assert.deepEqual(await looked(inspector), [0], 'it waits for the picture of step 0');
    await page.evaluate(() => {
      window.harness.frames = true;
      window.harness.show(0);
    });
    await rest(page);
    await button(inspector, 'Replay all pictures through training').waitFor();
    assert.deepEqual(await looked(inspector), [0, 1000, null]);
  });

  it('pauses the replay where it is, and by any other choice', async () => {
    const inspector = await open();
    const { page } = inspector;
    // Without its picture the replay goes on from no snapshot, however slow the machine.
    await page.evaluate(() => (window.harness.frames = false));
    await button(inspector, 'Replay all pictures through training').click();
    await button(inspector, 'Pause replay').click();
    await page.evaluate(() => window.harness.show(0));
    await rest(page);
    assert.deepEqual(await looked(inspector), [0]);
    await button(inspector, 'Replay all pictures through training').click();
    await slider(inspector).press('End');
    await page.evaluate(() => {
      window.harness.show(1);
      window.harness.show(null);
    });
    await rest(page);
    assert.deepEqual(await looked(inspector), [0, 1, null]);
  });

  it('moves one snapshot at a time where motion is to be reduced', async () => {
    const inspector = await open();
    await inspector.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    await settle(inspector.page);
    await button(inspector, 'Next snapshot').click();
    await rest(inspector.page);
    assert.deepEqual(await looked(inspector), [0]);
    await button(inspector, 'Next snapshot').click();
    assert.deepEqual(await looked(inspector), [0, 1]);
  });

  it('is not there for a run without snapshots', async () => {
    const inspector = await open();
    const message = { kind: 'state', state: syntheticState({ run: syntheticRecord({ snapshots: undefined }) }) };
    await inspector.page.evaluate((state) => window.harness.send(state), message);
    await settle(inspector.page);
    assert.equal(await slider(inspector).count(), 0);
    assert.equal(await inspector.page.locator('.scrubber-line').isVisible(), false);
  });

  for (const width of [500, 1000])
    it(`breaks no rule of accessibility in any theme at ${width} px, and nothing leaves the panel`, async () => {
      const { page } = await open({ state: 'snapshot', width });
      for (const theme of THEMES) {
        assert.deepEqual(await violationsIn(theme, page, ['.training']), [], theme);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), theme);
      }
    });
});
