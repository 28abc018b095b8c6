// What the inspector tells the host and keeps for itself: greeting, acknowledgement, pointer and cursor, choices, problems, language.
import assert from 'node:assert/strict';
import { WebviewTester, settle, type InspectorPage, type OpenOptions } from './page';

let tester: WebviewTester;
const opened: InspectorPage[] = [];

async function open(options: OpenOptions): Promise<InspectorPage> {
  const inspector = await tester.open(options);
  opened.push(inspector);
  return inspector;
}

const text = (inspector: InspectorPage, selector = '#root'): Promise<string> =>
  inspector.page.locator(selector).innerText();
const button = (inspector: InspectorPage, name: string) => inspector.page.getByRole('button', { name, exact: true });

describe('the inspector and its host', function () {
  this.timeout(30_000);
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

  it('says hello with its version, tells how many columns fit, and acknowledges the frame it drew', async () => {
    const inspector = await open({ state: 'training' });
    await inspector.page.waitForFunction(() => window.harness.posted.length >= 3);
    const posted = await inspector.posted();
    assert.deepEqual(posted[0], { kind: 'ready', version: 1 });
    assert.ok(posted.some((m) => m.kind === 'ack' && m.sequence === 1));
    assert.ok(posted.some((m) => m.kind === 'view' && m.columns === 104));
  });

  it('points at characters in the editor, and moves its cursor by click and by arrow key', async () => {
    const inspector = await open({ state: 'training', height: 1400 });
    const { page } = inspector;
    const zone = await page.locator('.time-zone').boundingBox();
    assert.ok(zone);
    const heatmaps = await page.locator('.time-zone canvas').first().boundingBox();
    assert.ok(heatmaps);
    const ofKind = async (kind: string) => (await inspector.posted()).filter((m) => m.kind === kind).at(-1);
    await page.mouse.move(zone.x + 96 + 50 * 8 + 4, heatmaps.y + 4);
    assert.deepEqual(await ofKind('hover'), { kind: 'hover', range: { start: 50, end: 51 } });
    await page.mouse.down();
    await page.mouse.up();
    assert.deepEqual(await ofKind('reveal'), { kind: 'reveal', start: 50, end: 51, focusEditor: true });
    await page.locator('.time-zone canvas[tabindex="0"], .time-zone [tabindex="0"]').first().focus();
    await settle(page);
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await ofKind('reveal'), { kind: 'reveal', start: 49, end: 50, focusEditor: false });
    await page.mouse.move(zone.x + 4, heatmaps.y + 4);
    assert.deepEqual(await ofKind('hover'), { kind: 'hover', range: null });
  });

  it('neither points nor reveals in a sample that no editor shows', async () => {
    const inspector = await open({ state: 'staleSample', height: 1400 });
    const box = await inspector.page.locator('.time-zone canvas').first().boundingBox();
    assert.ok(box);
    await inspector.page.mouse.click(box.x + 40, box.y + 4);
    const kinds = (await inspector.posted()).map((m) => m.kind);
    assert.ok(!kinds.includes('reveal') && !kinds.includes('hover'));
  });

  it('tells the loss in another unit and remembers it, the temperature too', async () => {
    const inspector = await open({ state: 'training' });
    const bitsShown = Number(await text(inspector, '.score'));
    await inspector.page.locator('vscode-dropdown').focus();
    await inspector.page.keyboard.press('ArrowDown');
    await settle(inspector.page);
    const perplexity = Number(await text(inspector, '.score'));
    assert.ok(Math.abs(perplexity - 2 ** bitsShown) < 0.05, `${perplexity} is not 2^${bitsShown}`);
    await inspector.page.getByRole('slider', { name: /Temperature/ }).focus();
    await inspector.page.keyboard.press('ArrowRight');
    await inspector.page.waitForFunction(
      () => (window.harness.saved as { temperature?: number } | null)?.temperature === 0.9,
    );
    await inspector.page.reload();
    await settle(inspector.page);
    assert.equal(Number(await text(inspector, '.score')), perplexity);
    assert.equal(await inspector.page.getByRole('slider', { name: /Temperature/ }).inputValue(), '0.9');
  });

  it('reports what it cannot read instead of dropping it, and acknowledges a frame it cannot draw', async () => {
    const inspector = await open({ state: 'training' });
    await inspector.page.evaluate(() => {
      window.harness.posted.length = 0;
      window.harness.send({ kind: 'weather', rain: true });
      window.harness.send({ kind: 'state', state: { version: 99 } });
      window.harness.send({
        kind: 'frame',
        sequence: 7,
        frame: { header: {}, layout: [{ name: 'loss', shape: [9], offset: 0 }], data: new ArrayBuffer(4) },
      });
    });
    await settle(inspector.page);
    const posted = await inspector.posted();
    const problems = posted.filter((m) => m.kind === 'problem').map((m) => String(m.message));
    assert.equal(problems.length, 3);
    assert.match(problems[0] ?? '', /"weather"/);
    assert.match(problems[1] ?? '', /version 99/);
    assert.match(problems[2] ?? '', /outside its buffer/);
    assert.ok(posted.some((m) => m.kind === 'ack' && m.sequence === 7));
  });

  it('speaks the language of its bundle', async () => {
    const inspector = await open({
      state: 'training',
      language: 'ko',
      bundle: { Pause: '일시정지', 'step {0} of {1}': '{1} 중 {0}단계' },
    });
    assert.equal(await button(inspector, '일시정지').count(), 1);
    assert.match(await text(inspector, '.steps'), /4,000 중 2,400단계/);
  });
});
