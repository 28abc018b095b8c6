// Runs the integration suite in desktop VS Code, through @vscode/test-electron.
//   VSCODE_EXECUTABLE=/path/to/code takes that one; otherwise VSCODE_VERSION (default: stable) is downloaded.
//   On Linux without a display: xvfb-run -a npm run test:electron
// Exit code 69: VS Code could not be downloaded.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from './paths';

const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|timed? ?out|fetch|Failed to (get|download|parse)/i;

async function runInDesktop(workspace: string, userData: string): Promise<number> {
  const vscodeExecutablePath =
    process.env.VSCODE_EXECUTABLE ??
    (await downloadAndUnzipVSCode({ version: process.env.VSCODE_VERSION ?? 'stable', timeout: 30_000 }));
  const launchArgs = [
    ...[workspace, `--user-data-dir=${userData}`, '--disable-extensions', '--disable-workspace-trust'],
    ...['--skip-welcome', '--skip-release-notes', '--disable-gpu'],
  ];
  if (process.getuid?.() === 0) launchArgs.push('--no-sandbox');
  const extensionTestsPath = path.join(root, 'dist-test/integration.js');
  return runTests({ vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath, launchArgs });
}

async function main(): Promise<number> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-electron-'));
  const workspace = path.join(home, 'workspace');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'placeholder.txt'), 'A workspace.\n');
  try {
    return await runInDesktop(workspace, path.join(home, 'user'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`test-electron: ${message}`);
    if (!OFFLINE.test(message) || process.env.VSCODE_EXECUTABLE) return 1;
    console.error('VS Code could not be downloaded: set VSCODE_EXECUTABLE, or use `npm run test:integration`.');
    return 69;
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

void main().then((code) => process.exit(code));
