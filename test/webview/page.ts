// Opens the built inspector in Chromium, in the harness that stands in for VS Code; pages are served from memory under one made-up host.
import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type ConsoleMessage, type Locator, type Page } from 'playwright-core';
import { inspectorHtml } from '../../src/host/panel/inspectorHtml';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { findChromium } from '../vscode/chromium';

const HOST = 'inspector.test';
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
let running: Promise<{ browser: Browser; server: Server }> | null = null;
let testers = 0;
let ending: ReturnType<typeof setTimeout> | null = null;
/** Pages that no test uses. A new one costs four times as much as opening the inspector again in one of these. */
let idle: Page[] = [];
/** The markup of every opening, by its number. */
const openings: string[] = [];

/** Serves the openings and, to be kept by Chromium together with its compiled code, scripts and styles. */
async function serve(): Promise<Server> {
  const files = await harnessFiles();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    const isPage = pathname === '/';
    const type = isPage ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    const kept = isPage ? 'no-store' : 'max-age=86400, immutable';
    response.setHeader('content-type', `${type}; charset=utf-8`).setHeader('cache-control', kept);
    response.end(isPage ? openings[Number(searchParams.get('opening'))] : (files.get(pathname) ?? ''));
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  return server;
}

async function launch(): Promise<{ browser: Browser; server: Server }> {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${(server.address() as AddressInfo).port}`,
    ],
  });
  return { browser, server };
}

async function endBrowser(): Promise<void> {
  const ended = await running;
  running = null;
  idle = [];
  await ended?.browser.close();
  ended?.server.close();
}

/** Opens the inspector again and again; one Chromium serves all files of tests in a process. */
export class WebviewTester {
  /** Pages in use, with what forgets the listeners of their opening. */
  private readonly used = new Map<Page, () => Promise<void>>();

  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<WebviewTester> {
    if (ending !== null) clearTimeout(ending);
    testers++;
    running ??= launch();
    return new WebviewTester((await running).browser);
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
      await page.mouse.move(-1, -1);
    });
    await page.setViewportSize({ width, height });
    const opening = openings.push(markup(language, bundle)) - 1;
    const query = `state=${state}&theme=${theme}&opening=${opening}${silent ? '&silent' : ''}`;
    await page.goto(`http://${HOST}/?${query}`);
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

/** Waits until the inspector has drawn what it was told. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(() => window.harness.settled());
}

/** The same after all that the inspector puts off: questions once nothing moves, saving, drawing at rest. What it has not done then it never does. */
export function rest(page: Page): Promise<void> {
  return page.evaluate(() => window.harness.hurried());
}

/** Changes the theme, and draws in it. */
export async function wear(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate((name) => window.harness.theme(name), theme);
  await settle(page);
}

/** With KEEP_PICTURES=1, saves what a page or a part of it looks like into test-results/, to be looked at. */
export async function keepPicture(part: Page | Locator, name: string): Promise<void> {
  if (process.env.KEEP_PICTURES === '1') await part.screenshot({ path: path.resolve('test-results', `${name}.png`) });
}
