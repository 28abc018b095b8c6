// A contestant: a process that lives through the whole benchmark and does one burst of steps when it is asked to.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { parseAnswer, type Answer, type Ready } from './answers';
import type { Contestant } from './contestants';
import type { Workload } from './workloads';

/** How long one burst takes at most, and how long it is warmed up before the first. */
export interface BurstLength {
  seconds: number;
  steps: number;
  warmUp: number;
}

/** A contestant that is not there or has ended; the message says why. */
export class Absent extends Error {}

export class ContestantProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;
  private errors = '';

  constructor(readonly contestant: Contestant) {
    const { command, args, environment } = contestant;
    this.child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe' });
    this.child.stderr.on('data', (chunk: Buffer) => (this.errors = (this.errors + chunk.toString()).slice(-4000)));
    // Said by `next` when the lines end: a command that is not there, a pipe to a process that has ended.
    this.child.on('error', (error) => (this.errors += `\n${error.message}`));
    this.child.stdin.on('error', () => undefined);
    this.reader = createInterface({ input: this.child.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  /** What the contestant is. Throws Absent when it is not there. */
  async ready(): Promise<Ready> {
    const answer = await this.next();
    if ('missing' in answer) throw new Absent(answer.missing);
    if (!('ready' in answer)) throw new Absent('it did not say what it is');
    return answer.ready;
  }

  /** Lets it build and compile a workload. Throws Absent when the process ends. */
  async prepare(workload: Workload): Promise<void> {
    this.child.stdin.write(`${JSON.stringify({ ...workload, prepareOnly: true })}\n`);
    await this.next();
  }

  /** One burst, or why there is none. Throws Absent when the process ends. */
  async measure(workload: Workload, length: BurstLength): Promise<Answer> {
    this.child.stdin.write(`${JSON.stringify({ ...workload, ...length })}\n`);
    return this.next();
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) return;
    const ended = once(this.child, 'exit');
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }

  private async next(): Promise<Answer> {
    for (;;) {
      const { done, value } = await this.lines.next();
      if (done) throw new Absent(this.lastWords());
      const answer = parseAnswer(value);
      if (answer) return answer;
    }
  }

  private lastWords(): string {
    const said = this.errors
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return said.at(-1) ?? 'it ended without a word';
  }
}
