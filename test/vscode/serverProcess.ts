// One VS Code server on a free port of 127.0.0.1, with all its state in one folder, ended with everything it started.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureServer } from './installServer';
import { ensureServerNode } from './serverNode';
import { quietSettings, untrustedSettings } from './settings';

export interface ServerOptions {
  /** User settings on top of the quiet ones; read at start only. */
  settings?: Record<string, unknown>;
  /** Files of a new workspace, by relative path; ignored when `workspace` is given. */
  files?: Record<string, string | Uint8Array>;
  /** A folder to open instead of a new workspace. */
  workspace?: string;
  /** Folder of the server's state; a temporary one, removed at the end, when left out. */
  home?: string;
  /** Packaged extension to install first. */
  vsix?: string;
  /** Lets an extension run from its source folder; VS Code then hides notification toasts. */
  automation?: boolean;
  /** Secret a browser must present; none when left out. */
  connectionToken?: string;
  /** The folder opened is one whose author the person does not trust. */
  untrusted?: boolean;
  /** The server lives until it is stopped; otherwise it ends itself a while after the last browser left. */
  lasting?: boolean;
}

/** A running server; `stop` ends its whole process group. */
export interface Server {
  readonly child: ChildProcess;
  readonly workspace: string;
  readonly home: string;
  readonly authority: string;
  /** URI under which the workbench sees a path of this machine. */
  remote(file: string): string;
  /** Merges into the workspace's settings.json, which VS Code watches. */
  setSettings(more: Record<string, unknown>): void;
  onLine: (line: string) => void;
  log: string;
  stop(): Promise<void>;
}

function writeFile(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

function serverEnvironment(home: string): NodeJS.ProcessEnv {
  // XDG_RUNTIME_DIR keeps the server's sockets inside its own folder.
  const environment: NodeJS.ProcessEnv = { ...process.env, XDG_RUNTIME_DIR: home, EXTENSIONS_GALLERY: '{}' };
  for (const name of Object.keys(environment))
    if (/^(VSCODE_(?!HOST)|ELECTRON_|NODE_OPTIONS$)/.test(name)) delete environment[name];
  return environment;
}

function installVsix(node: string, base: string[], vsix: string, env: NodeJS.ProcessEnv): void {
  const args = [...base, '--install-extension', path.resolve(vsix), '--force'];
  const result = spawnSync(node, args, { env, encoding: 'utf8' });
  if (result.status !== 0 || !/successfully installed/.test(result.stdout))
    throw new Error(`--install-extension failed\n${result.stdout}${result.stderr}`);
}

/** Calls `onLine` for each line of the server; resolves with its port. */
function listening(server: { child: ChildProcess; log: string; onLine: (line: string) => void }): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`VS Code's server did not start\n${server.log}`)), 30_000);
    let rest = '';
    const read = (data: Uint8Array): void => {
      server.log += String(data);
      const lines = (rest + String(data)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
        if (port) {
          clearTimeout(timer);
          resolve(Number(port));
        }
        server.onLine(line);
      }
    };
    server.child.stdout?.on('data', read);
    server.child.stderr?.on('data', read);
    server.child.once('exit', (code, signal) => {
      clearTimeout(timer);
      server.onLine(`[server] exited: ${String(code ?? signal)}`);
      reject(new Error(`VS Code's server exited\n${server.log}`));
    });
  });
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    // The whole process group: an extension host stuck in a loop would outlive the server.
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
  } catch {
    // Already gone.
  }
}

/** Starts a server; installs VS Code first when needed. Throws with the server's log when it does not come up. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const node = ensureServerNode();
  const main = path.join(ensureServer(), 'out/server-main.js');
  const temporary = options.home === undefined;
  const home = options.home ?? fs.mkdtempSync(path.join(os.tmpdir(), 'gatescope-vscode-'));
  const workspace = options.workspace ?? path.join(home, 'workspace');
  for (const [name, content] of Object.entries(options.files ?? {})) writeFile(path.join(workspace, name), content);
  const data = path.join(home, 'data');
  const userSettings = { ...quietSettings, ...(options.untrusted ? untrustedSettings : {}), ...options.settings };
  writeFile(path.join(data, 'data/User/settings.json'), JSON.stringify(userSettings, null, 2));

  const base = [main, '--accept-server-license-terms', '--server-data-dir', data, '--disable-telemetry'];
  const env = serverEnvironment(home);
  if (options.vsix) installVsix(node, base, options.vsix, env);
  const token = options.connectionToken
    ? ['--connection-token', options.connectionToken]
    : ['--without-connection-token'];
  // A server whose test run was killed goes away by itself.
  const life = options.lasting ? [] : ['--enable-remote-auto-shutdown', '--reconnection-grace-time', '60'];
  const child = spawn(
    node,
    [
      ...[...base, '--host', '127.0.0.1', '--port', '0', ...token],
      ...(options.untrusted ? [] : ['--disable-workspace-trust']),
      ...life,
      ...(options.automation ? ['--enable-smoke-test-driver'] : []),
      ...(process.env.VSCODE_HOST_ARGS?.split(' ') ?? []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  const state = { child, log: '', onLine: (_line: string): void => undefined };
  const killAtExit = (): void => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);
  const stop = async (): Promise<void> => {
    const ended = child.exitCode !== null || child.signalCode !== null;
    signalGroup(child, 'SIGTERM');
    if (!ended)
      await Promise.race([new Promise((r) => child.once('exit', r)), new Promise((r) => setTimeout(r, 3000))]);
    signalGroup(child, 'SIGKILL');
    process.off('exit', killAtExit);
    if (temporary && !process.env.VSCODE_HOST_KEEP)
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  let port: number;
  try {
    port = await listening(state);
  } catch (error) {
    await stop();
    throw error;
  }
  const authority = `127.0.0.1:${port}`;
  const live: Record<string, unknown> = {};
  return Object.assign(state, {
    workspace,
    home,
    authority,
    stop,
    // As in a file's own URL: a # or a % in a name is escaped.
    remote: (file: string) => `vscode-remote://${authority}${pathToFileURL(file).pathname}`,
    setSettings: (more: Record<string, unknown>) =>
      writeFile(path.join(workspace, '.vscode/settings.json'), JSON.stringify(Object.assign(live, more), null, 2)),
  });
}
