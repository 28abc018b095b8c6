// The influence on the focus by every method in plain Chromium: signs, completeness and the check against ablation are those of the answers.
import assert from 'node:assert/strict';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { rankCorrelation } from '../../webview/geometry/rankCorrelation';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { syntheticAnswer } from '../../webview/harness/syntheticAnswers';
import { settle, WebviewTester, type InspectorPage } from './page';

function shownHeader(): FrameHeader {
  const message = SCENARIOS.training().find((candidate) => candidate.kind === 'frame');
  if (message?.kind !== 'frame') throw new Error('the training scenario shows no frame');
  return message.frame.header;
}

describe('influence by a method', function () {
  this.timeout(60_000);
  const header = shownHeader();
  const { focus } = header;
  const influence = syntheticAnswer({ about: 'influence', method: 'integrated', focus }, header);
  const ablation = syntheticAnswer({ about: 'ablation', focus, nearest: 40 }, header);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  beforeEach(async () => {
    open = await tester.open({ state: 'training', width: 1000, height: 900 });
  });
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await tester.release(open.page);
  });

  const textOf = async (selector: string): Promise<string> => (await open.page.locator(selector).textContent()) ?? '';
  const choose = async (method: string): Promise<void> => {
    await open.page.locator('.influence-method').selectOption(method);
    await open.page.locator('.influence-about', { hasText: 'delta' }).waitFor();
  };

  it('has a sign in its colour, as many arrows of each as the answer has among the strongest', async () => {
    await choose('integrated');
    const strongest = [...(influence?.values ?? [])].sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 12);
    assert.equal(await open.page.locator('.arrow').count(), 12);
    assert.equal(await open.page.locator('.arrow.raises').count(), strongest.filter((value) => value > 0).length);
    assert.equal(await open.page.locator('.arrow.lowers').count(), strongest.filter((value) => value < 0).length);
  });

  it('says how far the values miss what they should add up to, and in how many steps', async () => {
    await choose('integrated');
    assert.match(await textOf('.influence-about'), /^delta 2\.0 % in 32 steps · Σ .* of F − F₀ = /);
    await choose('gradientInput');
    await open.page.locator('.influence-about', { hasText: 'delta 43 %' }).waitFor();
  });

  it('stands beside its rank correlation with ablation, and n', async () => {
    await choose('integrated');
    assert.ok(influence && ablation);
    const rho = rankCorrelation(
      ablation.columns.map((column) => influence.values[column]),
      ablation.logit,
    );
    const written = rho.toFixed(2).replace('-', '−');
    await open.page.locator('.influence-check', { hasText: 'ρ' }).waitFor();
    assert.equal(await textOf('.influence-check'), `against ablation: ρ = ${written}, n = 40`);
    assert.match((await open.page.locator('.influence-check').getAttribute('title')) ?? '', /random order/);
  });

  it('tells of one arrow what it adds, and what is different without its token', async () => {
    await choose('integrated');
    await open.page.locator('.influence-check', { hasText: 'ρ' }).waitFor();
    await open.page.locator('.arrow').last().dispatchEvent('pointerenter');
    assert.match(
      await textOf('.isolated-arrow'),
      /steps? before “.*”: (raises|lowers) its logit by .* of all · without it: logit [+−]?\d.*, loss [+−]?\d.* nats/,
    );
  });

  it('is not drawn for another focus than it was found for', async () => {
    await choose('integrated');
    await open.page.evaluate(() => (window.harness.answers = false));
    await open.page.locator('.text-target').focus();
    await open.page.keyboard.press('ArrowLeft');
    await settle(open.page);
    assert.equal(await open.page.locator('.arrow').count(), 0);
    assert.equal(await textOf('.influence-status'), 'computing…');
    await open.page.locator('.influence-method').selectOption('norm');
    await settle(open.page);
    assert.equal(await open.page.locator('.arrow').count(), 12);
  });
});
