// Finds a Chromium for the tests and opens pages in it that can reach nothing but this machine.
import fs from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { npmChromium } from './npmChromium';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The executable at CHROMIUM_PATH or in a usual place, else one from npm; throws one line on how to get one. */
export function findChromium(): string {
  const asked = process.env.CHROMIUM_PATH;
  if (asked && !fs.existsSync(asked)) throw new Error(`CHROMIUM_PATH names no file: ${asked}`);
  const places = process.env.CHROMIUM_FROM_NPM ? [] : USUAL_PLACES;
  const found = asked ?? places.find((place) => fs.existsSync(place)) ?? npmChromium();
  if (!found)
    throw new Error(
      'No Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable',
    );
  return found;
}

/** Starts a headless Chromium (with a window when HEADED is set). */
export async function launchChromium(): Promise<Browser> {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath: findChromium(),
    headless: !process.env.HEADED,
    args: ['--no-sandbox', '--disable-sync', ...quiet],
  });
}

/** A page with a record of what went wrong on it. */
export interface OpenPage {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** Uncaught errors, failed requests and HTTP errors, as they came. */
  problems: string[];
  /** Addresses outside this machine that were asked for, and refused. */
  blocked: string[];
  close(): Promise<void>;
}

/** What a page is opened with; `beforeGoto` may expose functions to it. */
export interface PageOptions {
  beforeGoto?: (page: Page) => Promise<void>;
  viewport?: { width: number; height: number };
}

function recordProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`pageerror: ${error.message}`));
  page.on('requestfailed', (r) => problems.push(`requestfailed: ${r.url()} ${r.failure()?.errorText ?? ''}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
}

/** Opens `url` in a browser of its own; every request beyond 127.0.0.1 is refused and recorded. */
export async function openPage(url: string, options: PageOptions = {}): Promise<OpenPage> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const blocked: string[] = [];
    await context.route(
      (to) => !['127.0.0.1', 'localhost'].includes(to.hostname) && /^(https?|wss?):$/.test(to.protocol),
      (route) => {
        blocked.push(route.request().url());
        return route.abort();
      },
    );
    const page = await context.newPage();
    const problems: string[] = [];
    recordProblems(page, problems);
    await options.beforeGoto?.(page);
    await page.goto(url);
    return { browser, context, page, problems, blocked, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
