// Which snapshot of each run is looked at: the inspector chooses, every inspection and question of that run is told.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import { failureMessage } from '../failureMessages';
import type { OpenRuns } from '../runs/openRuns';
import { Signal, type Subscription } from '../signal';
import type { InspectorPanel } from './inspectorPanel';

export class SnapshotChoice implements vscode.Disposable {
  /** Training step by run; runs that are looked at as they are now have none. */
  private readonly steps = new Map<string, number>();
  readonly changed = new Signal<void>();
  private readonly subscription: Subscription;

  /** `want` asks for a picture, `tell` sends the inspector its state. */
  constructor(
    private readonly panel: Pick<InspectorPanel, 'received' | 'post'>,
    private readonly runs: Pick<OpenRuns, 'current'>,
    private readonly inspector: { want(): void; tell(): void },
  ) {
    this.subscription = panel.received.on((message) => {
      if (message.kind !== 'snapshot') return;
      const { current } = runs;
      if (current) this.look(current.id, message.step);
      panel.post({ kind: 'snapshot', step: this.current });
      inspector.want();
    });
  }

  /** Step of the snapshot of the current run that is looked at; null: its newest weights. */
  get current(): number | null {
    return this.runs.current ? this.of(this.runs.current.id) : null;
  }

  of(runId: string): number | null {
    return this.steps.get(runId) ?? null;
  }

  /** Goes back to the newest weights, and says why, when a snapshot turned out to be damaged; false for other errors. */
  leaveDamaged(error: unknown): boolean {
    const { current } = this.runs;
    if (!current || !(error instanceof GatescopeError) || error.code !== 'snapshotDamaged') return false;
    this.look(current.id, null);
    this.inspector.tell();
    this.panel.post({ kind: 'error', message: failureMessage(error.failure, vscode.l10n.t) });
    this.inspector.want();
    return true;
  }

  private look(runId: string, step: number | null): void {
    if (step === null) this.steps.delete(runId);
    else this.steps.set(runId, step);
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
