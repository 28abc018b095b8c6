// One run in a trainer process: prepares or opens it, trains, pauses and stops it, and answers questions in between.
import { GatescopeError } from '../protocol/failures';
import type { RunRecord } from '../protocol/run';
import type { Continuation, TrainerEvent, TrainerRequestOf } from '../protocol/trainerMessages';
import type { Answered } from '../protocol/questions';
import type { TraceFrame } from '../protocol/traceFrame';
import { continuePrefix } from './continuePrefix';
import { openCourse, type Course } from './course';
import { failureOf } from './failureOf';
import { measureImported } from './measureImported';
import { thinned, withSeconds } from './metricsLog';
import { newRecord } from './newRecord';
import { openModel, prepareModel, type EngineOptions, type ReadyRun } from './readyRun';
import { RunFolder } from './runFolder';
import { RunOwnership } from './runOwnership';
import { RunReporter } from './runReporter';
import type { LoopEnd } from './trainingLoop';

export interface RunSessionOptions extends EngineOptions {
  emit(event: TrainerEvent): void;
  /** Milliseconds between checkpoints while training. */
  checkpointMilliseconds?: number;
}

const CHECKPOINT_MILLISECONDS = 15_000;

/** What a person wants of the run; the loop and the preparation look at it between their pieces of work. */
type Wish = 'run' | 'pause' | 'stop';

/**
 * preparing → training ⇄ paused → finished | stopped | diverged | failed. All methods may be called at any time; they
 * throw a GatescopeError where the run's state does not allow them.
 */
