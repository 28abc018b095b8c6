// The section Spectrum and the itemised weight gradient in plain Chromium: what they ask, what they draw, keyboard, themes.
import assert from 'node:assert/strict';
import { violations, violationsIn } from './accessibility';
import { THEMES, WebviewTester, rest, settle, type InspectorPage, type OpenOptions } from './page';

describe('the spectrum section', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await tester.release(open.page);
  });

  const asked = async (): Promise<unknown[]> =>
    (await open.posted()).filter(({ kind }) => kind === 'ask').map(({ question }) => question);
  const text = async (selector: string): Promise<string> => (await open.page.textContent(selector)) ?? '';

  async function unfold(options: OpenOptions): Promise<void> {
    open = await tester.open({ height: 1200, ...options });
    await open.page.click('.spectrum summary.section-head');
    await rest(open.page);
  }

  it('asks nothing while it is folded', async () => {
    open = await tester.open({ state: 'training' });
    await rest(open.page);
    const questions = JSON.stringify(await asked());
    assert.ok(!/spectrum|jacobians|weightItemised/.test(questions), questions);
  });

  it('draws every eigenvalue of the candidate’s block, and the one chosen with the keyboard', async () => {
    await unfold({ state: 'training' });
    const marks = () => open.page.locator('.eigenvalues .inside, .eigenvalues .outside').count();
    assert.equal(await marks(), 128);
    assert.match(await text('.spectrum'), /of W_c, candidate/);
    await open.page.focus('.segments [data-gate="g"]');
    await open.page.keyboard.press('Shift+Tab');
    await open.page.keyboard.press('Enter');
    await rest(open.page);
    assert.match(await text('.spectrum'), /of W_o, output/);
    assert.match(await text('.eigenvalues'), /1\/γ = 4/);
    assert.equal(await marks(), 128);
    const gates = (await asked()).flatMap((question) => (/"gate":"(.)"/.exec(JSON.stringify(question)) ?? [])[1] ?? []);
    assert.deepEqual(gates, ['g', 'o']);
  });

  it('says of a vanilla network what follows from γ σ_max, and of others that nothing does', async () => {
    await unfold({ state: 'vanilla' });
    assert.match(await text('.spectrum'), /γ σ_max = 1 · 0\.93 = 0\.93 < 1: .*sufficient for vanishing/);
    assert.match(await text('.spectrum'), /ρ alone guarantees nothing/);
    assert.equal(await open.page.locator('.segments button').count(), 0);
    assert.equal(await open.page.locator('.lag-bound').count(), 1);
    assert.match(await text('.bars + .caption, .gradient'), /bound/);
    await tester.release(open.page);
    await unfold({ state: 'gru' });
    assert.match(await text('.spectrum'), /No bound follows from a block of W_h alone.*1 − u/);
    assert.equal(await open.page.locator('.lag-bound').count(), 0);
  });

  it('shows how the memory of a vanilla network fades with the radius of W_h', async () => {
    await unfold({ state: 'vanilla' });
    assert.equal(await open.page.locator('.fading:not(.capacity) .fading-line').count(), 10, 'with a key');
    assert.match(await text('.fading:not(.capacity)'), /as it is \(ρ = 0\.93\) after 32; .*ρ = 1\.20 it does not/);
    assert.match(
      await text('.fading:not(.capacity) .figure-note'),
      /seed 1 · .*step .* · 256 steps of held-out text from token/,
    );
    assert.equal(await open.page.locator('.fading:not(.capacity) .figure-menu').count(), 1);
    const questions = (await asked()).filter((question) => (question as { about: string }).about === 'fading');
    assert.deepEqual(questions, [{ about: 'fading', radii: [0.5, 0.9, 1, 1.2] }]);
    // The harness makes the sum 24 ρ³ and a half, and 5.5 beyond the radius 1.1.
    assert.match(
      await text('.capacity'),
      /as it is \(ρ = 0\.93\): 19\.\d; .*ρ = 1\.20: 5\.6\. With 128 units it is at most 128/,
    );
    assert.equal(await open.page.locator('.capacity .fading-line').count(), 10, 'with a key');
    assert.equal(await open.page.locator('.capacity .figure-menu').count(), 1);
  });

  it('names file, model, initialisation, seed, step and window', async () => {
    await unfold({ state: 'training' });
    const figure = await text('.spectrum .figure-note');
    for (const part of ['lamps.txt', 'LSTM 128', 'orthogonal, b_f = 1', 'seed 1', 'step 2,400', '104 steps from'])
      assert.ok(figure.includes(part), `${part} in ${figure}`);
    const told = async () => /from lag \d+ on/.exec(await text('.spectrum'))?.[0];
    const before = await told();
    await open.page.evaluate(() => window.harness.draw({ step: 2400, columns: 60 }));
    await rest(open.page);
    assert.notEqual(await told(), before, 'what is concluded is of the window that is shown');
  });

  it('dims what is of an older step until the new answer is there, and says so', async () => {
    await unfold({ state: 'training' });
    assert.equal(await open.page.locator('.card-content.stale').count(), 0);
    await open.page.evaluate(() => {
      window.harness.answers = false;
      window.harness.play('finished');
    });
    await settle(open.page);
    assert.equal(await open.page.locator('.card-content.stale').count(), 3);
    assert.match(await text('.spectrum'), /stale: of step 2,400; computing step 4,000/);
  });

  it('has its numbers as tables, and remembers that it was unfolded', async () => {
    await unfold({ state: 'training' });
    await open.page.click('.spectrum .table-alternative summary');
    await settle(open.page);
    assert.equal(await open.page.locator('.spectrum table').count(), 2);
    assert.equal(await open.page.locator('.spectrum table').first().locator('tbody tr').count(), 128);
    await rest(open.page);
    await open.page.reload();
    await rest(open.page);
    assert.equal(await open.page.locator('.eigenvalues').count(), 1);
  });

  for (const width of [500, 1000, 2000])
    it(`keeps its labels apart and inside the panel at ${width} px`, async () => {
      await unfold({ state: width === 1000 ? 'vanilla' : 'training', width });
      const overflow = await open.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `overflows by ${overflow} px`);
      const overlaps = await open.page.evaluate(() =>
        [...document.querySelectorAll('.spectrum-card svg')].flatMap((picture) => {
          const texts = [...picture.querySelectorAll('text')];
          return texts.flatMap((a, k) =>
            texts.slice(k + 1).flatMap((b) => {
              const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
              const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
              const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
              return x > 2 && y > 4 ? [`${a.textContent} / ${b.textContent}`] : [];
            }),
          );
        }),
      );
      assert.deepEqual(overlaps, []);
    });

  it('has no accessibility violations in any theme', async () => {
    await unfold({ state: 'training' });
    await open.page.click('.weight-section input');
    await rest(open.page);
    assert.deepEqual(await violations(open.page), []);
    for (const theme of THEMES)
      assert.deepEqual(await violationsIn(theme, open.page, ['.spectrum', '.weight-section']), [], theme);
  });
});

