// One run while the editor is open: its record, its chart and, when it has one, its trainer process.
import type { InspectorState } from '../../protocol/inspectorMessages';
import type { Failure, Metric, RunRecord } from '../../protocol/run';
import type {
  TrainerEvent,
  TrainerReplies,
  TrainerRequestKind,
  TrainerRequestOf,
} from '../../protocol/trainerMessages';
import type { GatescopeError } from '../../protocol/failures';
import { failureOf } from '../failureMessages';
import { Signal } from '../signal';
import type { TrainerConnection } from './trainerConnection';

export interface RunChange {
  run: Run;
  /** Points added to the chart by this change. */
  newMetrics: Metric[];
  /** The chart begins anew with `newMetrics`. */
  reset: boolean;
  /** The phase, the record's identity or the failure changed, not only numbers. */
  phaseChanged: boolean;
}

/** Points kept for the chart; beyond it every second older point without a validation loss is dropped. */
export const MAX_METRICS = 6000;

export function thinMetrics(metrics: Metric[]): Metric[] {
  if (metrics.length <= MAX_METRICS) return metrics;
  const recent = metrics.length - MAX_METRICS / 4;
  return metrics.filter((metric, index) => index >= recent || index % 2 === 0 || metric.validationLoss !== null);
}

/** Where a run's files are and how its trainer is started. */
export interface RunHome {
  folder: string;
  connect(): TrainerConnection;
  /** How many threads a trainer shall compute on, 0 for as many as it measures to be fastest, and what its snapshots may take. */
  settings(): { threads: number; snapshotMegabytes: number };
  /** Writes a record the trainer could not write any more. */
  save(record: RunRecord): Promise<void>;
}

export class Run {
  metrics: Metric[] = [];
  progress: InspectorState['progress'] = null;
  failure: Failure | null;
  /** How often trees were imported for it since it was opened. */
  treesImported = 0;
  readonly changed = new Signal<RunChange>();
  private connection: TrainerConnection | null = null;
  private opening: Promise<TrainerConnection> | null = null;
  /** How many things asked of the trainer are not settled yet, and who waits for that. */
  private asked = 0;
  private readonly settled = new Signal<void>();

  private constructor(
    public record: RunRecord,
    private readonly home: RunHome,
  ) {
    this.failure = record.failure;
  }

  /** A run that is about to begin: `record` is what is known of it before its trainer has answered. */
  static planned(home: RunHome, record: RunRecord): Run {
    return new Run(record, home);
  }

  /** Starts a trainer and has it train; resolves when the run exists on disk. Rejects with the trainer's failure. */
  start(body: TrainerRequestOf<'train'>): Promise<void> {
    return this.asking(() => this.begin(body));
  }

  private async begin(body: TrainerRequestOf<'train'>): Promise<void> {
    const connection = this.home.connect();
    this.attach(connection);
    try {
      const record = await connection.request('train', body);
      // Progress events may have overtaken the answer; they know more.
      if (this.record.plannedSteps === 0 && this.record.corpus === null) this.accept(record);
    } catch (error) {
      void this.release();
      throw error;
    }
  }

  /** A run from storage; its trainer is started when something is first asked of it. */
  static stored(home: RunHome, record: RunRecord): Run {
    return new Run(record, home);
  }

  get id(): string {
    return this.record.id;
  }

  get isBusy(): boolean {
    return this.connection !== null && (this.record.phase === 'training' || this.record.phase === 'preparing');
  }

  get folder(): string {
    return this.home.folder;
  }

  /** Asks the trainer, starting one on the stored run first when there is none. */
  request<K extends TrainerRequestKind>(kind: K, body: TrainerRequestOf<K>): Promise<TrainerReplies[K]> {
    return this.asking(async () => (await this.connected()).request(kind, body));
  }

  /** Starts the trainer of a stored run, which sends the chart's history; nothing happens when it runs already. */
  async wake(): Promise<void> {
    await this.asking(() => this.connected());
  }

  async pause(): Promise<void> {
    if (this.connection) await this.order('pause', {});
  }

  /** Trains on from the stored tokens; the text itself is not needed any more. */
  resume(): Promise<void> {
    return this.order('resume', { text: null });
  }

