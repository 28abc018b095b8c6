// Says how fast training goes and how long it will take, from the last seconds of it.
const WINDOW_MILLISECONDS = 8000;

export class ProgressMeter {
  private marks: { time: number; step: number }[] = [];

  constructor(private readonly tokensPerStep: number) {}

  /** Takes note that `step` steps were done at `time` (milliseconds of a monotonic clock). */
  mark(step: number, time: number): void {
    this.marks.push({ time, step });
    const oldest = this.marks.findIndex((mark) => mark.time >= time - WINDOW_MILLISECONDS);
    this.marks.splice(0, oldest);
  }

  /** Null before two marks a step apart. */
  speed(plannedSteps: number): { tokensPerSecond: number; secondsLeft: number } | null {
    const first = this.marks.at(0);
    const last = this.marks.at(-1);
    if (!first || !last || last.step === first.step || last.time === first.time) return null;
    const stepsPerSecond = ((last.step - first.step) * 1000) / (last.time - first.time);
    const secondsLeft = Math.max(0, plannedSteps - last.step) / stepsPerSecond;
    return { tokensPerSecond: stepsPerSecond * this.tokensPerStep, secondsLeft };
  }
}
