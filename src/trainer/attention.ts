// Training holds its breath for a moment after a person moved: the picture of the new place is sent and drawn meanwhile, by processes that
// would share the cores with its threads. It takes no part in what is computed, only in when.

/** From the question for a first look until it is drawn. */
const HOLD_MILLISECONDS = 150;
/** Training gets so much of the time between two holds at least, however fast somebody types. */
const TRAINING_SHARE = 0.4;

export class Attention {
  private until = -Infinity;
  /** No new hold begins before. */
  private free = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Somebody waits for a picture. */
  begin(): void {
    const now = this.now();
    if (now < this.free) return;
    this.until = now + HOLD_MILLISECONDS;
    this.free = this.until + (HOLD_MILLISECONDS * TRAINING_SHARE) / (1 - TRAINING_SHARE);
  }

  /** Resolves when training may go on; null where nothing holds it. */
  rest(): Promise<void> | null {
    const milliseconds = this.until - this.now();
    return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : null;
  }
}

/** That of this process. */
export const attention = new Attention();
