// Programs: the calls of a pass over a batch, recorded once and run again every step. All arrays stay where they are, so a call is a
// function and fixed numbers; a thread needs nothing else to do its share, and no call is checked twice.
import type { KernelFunctions } from './kernelMemory';
import type { ThreadControl } from './threadControl';

/** One thread's part in what all do together. */
export interface Share {
  index: number;
  count: number;
  /** Every thread goes on when all have come here: what they wrote can be read. */
  sync(): void;
}

/** Alone: everything is one's own, at once. */
export const SOLO: Share = { index: 0, count: 1, sync: () => undefined };

export interface Program {
  run(): void;
}

/** This thread's part [first, first + count) of `total`, cut at multiples of `multiple`. */
export function partOf(share: Share, total: number, multiple = 1): { first: number; count: number } {
  const pieces = Math.ceil(total / multiple);
  const edge = (thread: number) => Math.min(total, Math.floor((pieces * thread) / share.count) * multiple);
  const first = edge(share.index);
  return { first, count: edge(share.index + 1) - first };
}

/** In place of a function's number: the threads meet. */
const MEET = -1;

/** Kernel functions that either run or, while something records, are written down. */
export class Recorder {
  /** Either run or are written down. */
  readonly functions: KernelFunctions;
  private calls: number[] | null = null;

  constructor(readonly own: KernelFunctions) {
    this.functions = Object.fromEntries(
      Object.entries(own).map(([name, run], number) => [
        name,
        (...args: number[]) => {
          if (!this.calls) return run(...args);
          this.calls.push(number, args.length, ...args);
          return 0;
        },
      ]),
    );
  }

  /** Calls of one thread: [function, number of arguments, arguments …] one after the other. */
  record(build: (meet: () => void) => void): Float64Array {
    const calls: number[] = (this.calls = []);
    try {
      build(() => calls.push(MEET, 0));
    } finally {
      this.calls = null;
    }
    return Float64Array.from(calls);
  }
}

/** Recorded calls made ready to run with the functions of a thread, in the order of their names in the module. */
export function prepareCalls(functions: KernelFunctions, recorded: Float64Array, meet: () => void): () => void {
  const list = Object.values(functions);
  const calls: { run: (...args: number[]) => unknown; args: number[] }[] = [];
  for (let at = 0; at < recorded.length; at += 2 + recorded[at + 1]) {
    const args = Array.from(recorded.subarray(at + 2, at + 2 + recorded[at + 1]));
    calls.push({ run: recorded[at] === MEET ? meet : list[recorded[at]], args });
  }
  return () => {
    for (const { run, args } of calls) run(...args);
  };
}

/** What threads other than the main one do: run their calls of every program that is started, until asked to end. */
export function serveThread(
  functions: KernelFunctions,
  memory: WebAssembly.Memory,
  control: ThreadControl,
  thread: number,
): void {
  const prepared = new Map<number, { length: number; run: () => void }>();
  for (let next = control.next(thread, 0); next; next = control.next(thread, next.number)) {
    const { address, length } = next;
    let program = prepared.get(address);
    if (program?.length !== length) {
      const recorded = new Float64Array(memory.buffer, address, length).slice();
      program = { length, run: prepareCalls(functions, recorded, () => control.meet()) };
      prepared.set(address, program);
    }
    program.run();
    control.meet();
  }
}
