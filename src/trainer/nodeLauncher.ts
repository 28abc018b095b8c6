// Starts a trainer as a child process of Node or of an Electron that acts as Node.
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { formatTrainerArguments } from './trainerArguments';
import { VectorFlags } from './vectorFlags';

export interface LaunchOptions {
  /** File-system path of the trainer's bundle. */
  modulePath: string;
  priority: 'low' | 'normal';
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

/** What this session has learned about the executable that it forks. */
const SESSION_FLAGS = new VectorFlags();

/**
 * Starts `modulePath` with structured-clone messages, a heap limit, wide vectors where the runtime has them, and its output
 * captured. A process that refuses the flag is replaced by one without it before anyone hears of it.
 */
export function launchTrainer(options: LaunchOptions, flags = SESSION_FLAGS): LaunchedTrainer {
  const { onMessage, onExit, onLog } = options;
  let gone = false;
  let killed = false;
  let outOfMemory = false;
  /** What was sent before the first word of the process; null once it has spoken. */
  let unheard: unknown[] | null = [];
  let child = start();

  function leave(code: number | null, signal: string | null): void {
    if (gone) return;
    gone = true;
    onExit({ code, signal, outOfMemory });
  }

  function start(): ChildProcess {
    const flag = flags.current;
    const onTrial = (): boolean => flag !== null && unheard !== null && !killed;
    const started = forkTrainer(options, flag);
    const readLines = (stream: Readable | null): void => {
      if (stream === null) return;
      createInterface({ input: stream }).on('line', (line) => {
        if (HEAP_EXHAUSTED.test(line)) outOfMemory = true;
        if (flag === null || !line.includes(flag)) onLog(line);
      });
    };
    readLines(started.stdout);
    readLines(started.stderr);
    started.on('message', (message) => {
      unheard = null;
      onMessage(message);
    });
    started.on('error', (error) => {
      if (!onTrial() || started.pid === undefined) onLog(error.message);
      if (started.pid === undefined) leave(null, null);
    });
    // 'close' comes after the last line of output, so that an exhausted heap is known by then.
    started.on('close', (code, signal) => {
      if (flag === null || !onTrial() || !VectorFlags.blames(code, signal)) {
        leave(code, signal);
        return;
      }
      flags.refuse(flag);
      onLog(`${flag} is refused by this runtime (${signal ?? `exit code ${code}`})`);
      child = start();
      for (const message of unheard ?? []) child.send(message as object);
    });
    return started;
  }

  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      unheard?.push(message);
      if (child.connected) child.send(message as object);
    },
    kill: () => {
      if (gone) return;
      killed = true;
      const killing = child;
      killing.kill('SIGTERM');
      const force = setTimeout(() => killing.kill('SIGKILL'), FORCE_MILLISECONDS);
      force.unref();
      killing.once('close', () => clearTimeout(force));
    },
  };
}

function forkTrainer({ modulePath, priority, memoryMegabytes }: LaunchOptions, flag: string | null): ChildProcess {
  return fork(modulePath, formatTrainerArguments({ priority, memoryMegabytes }), {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [`--max-old-space-size=${memoryMegabytes}`, ...(flag === null ? [] : [flag])],
    env: trainerEnvironment(process.env),
  });
}

/** In VS Code's desktop the executable is Electron, which runs a script as Node only when told so. */
function trainerEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...parent, ELECTRON_RUN_AS_NODE: '1' };
  delete environment.NODE_OPTIONS;
  return environment;
}
