// Cuts a plain text into the sequences in which tokens are hidden: lines, packed together while they are short and cut where they are
// longer than the window.

/**
 * Lengths of the sequences of a text whose tokens come one by one; a line end closes a sequence that has at least half a window, so
 * that short lines share one. Neither token is left out, so the lengths add up to the tokens.
 */
export class SequenceCutter {
  readonly lengths: number[] = [];
  private current = 0;

  constructor(private readonly window: number) {}

  add(token: string): void {
    this.current++;
    if (this.current === this.window || (token === '\n' && this.current * 2 >= this.window)) this.cut();
  }

  end(): void {
    if (this.current > 0) this.cut();
  }

  private cut(): void {
    this.lengths.push(this.current);
    this.current = 0;
  }
}
