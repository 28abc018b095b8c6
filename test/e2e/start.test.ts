// `npm start`: prints three lines, serves a VS Code with Gatescope at work behind a secret, and leaves nothing when it ends.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { eventually } from '../eventually';
import { openPage } from '../vscode/chromium';
import { findDesktopCode } from '../vscode/desktopCode';
import { root } from '../vscode/paths';

/** The printed address, once the three lines stand. */
function printedUrl(output: string): string | undefined {
  return /^1\. Open (\S+)\n2\. .+\n3\. .+\n$/m.exec(output)?.[1];
}

describe('npm start', () => {
  let child: ChildProcess;
  let output = '';
  const group = (signal: NodeJS.Signals): boolean => process.kill(-(child.pid ?? 0), signal);

  before(function () {
    if (process.platform === 'win32' || findDesktopCode()) this.skip();
    const env = { ...process.env, GATESCOPE_NO_BROWSER: '1' };
    child = spawn(process.execPath, [path.join(root, 'test/setUp.mjs'), 'start'], { env, detached: true });
    child.stdout?.on('data', (data: Uint8Array) => (output += String(data)));
    child.stderr?.on('data', (data: Uint8Array) => (output += String(data)));
  });
  after(() => {
    if (child?.exitCode === null && child.signalCode === null) group('SIGKILL');
  });

  it('says in three lines what to do next', async () => {
    const url = await eventually(`an address in: ${output}`, () => printedUrl(output), 60_000);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/\?tkn=[0-9a-f]{32}&/);
  });

  it('refuses whoever lacks the secret', async () => {
    const url = new URL(printedUrl(output) ?? '');
    url.searchParams.delete('tkn');
    assert.equal((await fetch(url)).status, 403);
  });

  it('opens a workbench on the sample with Gatescope in it', async () => {
    const opened = await openPage(printedUrl(output) ?? '');
    try {
      const { page } = opened;
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 });
      await page.locator('.editor-group-container .view-lines').first().waitFor();
      await page
        .getByRole('button', { name: /Open Inspector/ })
        .first()
        .click();
      const inspector = page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
      await inspector.getByRole('button', { name: /^Train LSTM 128 on/ }).waitFor();
    } finally {
      await opened.close();
    }
  });

  it('ends everything with Ctrl+C', async () => {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    group('SIGINT');
    assert.equal(await ended, 0);
    const { port } = new URL(printedUrl(output) ?? '');
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  });
});
