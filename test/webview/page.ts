// Opens the built inspector in Chromium, in the harness that stands in for VS Code; pages are served from disk under one made-up origin.
import { build } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inspectorHtml } from '../../src/host/panel/inspectorHtml';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { findChromium } from '../vscode/chromium';

const ORIGIN = 'http://inspector.test';
const NONCE = 'harness';
const OUT = path.resolve('dist-test');

export const THEMES = ['dark', 'light', 'hc', 'hcl'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The page as the extension serves it, with the harness and the theme before it. */
function markup(language: string, bundle: Record<string, string>): string {
  const page = inspectorHtml({
    cspSource: "'self'",
    nonce: NONCE,
    scriptUri: '/main.js',
    styleUri: '/main.css',
    language,
    title: 'Gatescope',
    bundle,
  });
  return page
    .replace('<link ', '<link rel="stylesheet" href="/harness.css">\n<link ')
    .replace('<script ', `<script nonce="${NONCE}" src="/harness.js"></script>\n<script `);
}

let built: Promise<void> | null = null;

/** Bundles the webview and the harness into dist-test/ once per test process, with the options of the shipped bundle. */
export function buildHarness(): Promise<void> {
  built ??= build({
    entryPoints: { main: 'webview/main.ts', harness: 'webview/harness/harness.ts' },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    outdir: OUT,
    logLevel: 'error',
  }).then(async () => {
    await build({
      entryPoints: { main: 'webview/main.css', harness: 'webview/harness/theme.css' },
      bundle: true,
      outdir: OUT,
      logLevel: 'error',
    });
  });
  return built;
}

/** Bytes of the minified webview script. */
export async function bundleSize(): Promise<number> {
  await buildHarness();
  return (await fs.stat(path.join(OUT, 'main.js'))).size;
}

export interface OpenOptions {
  state?: ScenarioName;
  theme?: ThemeName;
  width?: number;
  height?: number;
  /** The host says nothing until `play` is called. */
  silent?: boolean;
  language?: string;
  /** Translations, English → language. */
  bundle?: Record<string, string>;
}

export interface InspectorPage {
  page: Page;
  /** What the inspector posted to the host, oldest first. */
  posted(): Promise<{ kind: string; [key: string]: unknown }[]>;
  /** Errors and policy violations of the page so far. */
  problems: string[];
}

export class WebviewTester {
  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<WebviewTester> {
    await buildHarness();
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--force-color-profile=srgb',
        '--font-render-hinting=none',
      ],
    });
    return new WebviewTester(browser);
  }

  async open(options: OpenOptions = {}): Promise<InspectorPage> {
    const {
      state = 'training',
      theme = 'dark',
      width = 1000,
      height = 900,
      silent = false,
      language = 'en',
      bundle = {},
    } = options;
    const page = await this.browser.newPage({ viewport: { width, height } });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/')
        return route.fulfill({
          contentType: 'text/html',
          body: markup(language, bundle),
        });
      const contentType = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      return route.fulfill({
        contentType,
        body: await fs.readFile(path.join(OUT, path.basename(pathname))).catch(() => ''),
      });
    });
    await page.goto(`${ORIGIN}/?state=${state}&theme=${theme}${silent ? '&silent' : ''}`);
    await settle(page);
    return { page, problems, posted: () => page.evaluate(() => window.harness.posted as { kind: string }[]) };
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** Waits until the inspector has drawn what it was told: two animation frames. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))),
  );
}
