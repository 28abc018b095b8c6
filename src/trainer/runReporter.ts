// Keeps a run's record in step with what happens, stores it and tells the host, a few times a second at most.
import { GatescopeError } from '../protocol/failures';
import type { Failure, Metric, RunRecord } from '../protocol/run';
import type { Progress, TrainerEvent } from '../protocol/trainerMessages';
import { ProgressMeter } from './progressMeter';
import type { ReadyRun } from './readyRun';
import type { RunFolder } from './runFolder';
import type { TrainedModel, TrainingPosition } from './trainedModel';

const EVENT_MILLISECONDS = 200;

export class RunReporter {
  private current: Pick<Progress, 'activity' | 'fraction'> = { activity: null, fraction: null };
  private meter: ProgressMeter | null = null;
  private unsent: Metric[] = [];
  private lastEvent = 0;

  constructor(
    readonly folder: RunFolder,
    public record: RunRecord,
    private readonly emit: (event: TrainerEvent) => void,
  ) {}

  /** Changes the record, stores it and tells the host at once. */
  update(change: Partial<RunRecord>): void {
    this.record = { ...this.record, ...change };
    if (this.record.phase !== 'preparing') this.current = { activity: null, fraction: null };
    if (this.record.phase !== 'training') this.meter = null;
    this.store();
    this.progress();
  }

  store(): void {
    this.folder.writeRecord(this.record);
  }

  /** What is being done before the first step. */
  activity(activity: 'reading' | 'counting' | 'building', fraction: number | null): void {
    const changed = activity !== this.current.activity;
    this.current = { activity, fraction };
    if (changed || this.isDue()) this.progress();
  }

  beginTraining(tokensPerStep: number): void {
    this.meter = new ProgressMeter(tokensPerStep);
    this.meter.mark(this.record.step, performance.now());
  }

  metric(metric: Metric): void {
    this.unsent.push(metric);
  }

  /** Called between steps. */
  tick(position: TrainingPosition): void {
    if (!this.isDue()) return;
    this.meter?.mark(position.step, performance.now());
    this.note(position);
    this.progress();
  }

  /** Takes the position over into the record and hands on the points of the chart. */
  note({ step, bestValidationLoss }: TrainingPosition): void {
    this.record = { ...this.record, step, bestValidationLoss };
    this.flushMetrics();
  }

  flushMetrics(): void {
    if (this.unsent.length === 0) return;
    const metrics = this.unsent;
    this.unsent = [];
    this.record = { ...this.record, lastMetric: metrics[metrics.length - 1] };
    this.folder.appendMetrics(metrics);
    this.emit({ kind: 'metrics', reset: false, metrics });
  }

  /** Weights first, then the record, so that the record never claims more than there is. */
  storeWith(trained: TrainedModel): void {
    this.note(trained.position);
    this.folder.writeCheckpoint(trained.checkpoint());
    this.store();
  }

  /** What the record says of the snapshots; the host hears it with the next progress. */
  listSnapshots(steps: readonly number[]): void {
    this.record = { ...this.record, snapshots: [...steps] };
  }

  progress(): void {
    this.lastEvent = performance.now();
    const speed = this.meter?.speed(this.record.plannedSteps) ?? { tokensPerSecond: null, secondsLeft: null };
    this.emit({ kind: 'progress', record: this.record, ...this.current, ...speed });
  }

  log(level: 'info' | 'warning' | 'error', text: string): void {
    this.emit({ kind: 'log', level, text });
  }

  /** The run ends here; even when the record cannot be stored the host is told. */
  fail(failure: Failure, cause: unknown): void {
    if (!(cause instanceof GatescopeError))
      this.log('error', cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    this.record = { ...this.record, phase: 'failed', failure };
    this.current = { activity: null, fraction: null };
    this.meter = null;
    try {
      this.flushMetrics();
      this.store();
    } catch (error) {
      this.log('error', `the failed run cannot be stored: ${String(error)}`);
    }
    this.progress();
    this.emit({ kind: 'failed', failure });
  }

  /** After opening: what was cut off while it trained goes back to its checkpoint, without later points. */
  recover(ready: ReadyRun | null): void {
    const { phase, step: recorded } = this.record;
    const wasCutOff = phase === 'preparing' || phase === 'training';
    if (ready === null) {
      if (!wasCutOff) return;
      const failure = { code: 'trainerCrashed', args: { reason: 'ended while it prepared the text' } };
      this.record = { ...this.record, phase: 'failed', failure };
    } else {
      const { step, bestValidationLoss } = ready.trained.position;
      if (!wasCutOff && step === recorded) return;
      ready.snapshots.dropAfter(step);
      const metrics = this.folder.readMetrics().filter((metric) => metric.step <= step);
      this.folder.writeMetrics(metrics);
      const lastMetric = metrics.at(-1) ?? null;
      this.record = { ...this.record, phase: wasCutOff ? 'paused' : phase, step, bestValidationLoss, lastMetric };
    }
    this.store();
  }

  private isDue(): boolean {
    return performance.now() - this.lastEvent >= EVENT_MILLISECONDS;
  }
}
