// How the threads of one engine wait for each other, through words of their shared memory: the main thread starts a program,
// every thread runs its own calls and meets the others where the program says so. Waits look a short while, then park, so that
// cores which others need are given up.

/** Positions of the control words (int32), each on a cache line of its own. */
const START = 0;
const ARRIVED = 16;
const MEETING = 32;
const FAILED = 48;
/** Address and length of each thread's calls. */
const CALLS = 64;

/** Looks before a wait parks: some 20 µs, about what waking a parked thread costs. */
const LOOKS = 1500;
/** A thread that has not come after so long is not coming. */
const PATIENCE_MILLISECONDS = 60_000;
const PARK_MILLISECONDS = 1000;

/** Address 0 of a program asks a thread to end. */
const END = 0;

export class ThreadControl {
  private readonly words: Int32Array;

  constructor(
    memory: WebAssembly.Memory,
    private readonly threads: number,
  ) {
    this.words = new Int32Array(memory.buffer, 0, CALLS + 2 * threads);
  }

  /** Main thread: the others begin with their calls; [address, values] of each, by thread. */
  start(calls: readonly { address: number; length: number }[]): void {
    calls.forEach(({ address, length }, thread) => {
      Atomics.store(this.words, CALLS + 2 * thread, address);
      Atomics.store(this.words, CALLS + 2 * thread + 1, length);
    });
    this.announce(START);
  }

  /** Main thread: the others end. */
  end(): void {
    this.start(Array.from({ length: this.threads }, () => ({ address: END, length: 0 })));
  }

  /** The other threads: waits for the next program after number `seen`; null when there will be none. */
  next(thread: number, seen: number): { number: number; address: number; length: number } | null {
    while (Atomics.load(this.words, START) === seen) Atomics.wait(this.words, START, seen);
    const address = Atomics.load(this.words, CALLS + 2 * thread);
    if (address === END) return null;
    const length = Atomics.load(this.words, CALLS + 2 * thread + 1);
    return { number: Atomics.load(this.words, START), address, length };
  }

  /** Returns when all threads have come here. Throws when one of them failed or stays away. */
  meet(): void {
    const meeting = Atomics.load(this.words, MEETING);
    if (Atomics.add(this.words, ARRIVED, 1) === this.threads - 1) {
      Atomics.store(this.words, ARRIVED, 0);
      this.announce(MEETING);
    } else this.wait(meeting);
    if (Atomics.load(this.words, FAILED) !== 0) throw new Error('a thread of the kernels has failed');
  }

  /** A thread that cannot go on: whoever waits for it hears of it. */
  fail(): void {
    Atomics.store(this.words, FAILED, 1);
    this.announce(MEETING);
  }

  private announce(word: number): void {
    Atomics.add(this.words, word, 1);
    Atomics.notify(this.words, word);
  }

  private wait(meeting: number): void {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(this.words, MEETING) !== meeting) return;
    let waited = 0;
    while (Atomics.load(this.words, MEETING) === meeting) {
      if (Atomics.wait(this.words, MEETING, meeting, PARK_MILLISECONDS) !== 'timed-out') continue;
      waited += PARK_MILLISECONDS;
      if (waited >= PATIENCE_MILLISECONDS) throw new Error('a thread of the kernels does not answer');
    }
  }
}
