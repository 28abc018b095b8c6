// The one status bar item: the run that trains, else the run shown; a click opens the inspector.
import * as vscode from 'vscode';
import { COMMANDS } from './identifiers';
import type { OpenRuns } from './runs/openRuns';
import type { Run } from './runs/run';
import { statusText, statusTooltip } from './statusText';

export class Status implements vscode.Disposable {
  private item: vscode.StatusBarItem | null = null;
  private readonly subscriptions: { dispose(): void }[];

  constructor(private readonly runs: OpenRuns) {
    this.subscriptions = [runs.changed.on(() => this.update()), runs.selected.on(() => this.update())];
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
    this.item?.dispose();
  }

  private subject(): Run | null {
    const { current } = this.runs;
    if (current?.isBusy) return current;
    return this.runs.open.find((run) => run.isBusy) ?? current;
  }

  private update(): void {
    const run = this.subject();
    if (!run) {
      this.item?.hide();
      return;
    }
    this.item ??= this.make();
    this.item.text = statusText(run.record, run.progress, vscode.l10n.t);
    this.item.tooltip = statusTooltip(run.record, vscode.l10n.t, vscode.env.language);
    this.item.show();
  }

  private make(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('gatescope.run', vscode.StatusBarAlignment.Left, 0);
    item.name = 'Gatescope';
    item.command = COMMANDS.openInspector;
    return item;
  }
}
