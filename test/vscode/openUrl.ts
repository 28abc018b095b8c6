// Shows an address in the person's browser; quiet where there is none.
import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
  darwin: ['open', []],
  win32: ['cmd', ['/c', 'start', '']],
};

/** Tries to open `url`; never fails, for the address is printed anyway. */
export function openUrl(url: string): void {
  if (process.env.GATESCOPE_NO_BROWSER) return;
  const [command, first] = OPENERS[process.platform] ?? ['xdg-open', []];
  const quoted = process.platform === 'win32' ? `"${url}"` : url;
  const child = spawn(command, [...first, quoted], {
    stdio: 'ignore',
    detached: true,
    windowsVerbatimArguments: process.platform === 'win32',
  });
  child.on('error', () => undefined);
  child.unref();
}
