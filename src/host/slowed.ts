// Work that is asked for often and done seldom: once after a while, however often it was asked for in between.
export class Slowed {
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly milliseconds: number,
    private readonly work: () => void,
  ) {}

  ask(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.work();
    }, this.milliseconds);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
