// The one status bar item: the run that trains and how many more do, else the run shown; a click opens the inspector.
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

  /** The run shown if it trains, then all others that do; the run shown when none trains. */
  private subjects(): Run[] {
    const { current, open } = this.runs;
    const busy = open.filter((run) => run.isBusy).sort((a, b) => Number(b === current) - Number(a === current));
    return busy.length > 0 || !current ? busy : [current];
  }

  private update(): void {
    const subjects = this.subjects();
    if (subjects.length === 0) {
      this.item?.hide();
      return;
    }
    const [run] = subjects;
    const records = subjects.map(({ record }) => record);
    this.item ??= this.make();
    this.item.text = statusText(run.record, run.progress, vscode.l10n.t, subjects.length - 1);
    this.item.tooltip = statusTooltip(records, vscode.l10n.t, vscode.env.language);
    this.item.show();
  }

  private make(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('gatescope.run', vscode.StatusBarAlignment.Left, 0);
    item.name = 'Gatescope';
    item.command = COMMANDS.openInspector;
    return item;
  }
}
