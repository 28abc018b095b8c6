// How long the extension host keeps its event loop to itself, which is how long an editor would wait for an answer.

const EVERY_MILLISECONDS = 10;

/** Watches the event loop of this process from its making until `stop`. */
export class Stalls {
  /** Longest time between two turns of the loop. */
  longestDelay = 0;
  /** The same without the time in which this process waited for a core of a busy machine. */
  longestWork = 0;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor() {
    let last = performance.now();
    let used = process.cpuUsage();
    this.timer = setInterval(() => {
      const now = performance.now();
      const { user, system } = process.cpuUsage(used);
      const delay = now - last - EVERY_MILLISECONDS;
      this.longestDelay = Math.max(this.longestDelay, delay);
      this.longestWork = Math.max(this.longestWork, Math.min(delay, (user + system) / 1000));
      last = now;
      used = process.cpuUsage();
    }, EVERY_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
