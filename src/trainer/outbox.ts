// What this process has said and not yet got rid of. A picture is megabytes and a pipe holds a fraction of one: the rest leaves whenever
// this process rests for a moment, so whoever works here waits until it has left rather than let it go a piece after every step.

/** Work goes on then all the same: whoever should read may be busy or gone. */
const PATIENCE_MILLISECONDS = 250;

export class Outbox {
  private unsent = 0;
  private waiting: (() => void)[] = [];

  /** Something is being sent; call what is returned once it has left. */
  add(): () => void {
    this.unsent++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      if (--this.unsent > 0) return;
      for (const go of this.waiting.splice(0)) go();
    };
  }

  /** Resolves when everything has left, or has taken too long; null where nothing waits. */
  empty(): Promise<void> | null {
    if (this.unsent === 0) return null;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** That of this process. */
export const outbox = new Outbox();
