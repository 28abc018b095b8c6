// Which run is shown and which it is compared with; a run whose start is refused gives its place back.

interface Places<R> {
  shown: R | null;
  against: R | null;
}

export class RunSelection<R> {
  private places: Places<R> = { shown: null, against: null };
  /** What was in place before a run took it that the trainer has not accepted yet. */
  private readonly displaced = new Map<R, Places<R>>();

  /** @param isStarting whether a run may still be refused */
  constructor(private readonly isStarting: (run: R) => boolean) {}

  get shown(): R | null {
    return this.places.shown;
  }

  get against(): R | null {
    return this.places.against;
  }

  show(run: R | null): void {
    this.take({ shown: run, against: null }, run);
  }

  compareWith(run: R | null): void {
    this.take({ shown: this.shown, against: run }, run);
  }

  /** Whether a run is in place, or would be again if a start were refused. */
  holds(run: R): boolean {
    return [this.places, ...this.displaced.values()].some(({ shown, against }) => run === shown || run === against);
  }

  /** The run will not be refused any more. */
  settle(run: R): void {
    this.displaced.delete(run);
  }

  /** The run was refused: what it displaced comes back, unless another run was chosen meanwhile. */
  withdraw(run: R): void {
    const before = this.displaced.get(run);
    this.displaced.delete(run);
    if (before) {
      const restored = (places: Places<R>): Places<R> =>
        places.shown === run || places.against === run ? before : places;
      this.places = restored(this.places);
      for (const [other, places] of this.displaced) this.displaced.set(other, restored(places));
    }
    this.forget(run);
  }

  /** The run is gone. */
  forget(run: R): void {
    this.displaced.delete(run);
    const without = ({ shown, against }: Places<R>): Places<R> => ({
      shown: shown === run ? null : shown,
      against: against === run ? null : against,
    });
    this.places = without(this.places);
    for (const [other, places] of this.displaced) this.displaced.set(other, without(places));
  }

  private take(places: Places<R>, run: R | null): void {
    if (run !== null && this.isStarting(run)) this.displaced.set(run, this.places);
    this.places = places;
  }
}