describe('the itemised weight gradient', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  let open: InspectorPage;
  before(async () => {
    tester = await WebviewTester.launch();
    open = await tester.open({ state: 'training', height: 1400 });
    await open.page.click('.weight-section input');
    await rest(open.page);
  });
  after(() => tester.close());

  it('stacks what all losses ask under the line of what is left', async () => {
    assert.equal(await open.page.locator('.weight .weight-group').count(), 4);
    assert.equal(await open.page.locator('.weight .weight-together').count(), 1);
    assert.equal(await open.page.locator('.weight .weight-bar').count(), 0);
    assert.match(
      (await open.page.textContent('.weight-section .caption')) ?? '',
      /the loss at step 95 asks W_h to change most/,
    );
    assert.deepEqual(open.problems, []);
  });

  it('isolates the loss under the pointer, and the focus again when it leaves', async () => {
    const apart = (): Promise<string | null> => open.page.getAttribute('.weight .weight-apart', 'd');
    const focus = await apart();
    const strip = await open.page.locator('.track.weight').boundingBox();
    assert.ok(strip);
    await open.page.mouse.move(strip.x + 96 + 8 * 20 + 4, strip.y + 40);
    await settle(open.page);
    assert.notEqual(await apart(), focus);
    assert.equal(await open.page.locator('.weight .others.faded').count(), 1);
    assert.match((await open.page.textContent('.weight-section .caption')) ?? '', /the loss at step 20 asks/);
    await open.page.mouse.move(2, 2);
    await settle(open.page);
    assert.equal(await apart(), focus);
  });

  it('goes back to plain bars', async () => {
    await open.page.click('.weight-section input');
    await settle(open.page);
    assert.ok((await open.page.locator('.weight .weight-bar').count()) > 50);
    assert.equal(await open.page.locator('.weight .weight-group').count(), 0);
  });
});
