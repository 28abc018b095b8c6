// Keeps the context keys of the manifest's `enablement` in step with the runs.
import * as vscode from 'vscode';
import { CONTEXT_KEYS } from './identifiers';
import type { OpenRuns } from './runs/openRuns';
import { canResume, hasModel } from './runs/runAbilities';

export class ContextKeys implements vscode.Disposable {
  private readonly subscriptions: { dispose(): void }[];
  private readonly told = new Map<string, boolean>();

  constructor(private readonly runs: OpenRuns) {
    const update = (): void => this.update();
    this.subscriptions = [
      runs.changed.on(({ phaseChanged }) => {
        if (phaseChanged) update();
      }),
      runs.selected.on(update),
    ];
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  private update(): void {
    const { current, open } = this.runs;
    const busy = open.some((run) => run.isBusy);
    this.set(CONTEXT_KEYS.hasRun, current !== null);
    this.set(CONTEXT_KEYS.canPause, busy);
    this.set(
      CONTEXT_KEYS.canResume,
      open.some((run) => canResume(run.record)),
    );
    this.set(CONTEXT_KEYS.canStop, busy || current?.record.phase === 'paused');
    this.set(CONTEXT_KEYS.canContinue, hasModel(current?.record));
  }

  private set(key: string, value: boolean): void {
    if (this.told.get(key) === value) return;
    this.told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
