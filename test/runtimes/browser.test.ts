// The engine in a classic worker from a Blob, as an extension has it on the web: it needs no Node and computes the same bits.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { WASM_VARIANTS, type WasmVariant } from '../../src/engine/kernels/kernelVariants';
import { launchChromium } from '../vscode/chromium';
import { root } from '../vscode/paths';
import type { EngineRun } from './engineRun';
import { nodeOf } from './nodes';

const ORIGIN = 'https://engine.test';
const CONTENT: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
const OUT = path.join(root, 'dist-test/runtimes');
const PAGE = '<!doctype html><script src="/enginePage.js"></script>';
/** Without these headers a page shares no memory with its workers: there is one thread then. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

async function bundle(): Promise<void> {
  const common = { bundle: true, outdir: OUT, logLevel: 'error', target: 'es2022' } as const;
  const entry = (name: string): string => path.join(root, `test/runtimes/${name}.ts`);
  // For the platform 'browser' esbuild fails on every import of a Node module.
  const scripts = ['enginePage', 'engineWorker', 'engineThreadWorker'].map(entry);
  await build({ ...common, entryPoints: scripts, platform: 'browser', format: 'iife' });
  const mainFields = ['module', 'main'];
  await build({ ...common, entryPoints: [entry('engineInNode')], platform: 'node', format: 'cjs', mainFields });
}

/** What Node 24, which takes every module, computes by variant. */
function runsInNode(): Record<string, EngineRun> {
  const { status, stdout, stderr } = spawnSync(
    nodeOf(24),
    [path.join(OUT, 'engineInNode.js'), path.join(root, 'dist')],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Record<string, EngineRun>;
}

describe('the engine in a web worker', function () {
  this.timeout(60_000);
  let browser: Browser;
  let expected: Record<string, EngineRun>;

  before(async () => {
    await bundle();
    expected = runsInNode();
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function openPage(headers: Record<string, string>): Promise<Page> {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = path.basename(new URL(route.request().url()).pathname);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: PAGE, headers });
      const folder = name.endsWith('.wasm') ? path.join(root, 'dist') : OUT;
      return route.fulfill({
        body: fs.readFileSync(path.join(folder, name)),
        contentType: CONTENT[path.extname(name)],
      });
    });
    await page.goto(`${ORIGIN}/`);
    return page;
  }

  const runIn = (page: Page, variants: readonly WasmVariant[], wanted = 0): Promise<EngineRun> =>
    page.evaluate(([names, threads]) => window.runInWorker(names, threads), [variants, wanted] as const);

  /** Everything that must not depend on the runtime. */
  const numbers = ({ kernels, losses, weights, inspection }: EngineRun) => ({ kernels, losses, weights, inspection });

  it('learns: what is compared is not all the same', () => {
    const { losses, weights, inspection } = expected.simd;
    assert.ok(losses.every(Number.isFinite) && losses[losses.length - 1] < losses[0], losses.join());
    assert.equal(new Set(Object.values(weights)).size, Object.keys(weights).length);
    assert.ok(Object.keys(inspection).includes('gradient.hidden') && Object.keys(inspection).includes('gate.f'));
  });

  for (const variant of [...WASM_VARIANTS, 'javascript'] as const)
    it(`computes with ${variant} kernels what Node computes, to the last bit`, async () => {
      const page = await openPage({});
      const run = await runIn(page, variant === 'javascript' ? [] : [variant]);
      assert.equal(run.kernels, variant, run.reason);
      assert.deepEqual(numbers(run), numbers(expected[variant]));
      await page.close();
    });

  it('chooses among all modules, with its reason', async () => {
    const page = await openPage({});
    const run = await runIn(page, WASM_VARIANTS);
    assert.ok((WASM_VARIANTS as readonly string[]).includes(run.kernels));
    assert.match(run.reason, /GFLOP\/s .*self-test error/);
    assert.deepEqual(numbers(run), numbers(expected[run.kernels]));
    await page.close();
  });

  it('computes on two threads the bits of one where a page may share memory', async () => {
    const page = await openPage(ISOLATED);
    assert.ok(await page.evaluate(() => crossOriginIsolated));
    const run = await runIn(page, ['simd'], 2);
    assert.equal(run.threads, 2, run.reason);
    assert.deepEqual(numbers(run), numbers(expected.simd));
    await page.close();
  });

  it('does with one thread where a page may not share memory, and says why', async () => {
    const page = await openPage({});
    const run = await runIn(page, ['simd'], 2);
    assert.equal(run.threads, 1);
    assert.match(run.reason, /threads cannot be started/);
    assert.deepEqual(numbers(run), numbers(expected.simd));
    await page.close();
  });
});
