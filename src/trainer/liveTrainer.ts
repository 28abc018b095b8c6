// Whether the process that a run's owner file names still lives.
import os from 'node:os';
import { liveOwner } from '../protocol/runOwner';

/** When the machine was started, ms since the epoch. */
export function bootedAt(): number {
  return Date.now() - os.uptime() * 1000;
}

/** The process named by the text of an owner file, if it lives; else null. */
export function liveTrainer(ownerFile: string): number | null {
  return liveOwner(ownerFile, bootedAt(), isAlive);
}

/** Signal 0 reaches every process that lives; one of another user refuses it. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
