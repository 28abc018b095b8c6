// Which runs keep their trainer although they are not shown: the last few that were asked something, for a while. Starting a trainer
// costs a second and much memory, so neither every question should start one nor every run compared keep one.
export class TrainerLeases<R> {
  private readonly held = new Map<R, ReturnType<typeof setTimeout>>();

  /** `ended` is called when a run has no lease any more. */
  constructor(
    private readonly most: number,
    private readonly milliseconds: number,
    private readonly ended: () => void,
  ) {}

  has(run: R): boolean {
    return this.held.has(run);
  }

  /** Begins a lease, or begins it anew; the oldest ends where there are too many. */
  hold(run: R): void {
    this.drop(run);
    this.held.set(
      run,
      setTimeout(() => this.end(run), this.milliseconds),
    );
    const [oldest] = this.held.keys();
    if (this.held.size > this.most) this.end(oldest);
  }

  dispose(): void {
    for (const timer of this.held.values()) clearTimeout(timer);
    this.held.clear();
  }

  private end(run: R): void {
    this.drop(run);
    this.ended();
  }

  private drop(run: R): void {
    clearTimeout(this.held.get(run));
    this.held.delete(run);
  }
}
