// The threads of one engine: starts those besides the calling one and runs programs on all.
import type { Arena } from './arena';
import type { ThreadStart } from './kernelMemory';
import type { ThreadPlatform } from './kernelThread';
import { prepareCalls, SOLO, type Program, type Recorder, type Share } from './programs';
import { ThreadControl } from './threadControl';

export class ThreadTeam {
  private readonly control: ThreadControl;
  private started = false;

  constructor(
    private readonly engine: Omit<ThreadStart, 'thread'>,
    private readonly recorder: Recorder,
    private readonly arena: Arena,
    private readonly platform: ThreadPlatform | null,
  ) {
    this.control = new ThreadControl(engine.memory, engine.threads);
    if (engine.threads > 1 && !platform) throw new TypeError('more than one thread needs a platform that starts them');
  }

  /** Records `build` once per thread; the calls of the others are put into the arena, for good. */
  program(build: (share: Share) => void): Program {
    const count = this.engine.threads;
    const recorded = Array.from({ length: count }, (_, index) =>
      this.recorder.record((meet) => build({ index, count, sync: count > 1 ? meet : SOLO.sync })),
    );
    const own = prepareCalls(this.recorder.own, recorded[0], () => this.control.meet());
    if (count === 1) return { run: own };
    const calls = recorded.map((values) => {
      const stored = this.arena.allocateDoubles(values.length);
      stored.set(values);
      return { address: stored.byteOffset, length: values.length };
    });
    return {
      run: () => {
        if (!this.started) void this.start();
        this.control.start(calls);
        own();
        this.control.meet();
      },
    };
  }

  /** Starts the other threads; rejects when one cannot be started. */
  async start(): Promise<void> {
    if (this.started) return;
    this.started = true;
    const others = Array.from({ length: this.engine.threads - 1 }, (_, at) => ({ ...this.engine, thread: at + 1 }));
    await Promise.all(others.map((start) => this.platform?.start(start)));
  }

  end(): void {
    if (this.started) this.control.end();
    this.started = false;
  }
}
