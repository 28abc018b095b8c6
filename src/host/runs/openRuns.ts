// The runs this window has in hand: those training, the one the inspector shows and those it was compared with.
import type * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { RunConfig } from '../../protocol/runConfig';
import type { RunRecord, TextSource } from '../../protocol/run';
import type { DatasetSource } from '../../protocol/taskRun';
import type { TrainerRequestOf } from '../../protocol/trainerMessages';
import { Signal } from '../signal';
import type { Log } from '../log';
import { maxStoredRuns, runSettings, trainerSettings } from '../settings';
import { plannedRecord } from './plannedRecord';
import { Run, type RunChange, type RunHome } from './run';
import { newRunId } from './runId';
import { RunSelection } from './runSelection';
import type { RunStore } from './runStore';
import { TrainerConnection } from './trainerConnection';
import type { TrainerLauncher } from './trainerLauncher';
import { TrainerLeases } from './trainerLeases';

/** Trainers kept for runs that are compared, and for how long after a question. */
const MOST_LEASES = 3;
const LEASE_MILLISECONDS = 20_000;

export interface TrainingOrder {
  config: RunConfig;
  source: TextSource;
  /** Live text where the trainer has no path it could open. */
  text: string | null;
  /** Where a task's examples are, when that is not the source alone. */
  dataset?: DatasetSource;
  /** Weights of a network trained elsewhere, shown on the text instead of training. */
  weights?: { name: string; bytes: Uint8Array };
}

export interface PlannedRun {
  run: Run;
  /** Has the run train; resolves when its record exists. Rejects with a GatescopeError. */
  start(): Promise<void>;
}

export class OpenRuns implements vscode.Disposable {
  readonly changed = new Signal<RunChange>();
  /** The run shown is another one, or none. */
  readonly selected = new Signal<void>();
  /** Who looks at the run shown, the inspector or an aid in the editor. */
  readonly onlookers = new Set<object>();
  /** Runs are gone from the disk. */
  readonly deleted = new Signal<void>();
  private readonly runs = new Map<string, Run>();
  /** Runs whose trainer has neither accepted nor refused its text yet. */
  private readonly starting = new Set<Run>();
  private readonly selection = new RunSelection<Run>((run) => this.starting.has(run));
  private readonly leases = new TrainerLeases<Run>(MOST_LEASES, LEASE_MILLISECONDS, () => this.releaseIdle());

  constructor(
    readonly store: RunStore,
    private readonly launch: TrainerLauncher,
    private readonly modulePath: string,
    private readonly log: Log,
  ) {}

  get current(): Run | null {
    return this.selection.shown;
  }

  /** Whether anybody looks at the run shown. */
  get inspected(): boolean {
    return this.onlookers.size > 0;
  }

  get open(): Run[] {
    return [...this.runs.values()];
  }

  /** A trainer process that belongs to no run yet, for estimates. */
  connect(): TrainerConnection {
    return new TrainerConnection(this.launch, { modulePath: this.modulePath, ...trainerSettings() }, this.log);
  }

  /** Makes a run and its folder; `start` then has it train, so that it can be shown while it gets ready. */
  async plan(order: TrainingOrder): Promise<PlannedRun> {
    const now = new Date();
    const id = newRunId(now, order.weights ? 'imported' : order.config.cell);
    await this.createFolder(id);
    const home = this.homeOf(id);
    const run = Run.planned(home, plannedRecord(id, now, order));
    this.starting.add(run);
    this.add(run);
    const request = { runFolder: home.folder, runId: id, createdAt: now.toISOString(), ...home.settings(), ...order };
    return { run, start: () => this.start(run, request) };
  }

  /** The run of that name, taken from storage when it is not in hand. Rejects with runMissing. */
  async find(id: string): Promise<Run> {
    const inHand = this.runs.get(id);
    if (inHand) return inHand;
    const record = await this.store.read(id);
    if (!record) throw new GatescopeError('runMissing', { id });
    const run = Run.stored(this.homeOf(id), record);
    this.add(run);
    return run;
  }

  /** Shows a run; the one shown before lets its trainer go unless it is training. */
  show(run: Run | null): void {
    if (run === this.current) return;
    this.selection.show(run);
    this.releaseIdle();
    this.selected.fire();
  }

  /** A run that is not shown was asked something: its trainer stays for the next question. */
  keep(run: Run): void {
    this.leases.hold(run);
  }

  /** Lets the trainers go that neither train nor are shown. */
  releaseIdle(): void {
    for (const run of this.runs.values()) if (this.isIdle(run)) void run.releaseUnless(() => !this.isIdle(run));
  }

