// The section Model in plain Chromium: one line that unfolds into what the network is, how it is trained and what computes it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { RunRecord } from '../../src/protocol/run';
import { DEFAULT_CONFIG } from '../../src/protocol/runConfig';
import { syntheticRecord, syntheticState } from '../../webview/harness/syntheticRun';
import { violationsIn } from './accessibility';
import { THEMES, WebviewTester, settle, type InspectorPage, type OpenOptions, wear, keepPicture } from './page';

const KOREAN = JSON.parse(fs.readFileSync(path.resolve('dist/l10n/bundle.l10n.ko.json'), 'utf8')) as Record<
  string,
  string
>;

describe('the section Model', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  const opened: InspectorPage[] = [];
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

  async function open(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await tester.open({ height: 1400, ...options });
    opened.push(inspector);
    return inspector;
  }

  /** By keyboard: what is answered meanwhile moves the section, and with it what a pointer would meet. */
  async function unfold({ page }: Pick<InspectorPage, 'page'>): Promise<void> {
    await page.locator('.model summary').focus();
    await page.keyboard.press('Enter');
  }

  async function unfolded(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await open(options);
    await unfold(inspector);
    await inspector.page.locator('.model dl').first().waitFor();
    return inspector;
  }

  /** Replaces the run shown by one that differs in this from the usual. */
  async function becomes({ page }: InspectorPage, run: Partial<RunRecord>): Promise<void> {
    const message = { kind: 'state', state: syntheticState({ run: syntheticRecord(run) }) };
    await page.evaluate((state) => window.harness.send(state), message);
    await settle(page);
  }

  const values = ({ page }: InspectorPage): Promise<Record<string, string>> =>
    page.locator('.model-group').evaluateAll((groups) => {
      const pairs = groups.flatMap((group) =>
        [...group.querySelectorAll('dt')].map((name) => {
          const said = [name, name.nextElementSibling].map((node) => node?.textContent.replace(/\s+/g, ' ').trim());
          return [`${group.querySelector('h3')?.textContent}: ${said[0]}`, said[1] ?? ''] as const;
        }),
      );
      return Object.fromEntries(pairs);
    });

  it('says in one line what the network is and what computes it', async () => {
    const inspector = await open();
    const section = inspector.page.locator('.model');
    assert.equal(
      (await section.innerText()).replace(/\s+/g, ' ').trim(),
      'Model LSTM 128 · 111,681 parameters · relaxed-simd-wide, 2 threads',
    );
  });

  it('names shape, training and engine when it is unfolded', async () => {
    assert.deepEqual(await values(await unfolded()), {
      'Cell: f forget': 'f(t) = σ(W_f h(t−1) + U_f x(t) + b_f)',
      'Cell: i input': 'i(t) = σ(W_i h(t−1) + U_i x(t) + b_i)',
      'Cell: o output': 'o(t) = σ(W_o h(t−1) + U_o x(t) + b_o)',
      'Cell: c̃ candidate': 'c̃(t) = tanh(W_c h(t−1) + U_c x(t) + b_c)',
      'Cell: c cell': 'c(t) = f(t) ∘ c(t−1) + i(t) ∘ c̃(t)',
      'Cell: h hidden': 'h(t) = o(t) ∘ tanh c(t)',
      'Network: Layers': '1, from left to right',
      'Network: Hidden units': '128',
      'Network: Embedding size': '64',
      'Network: Vocabulary': '65 characters, one of them for all that are unknown',
      'Network: Output': 'softmax(W_o h(t) + b_o) · over the vocabulary: the next token',
      'Network: Parameters': '111,681',
      'Network: Initialisation': 'W_h orthogonal, b_f = 1',
      'Network: Seed': '1',
      'Training: Optimizer': 'Adam, learning rate 0.002',
      'Training: Snapshots':
        '24 kept, first of step 0, last of step 1,778 · close together at first, where most happens; the scrubber above looks at any of them',
      'Training: Clipping': 'global norm at most 1',
      'Training: Batch': '32 sequences of 64 timesteps · the state carried on from one to the next',
      'Training: Epochs': '10 at most',
      'Training: Text': '1,003,854 tokens to train on, 111,540 held out',
      'Engine: Kernels': 'relaxed-simd-wide · WebAssembly on 256-bit vectors, a·b + c rounded once',
      'Engine: Why, as logged': 'GFLOP/s simd 76, relaxed-simd 72, relaxed-simd-wide 109; self-test error 1.2e-7',
      'Engine: Threads': '2',
      'Engine: Precision': 'float32',
      'Engine: Runtime': 'Node.js 24.21.0',
      'Engine: Same bits again': 'with the same text, options, seed and kernels, on any number of threads',
    });
  });

  it('draws no boxes around its formulas, as VS Code would', async () => {
    const { page } = await unfolded();
    const grounds = await page
      .locator('.model code')
      .evaluateAll((all) => all.map((code) => getComputedStyle(code).backgroundColor));
    assert.deepEqual([...new Set(grounds)], ['rgba(0, 0, 0, 0)']);
  });

  it('gives each cell its own equations', async () => {
    const gru = await values(await unfolded({ state: 'gru' }));
    assert.equal(gru['Cell: h hidden'], 'h(t) = (1 − u(t)) ∘ h(t−1) + u(t) ∘ h̃(t)');
    assert.ok(!('Cell: f forget' in gru));
    const vanilla = await values(await unfolded({ state: 'vanilla' }));
    assert.equal(vanilla['Cell: h hidden'], 'h(t) = tanh(W_h h(t−1) + W_x x(t) + b)');
  });

  it('says when another part of the training was done with other kernels', async () => {
    const inspector = await unfolded();
    const engine = { kernels: 'javascript', reason: '', threads: 1, kernelsBefore: 'simd' };
    await becomes(inspector, { engine });
    const said = await values(inspector);
    assert.equal(said['Engine: Same bits again'], 'not certain: trained with simd kernels before it was resumed here');
    assert.equal(said['Engine: Kernels'], 'javascript · plain JavaScript, without WebAssembly');
    assert.ok(!('Engine: Why, as logged' in said) && !('Engine: Runtime' in said));
    assert.match(await inspector.page.locator('.model summary').innerText(), /javascript, 1 thread$/);
  });

  it('says the batch that is really used, and that more was asked for', async () => {
    const inspector = await unfolded();
    await becomes(inspector, { batch: { timesteps: 20, lanes: 3 } });
    assert.equal(
      (await values(inspector))['Training: Batch'],
      '3 sequences of 20 timesteps · 32 of 64 were asked for: the text or the memory is too small',
    );
  });

  it('names the optimizer, and says that nothing is clipped', async () => {
    const inspector = await unfolded();
    await becomes(inspector, { config: { ...DEFAULT_CONFIG, optimizer: 'sgd', learningRate: 0.25, clipNorm: 0 } });
    const said = await values(inspector);
    assert.equal(said['Training: Optimizer'], 'SGD with momentum, learning rate 0.25');
    assert.equal(said['Training: Clipping'], 'no clipping');
  });

  it('unfolds and folds by keyboard', async () => {
    const { page } = await open();
    const content = page.locator('.model-groups');
    await page.locator('.model summary').focus();
    await page.keyboard.press('Enter');
    await content.waitFor();
    await page.keyboard.press('Space');
    await content.waitFor({ state: 'hidden' });
  });

  it('shows what it unfolds although it stands at the foot of the page', async () => {
    const { page } = await open({ height: 800 });
    await unfold({ page });
    await page.locator('.model dd').last().waitFor();
    // Either all of it fits, or it begins near the top: the table of parameters alone may be taller than the panel.
    await page.waitForFunction(() => {
      const section = document.querySelector('.model')?.getBoundingClientRect();
      return section !== undefined && (section.bottom <= window.innerHeight || section.top < window.innerHeight / 2);
    });
  });

  it('stays unfolded while training goes on and when the inspector comes back', async () => {
    const inspector = await unfolded();
    await becomes(inspector, { step: 2401 });
    assert.ok(await inspector.page.locator('.model-groups').isVisible());
    await inspector.page.waitForFunction(() => JSON.stringify(window.harness.saved).includes('"modelOpen":true'));
    await inspector.page.reload();
    await inspector.page.locator('.model-groups').waitFor();
  });

  it('is not there before there is a network', async () => {
    for (const state of ['empty', 'preparing', 'failed'] as const)
      assert.equal(await (await open({ state })).page.locator('.model').isVisible(), false, state);
  });

  it('has no accessibility violation in any theme, narrow or wide', async () => {
    const { page } = await unfolded();
    await page.getByRole('table', { name: 'Parameters' }).waitFor();
    for (const theme of THEMES)
      for (const width of [380, 1000]) {
        await page.setViewportSize({ width, height: 1400 });
        await wear(page, theme);
        await keepPicture(page.locator('.model'), `shell/model-${theme}-${width}`);
        assert.deepEqual(await violationsIn(theme, page, ['.model']), [], `${theme} at ${width}`);
      }
  });

  it('keeps every word inside the panel at any width', async () => {
    const { page } = await unfolded();
    await page.getByRole('table', { name: 'Parameters' }).waitFor();
    for (const width of [360, 380, 520, 640, 1000, 1800]) {
      await page.setViewportSize({ width, height: 1400 });
      await settle(page);
      const over = await page.locator('.model *').evaluateAll((all) => {
        const limit = document.documentElement.clientWidth;
        return all.filter((node) => node.getBoundingClientRect().right > limit).map((node) => node.outerHTML);
      });
      assert.deepEqual(over, [], `at ${width}`);
    }
  });

  it('speaks Korean but for formulas, names of the engine and its log', async () => {
    const { page } = await unfolded({ language: 'ko', bundle: KOREAN });
    const english = await page
      .locator('.model h2, .model h3, .model dt, .model thead th, .model dd .section-note, .model p')
      .evaluateAll((all) => all.map((node) => node.textContent).filter((text) => !/[가-힣]/.test(text)));
    assert.deepEqual(english, []);
  });
});
