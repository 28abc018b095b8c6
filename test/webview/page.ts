// Opens the built inspector in Chromium, in the harness that stands in for VS Code; pages are served from memory under one made-up origin.
import { build } from 'esbuild';
import path from 'node:path';
import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright-core';
import { inspectorHtml } from '../../src/host/panel/inspectorHtml';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { findChromium } from '../vscode/chromium';

const ORIGIN = 'http://inspector.test';
const NONCE = 'harness';

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

let built: Promise<Map<string, string>> | null = null;

/** Bundles the webview and the harness once per test process, with the options of the shipped bundle: path → content. */
function harnessFiles(): Promise<Map<string, string>> {
  const options = { bundle: true, write: false, outdir: '/', logLevel: 'error' } as const;
  const scripts = { main: 'webview/main.ts', harness: 'webview/harness/harness.ts' };
  const styles = { main: 'webview/main.css', harness: 'webview/harness/theme.css' };
  built ??= Promise.all([
    build({ ...options, entryPoints: scripts, minify: true, format: 'iife', target: 'es2022' }),
    build({ ...options, entryPoints: styles }),
  ]).then((results) => {
    const files = results.flatMap(({ outputFiles }) => outputFiles);
    return new Map(files.map((file) => [`/${path.basename(file.path)}`, file.text]));
  });
  return built;
}

/** Bytes of the minified webview script. */
export async function bundleSize(): Promise<number> {
  return Buffer.byteLength((await harnessFiles()).get('/main.js') ?? '');
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

/** How long an idle Chromium is kept for the next file of tests. */
const KEEP_MILLISECONDS = 1000;
let running: Promise<Browser> | null = null;
let testers = 0;
let ending: ReturnType<typeof setTimeout> | null = null;
/** Pages that no test uses. A new one costs four times as much as opening the inspector again in one of these. */
let idle: Page[] = [];
let openings = 0;

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
    ],
  });
}

async function endBrowser(): Promise<void> {
  const browser = running;
  running = null;
  idle = [];
  await (await browser)?.close();
}

/** Opens the inspector again and again; one Chromium serves all files of tests in a process. */
export class WebviewTester {
  /** Pages in use, with what forgets the listeners of their opening. */
  private readonly used = new Map<Page, () => Promise<void>>();

  private constructor(
    private readonly browser: Browser,
    private readonly files: Map<string, string>,
  ) {}

  static async launch(): Promise<WebviewTester> {
    if (ending !== null) clearTimeout(ending);
    testers++;
    running ??= launchBrowser();
    const [browser, files] = await Promise.all([running, harnessFiles()]);
    return new WebviewTester(browser, files);
  }

  async open(options: OpenOptions = {}): Promise<InspectorPage> {
    const { state = 'training', theme = 'dark', width = 1000, height = 900 } = options;
    const { silent = false, language = 'en', bundle = {} } = options;
    const page = idle.pop() ?? (await this.browser.newPage());
    const problems: string[] = [];
    const failed = (error: Error): unknown => problems.push(error.message);
    const logged = (message: ConsoleMessage): unknown => message.type() === 'error' && problems.push(message.text());
    page.on('pageerror', failed);
    page.on('console', logged);
    this.used.set(page, async () => {
      page.off('pageerror', failed);
      page.off('console', logged);
      await page.unrouteAll();
      await page.mouse.move(-1, -1);
    });
    await page.setViewportSize({ width, height });
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: markup(language, bundle) });
      const contentType = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      return route.fulfill({ contentType, body: this.files.get(pathname) ?? '' });
    });
    const query = `state=${state}&theme=${theme}&opening=${++openings}${silent ? '&silent' : ''}`;
    await page.goto(`${ORIGIN}/?${query}`);
    await settle(page);
    return { page, problems, posted: () => page.evaluate(() => window.harness.posted as { kind: string }[]) };
  }

  /** Gives a page back, for the next that is opened. */
  async release(page: Page): Promise<void> {
    const forget = this.used.get(page);
    this.used.delete(page);
    await forget?.();
    idle.push(page);
  }

  /** Gives every page back; the browser ends when no other file of tests wants it soon. */
  async close(): Promise<void> {
    for (const page of [...this.used.keys()]) await this.release(page);
    if (--testers === 0) ending = setTimeout(() => void endBrowser(), KEEP_MILLISECONDS);
  }
}

/** Waits until the inspector has drawn what it was told: two animation frames. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))),
  );
}
