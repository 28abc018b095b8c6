// Opens the workbench of a server in Chromium, with an extension under development or a test suite when asked for.
import path from 'node:path';
import { openPage, type OpenPage, type PageOptions } from './chromium';
import { slashed } from './paths';
import type { Server } from './serverProcess';

export interface WorkbenchOptions extends PageOptions {
  /** Folder of the extension to run from source; left out for an installed package. */
  development?: string;
  /** File of a test suite to run in the extension host. */
  tests?: string;
  /** Environment of the extension host. */
  environment?: Record<string, string>;
  /** File of the workspace to open. */
  openFile?: string;
  /** Opens a window without a folder. */
  empty?: boolean;
}

/** The address of the workbench with the server's workspace open, or with no folder. */
export function workbenchUrl(server: Server, options: WorkbenchOptions = {}, token?: string): string {
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (options.development) payload.push(['extensionDevelopmentPath', server.remote(options.development)]);
  if (options.tests) payload.push(['extensionTestsPath', server.remote(options.tests)]);
  if (options.environment) payload.push(['extensionEnvironment', JSON.stringify(options.environment)]);
  if (options.openFile) payload.push(['openFile', server.remote(path.join(server.workspace, options.openFile))]);
  const url = new URL(`http://${server.authority}/`);
  if (token) url.searchParams.set('tkn', token);
  if (options.empty) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', slashed(server.workspace));
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Opens the workbench in a browser of its own. */
export function openWorkbench(server: Server, options: WorkbenchOptions = {}): Promise<OpenPage> {
  return openPage(workbenchUrl(server, options), options);
}
