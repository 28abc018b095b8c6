// What an edit changes beside the picture (where the cursor is now, which columns are stale) is told with the picture: told before it, each
// was a redraw of the old picture that the new one had to wait for.

/** After so long it is told without a picture, … */
const PATIENCE_MILLISECONDS = 400;
/** … and so long after the first when there is more and more to tell. */
const LONGEST_MILLISECONDS = 1500;

export class EditNews {
  private untold = { cursor: false, state: false };
  private since = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** A state tells of the cursor too. */
  constructor(private readonly tell: { cursor(): void; state(): void }) {}

  cursorMoved(): void {
    this.untold.cursor = true;
    this.wait();
  }

  stateChanged(): void {
    this.untold.state = true;
    this.wait();
  }

  /** A picture is sent now; a first look goes without what would have everything drawn anew. */
  pictureComes(isWhole: boolean): void {
    if (isWhole && this.untold.state) this.tell.state();
    else if (this.untold.cursor) this.tell.cursor();
    this.untold.cursor = false;
  }

  /** The whole state is told. */
  clear(): void {
    this.untold = { cursor: false, state: false };
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  dispose(): void {
    this.clear();
  }

  private wait(): void {
    const now = Date.now();
    if (this.timer) clearTimeout(this.timer);
    else this.since = now;
    const longest = this.since + LONGEST_MILLISECONDS - now;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        const { cursor, state } = this.untold;
        this.untold = { cursor: false, state: false };
        if (state) this.tell.state();
        else if (cursor) this.tell.cursor();
      },
      Math.max(0, Math.min(PATIENCE_MILLISECONDS, longest)),
    );
  }
}
