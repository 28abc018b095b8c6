// Which runs are compared with which, remembered with the workspace, and the queue in which those of them that do not exist yet are
// trained: one after the other, so that two cores are not shared among many. One that fails does not keep the next from its turn.
import * as v from 'valibot';
import { GatescopeError, type FailureCode } from '../../protocol/failures';
import type { Comparison } from '../../protocol/inspectorMessages';
import type { RunRecord } from '../../protocol/run';
import type { RunConfig } from '../../protocol/runConfig';
import { Signal, type Subscription } from '../signal';
import { Slowed } from '../slowed';
import { beginningOf, groupSchema, isReplicate, type Budget, type Group, type Member } from './comparisonPlan';
import type { OpenRuns } from './openRuns';
import type { Run } from './run';
import { TrainerReleased } from './trainerConnection';
import type { TrainingText } from './trainingText';

/** Key in the workspace's state. */
const COMPARISONS = 'gatescope.comparisons';
/** Steps of runs compared with the one shown are told at most this often. */
const PROGRESS_MILLISECONDS = 1000;

export interface ComparisonParts {
  runs: OpenRuns;
  memory: { get(key: string): unknown; update(key: string, value: unknown): PromiseLike<void> };
  /** The text of an earlier run as it is now. */
  textOf(record: RunRecord): Promise<TrainingText>;
  /** A sentence about what went wrong. */
  problemOf(error: unknown): string;
}

export class Comparisons {
  /** Another comparison is shown, or a run of the one shown has changed. */
  readonly changed = new Signal<void>();
  /** By the id of the run they are compared with. */
  private readonly groups: Map<string, Group>;
  /** Groups whose queue goes on. */
  private readonly active = new Set<Group>();
  private readonly subscriptions: Subscription[];
  /** The run shown, whose comparison's runs are in hand. */
  private broughtBack: string | null = null;
  private readonly progressed = new Slowed(PROGRESS_MILLISECONDS, () => this.changed.fire());

  constructor(private readonly parts: ComparisonParts) {
    const stored = v.safeParse(v.record(v.string(), groupSchema), parts.memory.get(COMPARISONS));
    this.groups = new Map(stored.success ? Object.entries(stored.output) : []);
    const { runs } = parts;
    this.subscriptions = [
      runs.selected.on(() => this.selected()),
      runs.deleted.on(() => void this.forgetDeleted()),
      runs.changed.on(({ run, phaseChanged }) => {
        if (!this.shown?.members.some(({ runId }) => runId === run.id)) return;
        if (phaseChanged) this.changed.fire();
        else this.progressed.ask();
      }),
    ];
  }

  /** What the run shown is compared with; null for nothing. */
  get current(): Comparison | null {
    const group = this.shown;
    if (!group) return null;
    const drawn: RunConfig[] = [];
    const runs = group.members.map(({ config, runId, problem, share }) => {
      const run = runId === null ? undefined : this.inHand(runId);
      const isDrawn = share === undefined && drawn.every((other) => !isReplicate(other, config));
      if (isDrawn) drawn.push(config);
      // Of what is only reckoned with, the points that the reckoning takes are enough.
      const metrics = (run?.metrics ?? []).filter((metric) => isDrawn || metric.validationLoss !== null);
      return { config, problem, record: run?.record ?? null, metrics, ...(share !== undefined && { share }) };
    });
    return { budget: group.budget, active: this.active.has(group), runs };
  }

  /** Compares the run with stored ones and with some that are yet to be trained, in this order, instead of what it was compared with. */
  begin(
    base: Run,
    stored: readonly RunRecord[],
    budget: Budget | null,
    planned: readonly RunConfig[],
    onParts: readonly { config: RunConfig; share: number }[] = [],
  ): void {
    this.end(base.id);
    const members = [
      ...stored.map(({ config, id }) => ({ config, runId: id, problem: null })),
      ...planned.map((config) => ({ config, runId: null, problem: null })),
      ...onParts.map(({ config, share }) => ({ config, share, runId: null, problem: null })),
    ];
    this.groups.set(base.id, { budget: planned.length > 0 ? budget : null, members });
    this.store();
    void this.bringBack();
    this.goOn(base.id);
  }

  /** Trains those that wait, and trains on those that were interrupted. */
  goOn(base: string): void {
    const group = this.groups.get(base);
    if (group && !this.active.has(group)) void this.trainAll(base, group);
  }

  /** Those that wait go on waiting; the one that trains is stopped. */
  async stop(base: string): Promise<void> {
    const group = this.groups.get(base);
    if (!group) return;
    this.active.delete(group);
    this.changed.fire();
    const training = group.members.map(({ runId }) => (runId === null ? undefined : this.inHand(runId)));
    await Promise.all(training.filter((run) => run?.isBusy).map((run) => run?.stop()));
  }

