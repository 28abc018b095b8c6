// The Node that runs VS Code's server, and so the extension host.
import fs from 'node:fs';
import * as nodeModule from 'node:module';
import path from 'node:path';
import { installOnce, packTarball, run, say } from './npmPackages';
import { cache } from './paths';

/** What code-server's package.json asks for. */
const NODE = '24.21.0';

/**
 * $VSCODE_HOST_NODE if set; else this Node if it is new enough (VS Code 1.139 needs module.registerHooks, so 22.15);
 * else Node 24 from the npm registry (52 MB).
 */
export function ensureServerNode(): string {
  if (process.env.VSCODE_HOST_NODE) return process.env.VSCODE_HOST_NODE;
  if ('registerHooks' in nodeModule) return process.execPath;
  const windows = process.platform === 'win32';
  const folder = installOnce(path.join(cache, `node-${NODE}`), (temporary) => {
    say(`Node ${process.versions.node} is too old for VS Code's server: fetching Node ${NODE} from npm`);
    const platform = windows ? 'win' : process.platform;
    const tarball = packTarball(`node-${platform}-${process.arch}@${NODE}`, temporary);
    run('tar', ['xzf', path.basename(tarball), '--strip-components=1', 'package/bin'], temporary);
    fs.rmSync(tarball);
  });
  return path.join(folder, 'bin', windows ? 'node.exe' : 'node');
}
