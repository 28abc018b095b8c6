// Which run is shown; a run whose start is refused gives its place back.

export class RunSelection<R> {
  private place: R | null = null;
  /** What was shown before a run that the trainer has not accepted yet. */
  private readonly displaced = new Map<R, R | null>();

  /** @param isStarting whether a run may still be refused */
  constructor(private readonly isStarting: (run: R) => boolean) {}

  get shown(): R | null {
    return this.place;
  }

  show(run: R | null): void {
    if (run !== null && this.isStarting(run)) this.displaced.set(run, this.place);
    this.place = run;
  }

  /** Whether a run is shown, or would be again if a start were refused. */
  holds(run: R): boolean {
    return this.place === run || [...this.displaced.values()].includes(run);
  }

  /** The run will not be refused any more. */
  settle(run: R): void {
    this.displaced.delete(run);
  }

  /** The run was refused: what it displaced comes back, unless another run was chosen meanwhile. */
  withdraw(run: R): void {
    const before = this.displaced.get(run);
    this.displaced.delete(run);
    if (before !== undefined) this.replace(run, before);
    this.forget(run);
  }

  /** The run is gone. */
  forget(run: R): void {
    this.displaced.delete(run);
    this.replace(run, null);
  }

  private replace(run: R, by: R | null): void {
    if (this.place === run) this.place = by;
    for (const [other, place] of this.displaced) if (place === run) this.displaced.set(other, by);
  }
}
