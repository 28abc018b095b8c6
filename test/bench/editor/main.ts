// `npm run bench:editor`: what a person feels of the speed, in a real VS Code with the packaged extension in it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Inspector } from '../../e2e/inspector';
import { makeRoom, startSession, type Session } from '../../e2e/session';
import { packageExtension } from '../../vscode/packageExtension';
import { root } from '../../vscode/paths';
import { describeMachine } from '../machine';
import { measureHeatmaps } from './heatmapFrames';
import { measureKeys } from './keyLatency';
import { HELP, parseOptions, type EditorBenchOptions } from './options';
import { textOf, withEditorBenchmark, type EditorReport } from './report';
import { SETTINGS, trainedText, type TrainedText } from './trainedText';
import { measureTraining } from './trainingTurns';
import { makeWide } from './window';

const FILE = 'text.txt';
/** Where the keys are pressed: far enough from the text's beginning for a whole window and what is read before it. */
const PLACE = 0.4;

function progress(sentence: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
}

/** A VS Code in which a run trains beside the text and the inspector shows it. */
async function startTraining({ text }: TrainedText): Promise<Session> {
  // The browser would have every picture compressed on its way from the extension; the parts of a desktop VS Code do not.
  process.env.VSCODE_HOST_ARGS ??= '--disable-websocket-compression';
  const session = await startSession({ files: { [FILE]: text }, settings: SETTINGS });
  const { workbench } = session;
  await workbench.openFile(FILE);
  await workbench.contextMenu(workbench.fileRow(FILE));
  await workbench.chooseInMenu('Train a Recurrent Model');
  await new Inspector(workbench).picture();
  await makeRoom(workbench);
  return session;
}

async function inTheEditor(options: EditorBenchOptions, trained: TrainedText, report: EditorReport): Promise<void> {
  progress('starting VS Code');
  const session = await startTraining(trained);
  try {
    const { workbench } = session;
    if (options.only.includes('training')) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-bench-'));
      const file = path.join(folder, FILE);
      fs.writeFileSync(file, trained.text);
      report.training = await measureTraining(session, file, options.rounds, progress);
      fs.rmSync(folder, { recursive: true });
    }
    if (options.only.includes('keys')) {
      const columns = await makeWide(workbench);
      const lines = trained.text.split('\n');
      const line = Math.round(lines.length * PLACE);
      await workbench.goTo(line, 1);
      const start = lines.slice(0, line - 1).join('\n').length + 1;
      report.keys = await measureKeys(session, columns, { start, presses: options.presses }, progress);
    }
  } finally {
    await session.end();
  }
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const trained = trainedText(options.text);
  const report: EditorReport = {
    ...{ machine: describeMachine(), text: `${trained.name}, ${trained.text.length} characters` },
    ...{ training: null, keys: null, heatmaps: null },
  };
  progress('packaging the extension');
  if (!options.packaged) packageExtension();
  if (options.only.some((part) => part !== 'heatmaps')) await inTheEditor(options, trained, report);
  if (options.only.includes('heatmaps')) report.heatmaps = await measureHeatmaps(progress);
  progress('');
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (options.out !== null) fs.writeFileSync(options.out, json);
  (options.json ? process.stderr : process.stdout).write(`${textOf(report)}\n`);
  if (options.json) process.stdout.write(json);
  if (options.readme) {
    const file = path.join(root, 'README.md');
    fs.writeFileSync(file, withEditorBenchmark(fs.readFileSync(file, 'utf8'), report));
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
