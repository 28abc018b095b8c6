// Starts a trainer as a child process of Node or of an Electron that acts as Node.
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { formatTrainerArguments } from './trainerArguments';

export interface LaunchOptions {
  /** File-system path of the trainer's bundle. */
  modulePath: string;
  priority: 'low' | 'normal';
  threads: number;
  memoryMegabytes: number;
  onMessage(message: unknown): void;
  /** Called once when the process is gone, or could not be started (code and signal null). */
  onExit(reason: { code: number | null; signal: string | null; outOfMemory: boolean }): void;
  /** A line that the process wrote to its output or error stream. */
  onLog(line: string): void;
}

export interface LaunchedTrainer {
  /** A message to a process that is gone is dropped: onExit has told so or will. */
  send(message: unknown): void;
  /** Asks the process to store its run and end; ends it by force two seconds later. */
  kill(): void;
  readonly pid?: number;
}

const FORCE_MILLISECONDS = 2000;
const HEAP_EXHAUSTED = /heap out of memory|allocation failed/i;

/** Starts `modulePath` with structured-clone messages, a heap limit and its output captured. */
export function launchTrainer(options: LaunchOptions): LaunchedTrainer {
  const { modulePath, priority, memoryMegabytes, onMessage, onExit, onLog } = options;
  const child = fork(modulePath, formatTrainerArguments({ priority, memoryMegabytes }), {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [`--max-old-space-size=${memoryMegabytes}`],
    env: trainerEnvironment(process.env),
  });
  let gone = false;
  let outOfMemory = false;
  const leave = (code: number | null, signal: string | null): void => {
    if (gone) return;
    gone = true;
    onExit({ code, signal, outOfMemory });
  };
  const readLines = (stream: Readable | null): void => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      if (HEAP_EXHAUSTED.test(line)) outOfMemory = true;
      onLog(line);
    });
  };
  readLines(child.stdout);
  readLines(child.stderr);
  child.on('message', onMessage);
  child.on('error', (error) => {
    onLog(error.message);
    if (child.pid === undefined) leave(null, null);
  });
  // 'close' comes after the last line of output, so that an exhausted heap is known by then.
  child.on('close', leave);
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object);
    },
    kill: () => {
      if (gone) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), FORCE_MILLISECONDS);
      force.unref();
      child.once('close', () => clearTimeout(force));
    },
  };
}

/** In VS Code's desktop the executable is Electron, which runs a script as Node only when told so. */
function trainerEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...parent, ELECTRON_RUN_AS_NODE: '1' };
  delete environment.NODE_OPTIONS;
  return environment;
}
