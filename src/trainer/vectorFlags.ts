// V8's flag for 256-bit vectors ("revectorize"): where it exists, kernels of pairs of 128-bit operations run almost twice as fast.
// A runtime that does not know a flag ends at once with exit code 9; which ones were refused is remembered.
import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';

/** The newer name first; V8 before about 14 knows the other one. */
const NAMES = ['--wasm-revectorize', '--experimental-wasm-revectorize'];

/** Node's and Electron's exit code for an argument that they do not know. */
const BAD_OPTION = 9;
/** A flag that this processor or this build cannot bear. */
const CRASHES = new Set(['SIGILL', 'SIGSEGV', 'SIGABRT', 'SIGTRAP', 'SIGBUS']);

/** Flags to try one after the other, as long as the executable is the same. */
export class VectorFlags {
  private readonly untried: string[];

  constructor(names: string[] = NAMES) {
    this.untried = [...names];
  }

  /** The flag to start with; null when all were refused. */
  get current(): string | null {
    return this.untried[0] ?? null;
  }

  refuse(flag: string): void {
    if (this.untried[0] === flag) this.untried.shift();
  }

  /** Whether a process that never said a word has ended because of its flag. */
  static blames(code: number | null, signal: string | null): boolean {
    return code === BAD_OPTION || CRASHES.has(signal ?? '');
  }
}

/**
 * For a process that is the engine's own (a command line, a benchmark; never the extension host): sets the flag in this
 * process after a short-lived other one has borne it. Call before the first WebAssembly is compiled.
 */
export function widenVectors(flags = new VectorFlags()): string | null {
  for (let flag = flags.current; flag !== null; flag = flags.current) {
    const { status } = spawnSync(process.execPath, [flag, '-e', '0'], { stdio: 'ignore', timeout: 5000 });
    if (status === 0) {
      setFlagsFromString(flag);
      return flag;
    }
    flags.refuse(flag);
  }
  return null;
}
