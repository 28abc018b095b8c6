// The machine a benchmark ran on, and the Node that the engine runs in.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cache } from '../vscode/paths';
import { ensureServerNode } from '../vscode/serverNode';

export interface Machine {
  processor: string;
  cores: number;
  memoryGigabytes: number;
  system: string;
}

export function describeMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
  };
}

/** The first V8 whose revectorizer gains anything is Node 24's. */
const WANTED_MAJOR = 24;

const majorOf = (version: string): number => Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);

/** $GATESCOPE_NODE; else this Node if it is new enough, one fetched before for VS Code's server, or one from npm; else this one. */
export function findNode(): string {
  if (process.env.GATESCOPE_NODE) return process.env.GATESCOPE_NODE;
  if (majorOf(process.version) >= WANTED_MAJOR) return process.execPath;
  const fetched = fs.existsSync(cache) ? fs.readdirSync(cache).filter((name) => /^node-\d/.test(name)) : [];
  const newest = fetched.sort((a, b) => majorOf(b.slice(5)) - majorOf(a.slice(5)))[0];
  if (newest && majorOf(newest.slice(5)) >= WANTED_MAJOR) {
    const file = path.join(cache, newest, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (runs(file)) return file;
  }
  try {
    return ensureServerNode();
  } catch {
    return process.execPath;
  }
}

function runs(node: string): boolean {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
}
