// Stand-ins for the modules of VS Code's server that are native (they would need a compiler and Node's headers) or telemetry.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths';

interface Stub {
  type: 'module' | 'commonjs';
  code: string;
}

const source = (file: string): string => fs.readFileSync(path.join(root, 'test/vscode/server-stubs', file), 'utf8');

function stubs(): Record<string, Stub> {
  const module = (code: string): Stub => ({ type: 'module', code });
  return {
    '@microsoft/1ds-core-js': module('export class AppInsightsCore {}\n'),
    '@microsoft/1ds-post-js': module('export class PostChannel {}\n'),
    '@vscode/deviceid': module(
      "export async function getDeviceId() { return '00000000-0000-0000-0000-000000000000'; }\n",
    ),
    // One platform's ripgrep instead of all of them (113 MB).
    '@vscode/ripgrep-universal': module("export { rgPath } from '@vscode/ripgrep';\n"),
    '@vscode/native-watchdog': { type: 'commonjs', code: source('nativeWatchdog.cjs') },
    '@vscode/spdlog': module(source('spdlog.mjs')),
  };
}

/** Writes every stand-in as a package into a node_modules folder. */
export function writeServerStubs(nodeModules: string): void {
  for (const [name, { type, code }] of Object.entries(stubs())) {
    const folder = path.join(nodeModules, name);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name, version: '0.0.0-stub', type, main: 'index.js' }),
    );
    fs.writeFileSync(path.join(folder, 'index.js'), code);
  }
}
