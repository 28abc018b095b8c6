// Tells of changes at once where none was told a moment before, else a moment later: whoever moves the cursor once waits for nothing,
// and whoever drags it through a text does not flood those who listen.

/** A cursor's changes that come closer together than this are told once. */
const APART_MILLISECONDS = 30;

export class Pace {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private lastTold = -Infinity;

  constructor(
    private readonly tell: () => void,
    private readonly now: () => number = () => performance.now(),
    private readonly apart = APART_MILLISECONDS,
  ) {}

  /** Something has changed, and is as it will stay. */
  changed(): void {
    const wait = this.lastTold + this.apart - this.now();
    if (wait <= 0) this.tellNow();
    else this.later(wait);
  }

  /** Something has changed of which more will be known in a moment, as when a text is edited before its cursor moves on. */
  changing(): void {
    this.later(this.apart);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private later(milliseconds: number): void {
    this.timer ??= setTimeout(() => this.tellNow(), milliseconds);
  }

  private tellNow(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.lastTold = this.now();
    this.tell();
  }
}
