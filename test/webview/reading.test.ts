// The sentences over the pictures in plain Chromium: they follow the focus, name what they are of, and are silent without support.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { gradientReach, lossRow } from '../../webview/geometry/gradientScale';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { settle, WebviewTester } from './page';

describe('the reading over the pictures', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());

  it('says how far back the gradient of the focus goes, and follows the focus', async () => {
    const message = SCENARIOS.training().find((candidate) => candidate.kind === 'frame');
    assert.equal(message?.kind, 'frame');
    const { header } = message.frame;
    const { values } = decodeFrame(message.frame)['gradient.hidden'];
    const { page, problems } = await tester.open({ state: 'training', width: 1000, height: 900 });
    const first = page.locator('.reading-sentence').first();
    for (const focus of [header.focus, header.focus - 1]) {
      const reach = gradientReach(lossRow(values, header.tokens.length, focus));
      assert.match((await first.textContent()) ?? '', new RegExp(` back ${String(reach)} steps before`));
      await page.locator('.text-target').focus();
      await page.keyboard.press('ArrowLeft');
      await settle(page);
    }
    assert.match((await page.locator('.reading-caption').textContent()) ?? '', /seed \d+ · step 2,400 of 4,000/);
    assert.deepEqual(problems, []);
    await tester.release(page);
  });

  it('is said in Korean', async () => {
    const bundle = JSON.parse(readFileSync('l10n/parts/reading.ko.json', 'utf8')) as Record<string, string>;
    const { page } = await tester.open({ state: 'training', width: 500, height: 900, language: 'ko', bundle });
    const sentences = await page.locator('.reading .reading-sentence').allTextContents();
    assert.equal(sentences.length, 3);
    for (const sentence of sentences) assert.match(sentence, /비교: .*\d/);
    await tester.release(page);
  });
});