export class RunSession {
  private wish: Wish = 'run';
  /** Counts pause, resume and stop: where they overlap, the last one holds. */
  private wishes = 0;
  private reporter: RunReporter | null = null;
  private ready: ReadyRun | null = null;
  /** Made when training first begins. */
  private course: Course | null = null;
  /** Preparation or training going on in the background; never rejects. */
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunSessionOptions) {}

  /** Makes the run's record and begins; resolves before the text is read. */
  train(request: TrainerRequestOf<'train'>): RunRecord {
    this.expectUnused();
    const folder = new RunFolder(request.runFolder);
    folder.create();
    new RunOwnership(folder).claim();
    this.reporter = new RunReporter(folder, newRecord(request), this.options.emit);
    this.reporter.store();
    this.work = this.guarded(() => this.prepare(request));
    return this.record;
  }

  /** Loads a stored run. One that was cut off while it trained is paused at its last checkpoint. Rejects with runInUse while another process trains it. */
  async open(request: TrainerRequestOf<'open'>): Promise<RunRecord> {
    this.expectUnused();
    const folder = new RunFolder(request.runFolder);
    new RunOwnership(folder).expectFree();
    const stored = folder.readRecord();
    const reporter = new RunReporter(folder, stored, this.options.emit);
    this.reporter = reporter;
    try {
      if (folder.hasCheckpoint) this.ready = await openModel(reporter, request, this.options);
    } catch (error) {
      this.reporter = null;
      throw error;
    }
    reporter.recover(this.ready);
    const { step, lastMetric } = reporter.record;
    if (this.ready) this.ready.trained.seconds = step === 0 ? 0 : (lastMetric?.seconds ?? null);
    this.options.emit({ kind: 'metrics', reset: true, metrics: thinned(folder.readMetrics()) });
    reporter.progress();
    return this.record;
  }

  /** Resolves when training rests and its checkpoint is written; during the preparation at once. */
  async pause(): Promise<RunRecord> {
    const { phase } = this.record;
    if (phase !== 'preparing' && phase !== 'training') return this.record;
    this.decide('pause');
    if (phase === 'training') await this.work;
    return this.record;
  }

  /** Trains on. A finished run gets as many epochs again. */
  async resume(): Promise<RunRecord> {
    const turn = ++this.wishes;
    if (this.record.phase === 'training' && this.wish !== 'run') await this.work;
    if (turn !== this.wishes) return this.record;
    this.wish = 'run';
    const { phase, config, plannedSteps, step } = this.record;
    if (phase === 'training' || phase === 'preparing') return this.record;
    const ready = this.expectReady();
    if (phase === 'diverged') throw new GatescopeError('badRequest', { reason: 'a diverged run cannot be resumed' });
    const course = this.openCourse(ready);
    new RunOwnership(this.reporterOf().folder).claimAt(step);
    if (phase === 'finished') ready.trained.position.epochsWithoutGain = 0;
    const more = phase === 'finished' || step >= plannedSteps ? config.epochs * course.stepsPerEpoch : 0;
    this.reporterOf().update({ phase: 'training', failure: null, plannedSteps: more > 0 ? step + more : plannedSteps });
    this.work = this.guarded(() => this.trainOn(ready, course));
    return this.record;
  }

  /** Ends training; the weights are kept and can still be looked at. */
  async stop(): Promise<RunRecord> {
    const { phase } = this.record;
    if (phase === 'training' || phase === 'preparing') {
      this.decide('stop');
      await this.work;
    } else if (phase === 'paused') this.reporterOf().update({ phase: 'stopped' });
    return this.record;
  }

  async inspect(request: TrainerRequestOf<'inspect'>): Promise<TraceFrame> {
    return this.expectReady().pictures.inspect(request);
  }

  ask(request: TrainerRequestOf<'ask'>): Promise<Answered | null> {
    return this.expectReady().questions.ask(request);
  }

  continueText(request: TrainerRequestOf<'continueText'>): Continuation {
    const { trained, vocabulary } = this.expectReady();
    return continuePrefix(trained.model, vocabulary, trained.position.step, request);
  }

  /** Before the process ends: training rests and is stored. */
  async close(): Promise<void> {
    if (this.reporter?.record.phase === 'training') await this.pause();
    this.ready?.tokens?.close();
    this.ready?.pictures.close();
    this.ready?.questions.close();
  }

  /** Waits for preparation or training to come to rest. */
  settled(): Promise<void> {
    return this.work;
  }

  get record(): RunRecord {
    return this.reporterOf().record;
  }

  private decide(wish: Wish): void {
    this.wishes++;
    this.wish = wish;
  }

  private reporterOf(): RunReporter {
    if (this.reporter === null) throw new GatescopeError('notReady');
    return this.reporter;
  }

  private expectUnused(): void {
    if (this.reporter !== null)
      throw new GatescopeError('badRequest', { reason: `this trainer already owns run ${this.record.id}` });
  }

  private expectReady(): ReadyRun {
    this.reporterOf();
    if (this.ready === null) throw new GatescopeError('notReady');
    return this.ready;
  }

  private async prepare(request: TrainerRequestOf<'train'>): Promise<void> {
    const reporter = this.reporterOf();
    const ready = await prepareModel(reporter, request, this.options, () => this.wish === 'stop');
    if (ready === null) {
      reporter.update({ phase: 'stopped' });
      return;
    }
    this.ready = ready;
    const course = this.openCourse(ready);
    if (request.weights) {
      measureImported(ready, reporter);
      return;
    }
    const plannedSteps = request.config.epochs * course.stepsPerEpoch;
    reporter.folder.writeCheckpoint(ready.trained.checkpoint());
    if (this.wish === 'run') {
      reporter.update({ phase: 'training', plannedSteps });
      await this.trainOn(ready, course);
    } else reporter.update({ phase: this.wish === 'stop' ? 'stopped' : 'paused', plannedSteps });
  }

  private openCourse(ready: ReadyRun): Course {
    this.course ??= openCourse(ready, this.reporterOf());
    return this.course;
  }

  private async trainOn(ready: ReadyRun, course: Course): Promise<void> {
    const reporter = this.reporterOf();
    const { trained, snapshots } = ready;
    reporter.beginTraining(course.tokensPerStep);
    const every = this.options.checkpointMilliseconds ?? CHECKPOINT_MILLISECONDS;
    let checkpointed = performance.now();
    const end = await course.run({
      plannedSteps: reporter.record.plannedSteps,
      onMetric: (metric) => reporter.metric(withSeconds(metric, trained.seconds)),
      onStep: () => snapshots.visit(),
      goOn: () => {
        reporter.tick(trained.position);
        if (performance.now() - checkpointed > every) {
          reporter.storeWith(trained);
          checkpointed = performance.now();
        }
        return this.wish === 'run';
      },
    });
    reporter.note(trained.position);
    snapshots.take();
    const isOver = end.kind === 'interrupted' ? this.wish === 'stop' : end.kind !== 'diverged';
    if (isOver) await course.conclude();
    reporter.folder.writeCheckpoint(trained.checkpoint());
    this.finish(end);
  }

  private finish(end: LoopEnd): void {
    const reporter = this.reporterOf();
    if (end.kind === 'diverged') {
      const { divergence } = end;
      reporter.log(
        'warning',
        `step ${divergence.step}: ${divergence.what} not finite; weights of step ${divergence.restoredStep} restored`,
      );
      reporter.update({ phase: 'diverged', divergence });
    } else if (end.kind === 'interrupted') {
      reporter.update({ phase: this.wish === 'stop' ? 'stopped' : 'paused' });
    } else {
      if (end.kind === 'earlyStop') reporter.log('info', 'ended early: the validation loss no longer falls');
      reporter.update({ phase: 'finished' });
    }
  }

  /** Runs background work on a run that was claimed; whatever goes wrong becomes the run's failure. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.reporterOf().fail(failureOf(error, this.options.memoryMegabytes), error);
    } finally {
      new RunOwnership(this.reporterOf().folder).release();
    }
  }
}
