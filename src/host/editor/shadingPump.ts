// Decides when shading is made anew: soon after something moved, seldom while a run trains, and never two at a time.

/** What happens within this time is answered once. */
const SOON_MILLISECONDS = 50;
/** Training alone renews the shading at most this often. */
const REFRESH_MILLISECONDS = 2000;

export interface ShadingDoor {
  /** Shades what is wished at the time it is called. */
  shade(): Promise<void>;
  failed(error: unknown): void;
}

export class ShadingPump {
  private due: number | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private busy = false;
  private lastBegan = -Infinity;
  private disposed = false;

  constructor(
    private readonly door: ShadingDoor,
    private readonly soon = SOON_MILLISECONDS,
    private readonly refreshAfter = REFRESH_MILLISECONDS,
  ) {}

  /** The text, its view, the cursor or the run changed. */
  want(): void {
    this.plan(performance.now() + this.soon);
  }

  /** The weights moved on. */
  refresh(): void {
    this.plan(Math.max(performance.now(), this.lastBegan + this.refreshAfter));
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private plan(at: number): void {
    this.due = Math.min(this.due ?? Infinity, at);
    this.arm();
  }

  private arm(): void {
    if (this.disposed || this.busy || this.due === null) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), Math.max(0, this.due - performance.now()));
  }

  private async run(): Promise<void> {
    this.timer = null;
    this.due = null;
    this.busy = true;
    this.lastBegan = performance.now();
    try {
      await this.door.shade();
    } catch (error) {
      if (!this.disposed) this.door.failed(error);
    } finally {
      this.busy = false;
      this.arm();
    }
  }
}