  private isIdle(run: Run): boolean {
    const inView = this.inspected && (this.selection.holds(run) || this.leases.has(run));
    return !inView && !run.isBusy;
  }

  /** Records of all runs, those in hand as they are now, newest first. */
  async all(): Promise<RunRecord[]> {
    const stored = await this.store.list();
    return stored.map((record) => this.runs.get(record.id)?.record ?? record);
  }

  /** Those of them that can be opened: what failed before its first step has no model. */
  async records(): Promise<RunRecord[]> {
    return (await this.all()).filter((record) => record.phase !== 'failed' || record.step > 0);
  }

  /** Deletes all of them but those that another window trains; rejects with runInUse for the first of these when the others are gone. */
  async delete(asked: readonly string[]): Promise<void> {
    const owners = await Promise.all(asked.map((id) => (this.runs.get(id)?.isBusy ? null : this.store.trainedBy(id))));
    const ids = asked.filter((_, k) => owners[k] === null);
    const removed = ids.map((id) => this.runs.get(id)).filter((run) => run !== undefined);
    for (const id of ids) this.runs.delete(id);
    for (const run of removed) {
      this.starting.delete(run);
      this.selection.forget(run);
    }
    this.selected.fire();
    // A trainer stores its run before it goes; its files can only be deleted after that.
    await Promise.all(removed.map((run) => run.release()));
    for (const id of ids) await this.store.delete(id);
    this.deleted.fire();
    const kept = owners.findIndex((pid) => pid !== null);
    const pid = owners[kept];
    if (pid) throw new GatescopeError('runInUse', { id: asked[kept], pid });
  }

  /** Deletes a run that was refused; what was shown before it is shown again. */
  async withdraw(run: Run): Promise<void> {
    this.selection.withdraw(run);
    await this.delete([run.id]).catch(() => undefined);
  }

  /** Before the window closes: training runs write their checkpoint, all processes end. */
  async close(): Promise<void> {
    const busy = this.open.filter((run) => run.isBusy);
    const late = new Promise((resolve) => setTimeout(resolve, 3000));
    await Promise.race([Promise.allSettled(busy.map((run) => run.pause())), late]);
    this.dispose();
  }

  dispose(): void {
    this.leases.dispose();
    for (const run of this.runs.values()) void run.release();
    this.runs.clear();
    this.changed.dispose();
    this.selected.dispose();
    this.deleted.dispose();
  }

  /** Rejects with a GatescopeError when the trainer refuses; the run is then gone. */
  private async start(run: Run, request: TrainerRequestOf<'train'>): Promise<void> {
    try {
      await run.start(request);
    } catch (error) {
      await this.withdraw(run);
      throw error;
    }
  }

  /** The trainer has read the text and made the model, or was stopped before it had. */
  private accepted({ id, record }: Run): void {
    const { source, corpus } = record;
    const live = source.path === null ? ' (live text of the editor)' : '';
    if (corpus) this.log.info(`run ${id} trains on ${source.name}${live}`);
    void this.trimStorage();
  }

  private add(run: Run): void {
    this.runs.set(run.id, run);
    run.changed.on((change) => {
      const { phase } = run.record;
      if (phase !== 'preparing' && phase !== 'failed' && this.starting.delete(run)) {
        this.selection.settle(run);
        this.accepted(run);
        this.releaseIdle();
      }
      this.changed.fire(change);
      // A run that ended unseen has no more use for its process.
      if (change.phaseChanged && !run.isBusy) this.releaseIdle();
    });
    run.logged.on(({ level, text }) => {
      if (level === 'error') this.log.error(text);
      else if (level === 'warning') this.log.warn(text);
      else this.log.info(text);
    });
  }

  private homeOf(id: string): RunHome {
    return {
      folder: this.store.folderOf(id).fsPath,
      connect: () => this.connect(),
      settings: runSettings,
      save: (record) => this.store.save(record),
    };
  }

  private async createFolder(id: string): Promise<void> {
    try {
      await this.store.create(id);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GatescopeError('storageUnwritable', { folder: this.store.folder.fsPath, reason });
    }
  }

  private async trimStorage(): Promise<void> {
    try {
      const removed = await this.store.trim(maxStoredRuns(), new Set(this.runs.keys()));
      for (const id of removed) this.log.info(`run ${id} deleted: more than gatescope.storage.maxRuns are stored`);
    } catch (error) {
      this.log.warn(`old runs cannot be deleted: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
