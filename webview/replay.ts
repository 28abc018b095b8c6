// Plays the snapshots one after the other: each is shown for a moment, and waited for when it takes longer.

/** Each picture stays at least this long, ms. */
const PACE = 700;

export interface ReplayDoor {
  /** Goes one snapshot on; false at the end. */
  advance(): boolean;
  /** Began or ended. */
  changed(): void;
}

export class Replay {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private waiting = false;
  private running = false;

  constructor(private readonly door: ReplayDoor) {}

  get isPlaying(): boolean {
    return this.running;
  }

  start(): void {
    this.running = true;
    this.hold();
    this.door.changed();
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.waiting = false;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.door.changed();
  }

  /** Told at every redraw whether the snapshot chosen is the one on screen. */
  update(arrived: boolean): void {
    if (this.running && this.waiting && arrived) this.goOn();
  }

  /** Shows the present one for its time, then goes on, or waits for the picture. */
  private hold(): void {
    this.waiting = false;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.waiting = true;
      this.door.changed();
    }, PACE);
  }

  private goOn(): void {
    if (this.door.advance()) this.hold();
    else this.stop();
  }
}