  stop(): Promise<void> {
    return this.order('stop', {});
  }

  /** Lets the trainer go once all that was asked of it is settled, unless it is needed again by then. */
  async releaseUnless(needed: () => boolean): Promise<void> {
    while (this.asked > 0)
      await new Promise<void>((resolve) => {
        const waiting = this.settled.on(() => {
          waiting.dispose();
          resolve();
        });
      });
    if (!needed()) await this.release();
  }

  /** Lets the trainer process go at once; the run stays as stored. Resolves when the process is gone. */
  async release(): Promise<void> {
    const { connection } = this;
    this.connection = null;
    this.opening = null;
    connection?.dispose();
    await connection?.gone;
  }

  /** Asks for another phase. The trainer tells it as an event too, before its answer: it must not be let go in between. */
  private order<K extends 'pause' | 'resume' | 'stop'>(kind: K, body: TrainerRequestOf<K>): Promise<void> {
    return this.asking(async () => this.accept(await this.request(kind, body)));
  }

  private async asking<T>(work: () => Promise<T>): Promise<T> {
    this.asked++;
    try {
      return await work();
    } finally {
      if (--this.asked === 0) this.settled.fire();
    }
  }

  /** Starts the trainer of a stored run; resolves at once when there is one. */
  private connected(): Promise<TrainerConnection> {
    if (this.connection?.isAlive) return Promise.resolve(this.connection);
    this.opening ??= this.open().finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  private async open(): Promise<TrainerConnection> {
    const connection = this.home.connect();
    this.attach(connection);
    try {
      const { folder } = this.home;
      const settings = this.home.settings();
      this.accept(await connection.request('open', { runFolder: folder, text: null, ...settings }));
      return connection;
    } catch (error) {
      void this.release();
      throw error;
    }
  }

  private attach(connection: TrainerConnection): void {
    this.connection = connection;
    connection.events.on((event) => this.receive(event));
    connection.lost.on((error) => this.lose(error));
  }

  private accept(record: RunRecord): void {
    const phaseChanged = record.phase !== this.record.phase;
    this.record = record;
    if (record.failure || phaseChanged) this.failure = record.failure;
    if (record.phase !== 'training' && record.phase !== 'preparing') this.progress = null;
    this.fire({ phaseChanged });
  }

  private receive(event: TrainerEvent): void {
    switch (event.kind) {
      case 'progress': {
        const { activity, fraction, tokensPerSecond, secondsLeft } = event;
        const phaseChanged = event.record.phase !== this.record.phase || activity !== (this.progress?.activity ?? null);
        const failed = event.record.failure;
        this.progress = { activity, fraction, tokensPerSecond, secondsLeft };
        this.record = event.record;
        if (failed) this.failure = failed;
        else if (phaseChanged) this.failure = null;
        this.fire({ phaseChanged });
        return;
      }
      case 'metrics':
        this.metrics = thinMetrics(event.reset ? event.metrics : [...this.metrics, ...event.metrics]);
        this.fire({ newMetrics: event.metrics, reset: event.reset });
        return;
      case 'failed':
        this.fail(event.failure);
        return;
      case 'log':
        this.logged.fire(event);
        return;
    }
  }

  /** Log lines of the trainer. */
  readonly logged = new Signal<Extract<TrainerEvent, { kind: 'log' }>>();

  private fail(failure: Failure): void {
    this.failure = failure;
    this.progress = null;
    this.record = { ...this.record, phase: 'failed', failure };
    this.fire({ phaseChanged: true });
  }

  /** The process is gone: what it had not finished counts as failed, with its last checkpoint kept. */
  private lose(error: GatescopeError): void {
    this.connection = null;
    if (this.record.phase === 'training' || this.record.phase === 'preparing') {
      this.fail(failureOf(error));
      void this.home.save(this.record);
    } else this.fire({ phaseChanged: true });
  }

  private fire(change: Partial<Omit<RunChange, 'run'>>): void {
    this.changed.fire({ run: this, newMetrics: [], reset: false, phaseChanged: false, ...change });
  }
}
