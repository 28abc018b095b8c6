// One VS Code with the packaged extension in it, as a person would have it, for a group of end-to-end tests.
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { RunRecord } from '../../src/protocol/run';
import { openWorkbench } from '../vscode/openWorkbench';
import { results, root, vsixFile } from '../vscode/paths';
import { startServer, type Server } from '../vscode/serverProcess';
import { writeSmallerPicture } from '../vscode/smallerPicture';
import { Workbench } from '../vscode/workbench';

export interface SessionOptions {
  /** Files of the workspace by name. */
  files: Record<string, string | Uint8Array>;
  settings?: Record<string, unknown>;
  viewport?: { width: number; height: number };
  /** The folder is not trusted. */
  untrusted?: boolean;
  /** The window opens without the folder. */
  empty?: boolean;
}

export interface Session {
  server: Server;
  workbench: Workbench;
  end(): Promise<void>;
}

/** Installs the package into a fresh VS Code and opens its workbench. */
export async function startSession(options: SessionOptions): Promise<Session> {
  if (!fs.existsSync(vsixFile))
    throw new Error(`${vsixFile} is missing: run \`npm run test:e2e\`, which packages first`);
  const { files, settings, untrusted, empty } = options;
  const server = await startServer({ vsix: vsixFile, files, settings, untrusted });
  try {
    const viewport = options.viewport ?? { width: 1600, height: 1000 };
    const workbench = new Workbench(server, await openWorkbench(server, { viewport, empty }));
    if (empty) await workbench.page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 30_000 });
    else await workbench.ready();
    const end = async (): Promise<void> => {
      await workbench.close();
      await server.stop();
    };
    return { server, workbench, end };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Saves a screenshot of the window, or of a part of it, into test-results/. */
export async function screenshot(workbench: Workbench, name: string, part?: Locator): Promise<void> {
  fs.mkdirSync(results, { recursive: true });
  // Away from everything that would show a tooltip.
  await workbench.page.mouse.move(200, 8);
  await (part ?? workbench.page).screenshot({ path: path.join(results, `${name}.png`) });
}

/** The same, and with UPDATE_SCREENSHOTS=1 into media/screenshots/ if README.md shows a picture of that name. */
export async function readmeScreenshot(workbench: Workbench, name: string, part?: Locator): Promise<void> {
  await screenshot(workbench, name, part);
  const picture = `media/screenshots/${name}.png`;
  const shown = fs.readFileSync(path.join(root, 'README.md'), 'utf8').includes(picture);
  if (process.env.UPDATE_SCREENSHOTS !== '1' || !shown) return;
  fs.mkdirSync(path.join(root, 'media/screenshots'), { recursive: true });
  await writeSmallerPicture(fs.readFileSync(path.join(results, `${name}.png`)), path.join(root, picture));
}

/**
 * A small network that trains until it is stopped, however fast the machine: 1,000 epochs in tiny batches take minutes, and it
 * learns so slowly that the validation loss never ceases to fall.
 */
export const ENDLESS = {
  'gatescope.training.hiddenUnits': 32,
  'gatescope.training.sequenceLength': 16,
  'gatescope.training.batchSize': 1,
  'gatescope.training.epochs': 1000,
  'gatescope.training.learningRate': 1e-6,
};

/** Settings and size of a window that is shown in the README: all of it for the text and the inspector. */
export const README_SETTINGS = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'workbench.layoutControl.enabled': false,
};
export const README_VIEWPORT = { width: 1600, height: 1200 };

/** Hides the side bar and everything else that is not the text or the inspector. */
export async function makeRoom(workbench: Workbench): Promise<void> {
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
}

/** Saves what the window shows when a test failed; for afterEach. */
export async function screenshotOfFailure(context: Mocha.Context, session: Session | undefined): Promise<void> {
  const test = context.currentTest;
  if (test?.state !== 'failed' || !session) return;
  await screenshot(session.workbench, `failed-${test.fullTitle().replace(/[^\p{L}\d]+/gu, '-')}`).catch(
    () => undefined,
  );
  const log = extensionLog(session.server);
  if (log) console.log(`      log of the extension:\n${log.split('\n').slice(-25).join('\n')}`);
}

function filesBelow(folder: string, name: RegExp): string[] {
  if (!fs.existsSync(folder)) return [];
  const all = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return all.filter((file) => name.test(file)).map((file) => path.join(folder, file));
}

/** What the extension wrote into its output channel. */
export function extensionLog(server: Server): string {
  const logs = filesBelow(path.join(server.home, 'data/data/logs'), /gatescope.*\.log$/i);
  return logs.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
}

/** Folders of the runs in the extension's storage, newest first. */
export function runFolders(server: Server): string[] {
  const folder = path.join(server.home, 'data/data/User/globalStorage/gatescope.gatescope/runs');
  if (!fs.existsSync(folder)) return [];
  const times = fs.readdirSync(folder).map((id) => {
    const runFolder = path.join(folder, id);
    return { runFolder, time: fs.statSync(runFolder).birthtimeMs };
  });
  return times.sort((a, b) => b.time - a.time).map(({ runFolder }) => runFolder);
}

/** What a run's folder says of it. */
export function readRecord(runFolder: string): RunRecord {
  return JSON.parse(fs.readFileSync(path.join(runFolder, 'run.json'), 'utf8')) as RunRecord;
}

/** Whole lines from the beginning of a sample of the project, about `characters` long; the English one unless named. */
export function sampleStart(characters: number, name = 'the-lighthouse-keepers.txt'): string {
  const text = fs.readFileSync(path.join(root, 'media/sample', name), 'utf8');
  return text.slice(0, text.lastIndexOf('\n', characters) + 1);
}
