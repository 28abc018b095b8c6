// The Node that runs VS Code's server, and so the extension host.
import * as nodeModule from 'node:module';
import { npmNode } from './npmNode';

/** What code-server's package.json asks for. */
export const SERVER_NODE = '24.21.0';

/**
 * $VSCODE_HOST_NODE if set; else this Node if it is new enough (VS Code 1.139 needs module.registerHooks, so 22.15);
 * else Node 24 from the npm registry.
 */
export function ensureServerNode(): string {
  if (process.env.VSCODE_HOST_NODE) return process.env.VSCODE_HOST_NODE;
  if ('registerHooks' in nodeModule) return process.execPath;
  return npmNode(SERVER_NODE, `Node ${process.versions.node} is too old for VS Code's server`);
}