  /** The runs stay; only the comparison is gone. */
  end(base: string): void {
    void this.stop(base);
    if (this.groups.delete(base)) this.store();
  }

  dispose(): void {
    this.active.clear();
    this.progressed.dispose();
    for (const one of this.subscriptions) one.dispose();
    this.changed.dispose();
  }

  private get shown(): Group | null {
    const { current } = this.parts.runs;
    return (current && this.groups.get(current.id)) ?? null;
  }

  private inHand(id: string): Run | undefined {
    return this.parts.runs.open.find((run) => run.id === id);
  }

  private async trainAll(base: string, group: Group): Promise<void> {
    this.active.add(group);
    this.changed.fire();
    const tried = new Set<Member>();
    const next = (): Member | undefined =>
      group.members.find((member) => !tried.has(member) && member.problem === null && this.isUnfinished(member));
    for (let member = next(); member && this.active.has(group); member = next()) {
      tried.add(member);
      await this.train(base, member);
    }
    this.active.delete(group);
    this.changed.fire();
  }

  private isUnfinished({ runId }: Member): boolean {
    return runId === null || this.inHand(runId)?.record.phase === 'paused';
  }

  private async train(base: string, member: Member): Promise<void> {
    const { runs, problemOf } = this.parts;
    try {
      const run = await (member.runId === null ? this.begun(base, member) : this.resumed(member.runId));
      await this.rested(run);
      // What failed before its first step is not kept: its reason stays in its place.
      if (run.failure && run.record.step === 0)
        throw new GatescopeError(run.failure.code as FailureCode, run.failure.args);
    } catch (error) {
      if (error instanceof TrainerReleased) return;
      const isKept = runs.open.some(({ id, record }) => id === member.runId && record.step > 0);
      if (!isKept) member.runId = null;
      member.problem = problemOf(error);
    } finally {
      this.store();
      this.changed.fire();
    }
  }

  private async begun(base: string, member: Member): Promise<Run> {
    const { runs, textOf } = this.parts;
    const whole = await textOf((await runs.find(base)).record);
    const { source, text, dataset } = member.share === undefined ? whole : beginningOf(whole, member.share);
    const { run, start } = await runs.plan({ config: member.config, source, text, dataset });
    member.runId = run.id;
    this.store();
    await start();
    return run;
  }

  private async resumed(id: string): Promise<Run> {
    const run = await this.parts.runs.find(id);
    await run.resume();
    return run;
  }

  /** Resolves when the run trains no longer, or is deleted. */
  private rested(run: Run): Promise<void> {
    const { runs } = this.parts;
    const isBusy = (): boolean =>
      this.inHand(run.id) !== undefined && (run.record.phase === 'preparing' || run.record.phase === 'training');
    if (!isBusy()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (isBusy()) return;
        for (const one of watching) one.dispose();
        resolve();
      };
      const watching = [run.changed.on(look), runs.deleted.on(look)];
    });
  }

  /** Runs that are about to be deleted are told of in the same way as another choice: only that one brings runs back. */
  private selected(): void {
    const id = this.parts.runs.current?.id ?? null;
    if (id === this.broughtBack) return;
    this.broughtBack = id;
    void this.bringBack();
  }

  /** Takes the runs of the comparison shown from storage, with the histories of all: they are drawn and reckoned with. */
  private async bringBack(): Promise<void> {
    const { runs } = this.parts;
    const group = this.shown;
    this.changed.fire();
    if (!group) return;
    for (const { runId } of [...group.members]) {
      if (runId === null) continue;
      try {
        const run = await runs.find(runId);
        if (runs.inspected && run.metrics.length === 0 && !run.isBusy) {
          runs.keep(run);
          await run.wake();
        }
      } catch {
        group.members = group.members.filter((member) => member.runId !== runId);
        this.store();
      }
    }
    this.changed.fire();
  }

  private async forgetDeleted(): Promise<void> {
    const { runs } = this.parts;
    const stored = new Set((await runs.all()).map(({ id }) => id));
    const isThere = (id: string): boolean => stored.has(id) || this.inHand(id) !== undefined;
    for (const [base, group] of this.groups) {
      group.members = group.members.filter(({ runId }) => runId === null || isThere(runId));
      if (!isThere(base) || group.members.length === 0) this.end(base);
    }
    this.store();
    this.changed.fire();
  }

  private store(): void {
    void this.parts.memory.update(COMPARISONS, Object.fromEntries(this.groups));
  }
}
