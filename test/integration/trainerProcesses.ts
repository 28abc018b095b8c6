// The trainer processes that this extension host started, as the operating system lists them.
import { execFileSync } from 'node:child_process';

/** Ids of the running children of this process whose command line holds trainer.js. Not on Windows. */
export function trainerProcesses(): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const ours = Number(parent) === process.pid && command?.includes('trainer.js') && !state?.startsWith('Z');
    return ours ? [Number(pid)] : [];
  });
}
