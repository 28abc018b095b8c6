// Takes single packages out of the npm registry and installs each once, atomically, into the cache folder.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** One line about what is being fetched, on stderr so that it never mixes with a result. */
export function say(message: string): void {
  console.error(`[gatescope] ${message}`);
}

/** Runs a command to its end and returns what it printed; throws with its output when it fails. */
export function run(command: string, args: string[], cwd: string): string {
  const shell = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell });
  if (result.status !== 0) {
    const reason = result.error?.message ?? `exit code ${String(result.status)}`;
    throw new Error(`${command} ${args.join(' ')} failed (${reason})\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  }
  return result.stdout;
}

/** Runs npm with the npm that started this process, else with the one on PATH. */
export function npm(args: string[], cwd: string): string {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.js$/.test(cli) ? run(process.execPath, [cli, ...args], cwd) : run('npm', args, cwd);
}

/** Fetches a package's tarball into `folder` and returns its path. */
export function packTarball(specification: string, folder: string): string {
  npm(['pack', specification, '--silent', '--prefer-offline', '--pack-destination', folder], folder);
  const name = fs.readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Error(`npm pack ${specification} left no tarball`);
  return path.join(folder, name);
}

/** Builds `folder` once: a half-done install never gets the final name. */
export function installOnce(folder: string, build: (temporary: string) => void): string {
  if (fs.existsSync(path.join(folder, '.complete'))) return folder;
  const temporary = `${folder}.${process.pid}.tmp`;
  fs.rmSync(temporary, { recursive: true, force: true });
  fs.mkdirSync(temporary, { recursive: true });
  try {
    build(temporary);
    fs.writeFileSync(path.join(temporary, '.complete'), '');
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(temporary, folder);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}
