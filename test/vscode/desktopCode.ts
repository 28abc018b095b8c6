// Opens Gatescope in the desktop VS Code that is on PATH, in a window and with a profile of its own.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { cache, root } from './paths';
import { quietSettings } from './settings';

const onWindows = process.platform === 'win32';

/** The `code` of a desktop VS Code on PATH, or null. The `code` of a remote terminal cannot run extensions from source. */
export function findDesktopCode(): string | null {
  const names = onWindows ? ['code.cmd'] : ['code'];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter))
    for (const name of names) {
      const file = path.join(folder, name);
      if (!fs.existsSync(file) || /remote-cli|server/.test(fs.realpathSync(file))) continue;
      const version = spawnSync(file, ['--version'], { encoding: 'utf8', shell: onWindows });
      if (version.status === 0 && /^\d+\.\d+/.test(version.stdout)) return file;
    }
  return null;
}

/** The process of the desktop VS Code whose profile is `userData`, which writes its id into code.lock; null when none. */
function mainProcess(userData: string): number | null {
  try {
    return Number(fs.readFileSync(path.join(userData, 'code.lock'), 'utf8')) || null;
  } catch {
    return null;
  }
}

export interface DesktopWindow {
  /** Resolves when the person closes the window. */
  closed: Promise<void>;
  stop(): void;
}

/** Opens `folder` (and `file` in it) with this project as the extension under development. */
export function openDesktopCode(executable: string, folder: string, file: string | null): DesktopWindow {
  const userData = path.join(cache, 'desktop-profile');
  const settings = path.join(userData, 'User/settings.json');
  if (!fs.existsSync(settings)) {
    fs.mkdirSync(path.dirname(settings), { recursive: true });
    fs.writeFileSync(settings, JSON.stringify(quietSettings, null, 2));
  }
  const args = [
    ...[
      '--new-window',
      '--wait',
      `--user-data-dir=${userData}`,
      `--extensions-dir=${path.join(cache, 'desktop-extensions')}`,
    ],
    ...[`--extensionDevelopmentPath=${root}`, '--disable-workspace-trust', folder, ...(file ? [file] : [])],
  ];
  const child = spawn(executable, args, { stdio: 'ignore', shell: onWindows });
  const closed = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  return {
    closed,
    stop: () => {
      const main = mainProcess(userData);
      try {
        if (main) process.kill(main);
      } catch {
        // Closed already.
      }
      child.kill();
    },
  };
}
