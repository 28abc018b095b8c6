// Decides when a picture is asked of the trainer and sent: at most one on its way to the page and one being made, the latest wish wins,
// hidden views get none. While the person moves, pictures have only what is needed to see the new place; the whole follows when they rest.
import type { TraceFrame } from '../../protocol/traceFrame';

/** Training alone refreshes the picture at most this often … */
const REFRESH_MILLISECONDS = 1000;
/** … and so seldom that making it takes the trainer one part in so many of its time. */
const REFRESH_SHARE = 30;
/** A webview that does not acknowledge within this time is taken to have lost the frame. */
const ACKNOWLEDGE_MILLISECONDS = 5000;
/** So long after the last move the whole picture is made: making it holds up the next key. */
const REST_MILLISECONDS = 250;
/** Training renews a picture in which somebody moves once they rest for so long, … */
const STILL_MILLISECONDS = 1000;
/** … or so many times as seldom as otherwise. */
const LONGEST_RENEWALS = 4;

export interface FramePumpDoor {
  /** Whether a picture can be shown now: page ready, visible, a run there, columns known. */
  canShow(): boolean;
  /** Asks the trainer for the picture of what is wished now, or for a first look at it; null when there is nothing to draw. */
  inspect(rowOnly: boolean): Promise<TraceFrame | null>;
  send(sequence: number, frame: TraceFrame): void;
  failed(error: unknown): void;
  now(): number;
}

export class FramePump {
  private wish: 'none' | 'refresh' | 'now' = 'none';
  /** What is wished now is at another place of the same picture. */
  private moves = false;
  private lastMoved = -Infinity;
  /** The page has a whole picture, beside which a first look can stand. */
  private hasWhole = false;
  /** What was sent last was a first look. */
  private incomplete = false;
  private asking = false;
  /** What is being made was wanted at once. */
  private askedNow = false;
  /** Made while the page was still drawing the one before. */
  private held: TraceFrame | null = null;
  private unacknowledged: number | null = null;
  private sequence = 0;
  private lastSent = -Infinity;
  private refreshMilliseconds = REFRESH_MILLISECONDS;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private disposed = false;

  constructor(private readonly door: FramePumpDoor) {}

  /** A new picture is wanted at once: the cursor moved, the text or the width changed, another run is shown. */
  want(): void {
    this.wish = 'now';
    this.moves = false;
    this.pump();
  }

  /** The same at another place of the text that is shown: a first look is enough until nothing moves. */
  move(): void {
    this.moves = this.hasWhole && (this.moves || this.wish !== 'now');
    this.wish = 'now';
    this.lastMoved = this.door.now();
    this.pump();
  }

  /** The cursor moved within the picture that is shown: nothing is asked for, and what training renews waits until it rests. */
  stay(): void {
    this.lastMoved = this.door.now();
  }

  /** The page has the whole picture of what was wished last. */
  get showsWhole(): boolean {
    return this.hasWhole && !this.incomplete && this.wish !== 'now' && !this.askedNow;
  }

  /** The weights moved on: a new picture is welcome, within the refresh rate. */
  refresh(): void {
    if (this.wish === 'none') this.wish = 'refresh';
    this.pump();
  }

  acknowledge(sequence: number): void {
    if (sequence !== this.unacknowledged) return;
    this.drawn();
    this.pump();
  }

  /** The page was loaded anew or hidden: what was on its way is lost. */
  reset(): void {
    this.unacknowledged = null;
    this.held = null;
    this.hasWhole = false;
    this.incomplete = false;
    this.lastSent = -Infinity;
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** The page is ready for what was made meanwhile. */
  private drawn(): void {
    const { held } = this;
    this.unacknowledged = null;
    this.held = null;
    this.deliver(held);
  }

  private pump(): void {
    const now = this.door.now();
    const lost = this.lastSent + ACKNOWLEDGE_MILLISECONDS;
    if (this.unacknowledged !== null && now >= lost) this.drawn();
    const wish = this.incomplete && this.wish !== 'now' ? 'whole' : this.wish;
    if (this.disposed || wish === 'none' || this.asking || !this.door.canShow()) return;
    // What is wanted at once is made while the page draws the one before; of what it has not drawn there is never more than one.
    const waits = this.unacknowledged !== null && (wish !== 'now' || this.held !== null);
    const due = { now, whole: this.lastMoved + REST_MILLISECONDS, refresh: this.renewal() }[wish];
    const earliest = waits ? lost : due;
    if (earliest > now) {
      this.wake(earliest - now);
      return;
    }
    const rowOnly = wish === 'now' && this.moves;
    this.askedNow = wish === 'now';
    this.wish = 'none';
    this.moves = false;
    this.incomplete = false;
    this.asking = true;
    void this.door
      .inspect(rowOnly)
      .then(
        (frame) => this.deliver(frame),
        (error: unknown) => this.door.failed(error),
      )
      .finally(() => {
        this.asking = false;
        this.askedNow = false;
        this.pump();
      });
  }

  /** When training alone may renew the picture. */
  private renewal(): number {
    const { lastSent, refreshMilliseconds, lastMoved } = this;
    const rested = Math.min(lastMoved + STILL_MILLISECONDS, lastSent + LONGEST_RENEWALS * refreshMilliseconds);
    return Math.max(lastSent + refreshMilliseconds, rested);
  }

  private deliver(frame: TraceFrame | null): void {
    if (!frame || this.disposed || !this.door.canShow()) return;
    if (this.unacknowledged !== null) {
      this.held = frame;
      this.wake(this.lastSent + ACKNOWLEDGE_MILLISECONDS - this.door.now());
      return;
    }
    this.unacknowledged = ++this.sequence;
    this.lastSent = this.door.now();
    this.incomplete = frame.header.rowOnly === true;
    if (!this.incomplete) {
      this.hasWhole = true;
      this.refreshMilliseconds = Math.max(REFRESH_MILLISECONDS, REFRESH_SHARE * frame.header.milliseconds);
    }
    this.door.send(this.sequence, frame);
  }

  private wake(milliseconds: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.pump();
    }, milliseconds);
  }
}
