// The trainer processes of one VS Code, as the operating system lists them.
import { execFileSync } from 'node:child_process';
import type { Server } from '../vscode/serverProcess';

/** Ids of the running trainers whose bundle lies in the server's own folder. Not on Windows. */
export function trainersOf(server: Server): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((line) => line.includes('trainer.js') && line.includes(server.home))
    .map((line) => Number.parseInt(line, 10));
}
