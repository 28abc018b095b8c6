// `npm start [-- FILE]`: opens a VS Code with Gatescope in it, on a copy of the sample folder or on FILE's own folder.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findDesktopCode, openDesktopCode } from './desktopCode';
import { openUrl } from './openUrl';
import { workbenchUrl } from './openWorkbench';
import { packageExtension } from './packageExtension';
import { cache, root } from './paths';
import { run, say } from './npmPackages';
import { startServer } from './serverProcess';

interface Opened {
  folder: string;
  /** Name of the file to open in `folder`. */
  file: string;
}

/** A fresh copy of the sample folder, so that edits never touch the project; the largest text in it is opened. */
function sampleCopy(): Opened {
  const sample = path.join(root, 'media/sample');
  const folder = path.join(cache, 'sample');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(sample, folder, { recursive: true });
  const texts = fs.readdirSync(folder).filter((name) => name.endsWith('.txt'));
  const size = (name: string): number => fs.statSync(path.join(folder, name)).size;
  const [file] = texts.sort((a, b) => size(b) - size(a));
  if (!file) throw new Error(`no .txt file in ${sample}`);
  return { folder, file };
}

function chosenFile(argument: string): Opened {
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), argument);
  if (!fs.existsSync(file)) throw new Error(`no such file: ${file}`);
  if (fs.statSync(file).isDirectory()) throw new Error(`a folder, not a file: ${file}`);
  return { folder: path.dirname(file), file: path.basename(file) };
}

/** Exactly three lines: what to do next. */
function printNextSteps(file: string, where: string): void {
  console.log(`1. ${where}`);
  console.log(`2. Right-click ${file} in the Explorer, choose "Train a Recurrent Model": training begins.`);
  console.log('3. Move the cursor through the text and watch the gates beside it. Ctrl+C here ends everything.');
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

async function startDesktop(executable: string, opened: Opened): Promise<void> {
  say('building the extension');
  run(process.execPath, ['esbuild.mjs'], root);
  const window = openDesktopCode(executable, opened.folder, path.join(opened.folder, opened.file));
  printNextSteps(opened.file, `VS Code opens on ${opened.folder}.`);
  await Promise.race([window.closed, untilInterrupted()]);
  window.stop();
}

async function startInBrowser(opened: Opened): Promise<void> {
  const connectionToken = randomBytes(16).toString('hex');
  say('building and packaging the extension');
  const server = await startServer({
    vsix: packageExtension(),
    workspace: opened.folder,
    home: path.join(cache, 'browser-profile'),
    connectionToken,
    lasting: true,
  });
  const url = workbenchUrl(server, { openFile: opened.file }, connectionToken);
  printNextSteps(opened.file, `Open ${url}`);
  openUrl(url);
  const death = new Promise<string>((resolve) =>
    server.child.once('exit', () => resolve(`VS Code's server ended\n${server.log}`)),
  );
  const problem = await Promise.race([untilInterrupted(), death]);
  await server.stop();
  if (problem) throw new Error(problem);
}

async function main(): Promise<void> {
  const argument = process.argv[2];
  const opened = argument ? chosenFile(argument) : sampleCopy();
  const desktop = findDesktopCode();
  if (desktop) await startDesktop(desktop, opened);
  else await startInBrowser(opened);
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
