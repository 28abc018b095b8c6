// The one status bar item: the run that trains and how many more do, else the run shown; a click opens the inspector.
import * as vscode from 'vscode';
import { COMMANDS } from './identifiers';
import type { OpenRuns } from './runs/openRuns';
import type { Run } from './runs/run';
import type { Signal } from './signal';
import { statusText, statusTooltip } from './statusText';

export class Status implements vscode.Disposable {
  private item: vscode.StatusBarItem | null = null;
  private readonly subscriptions: { dispose(): void }[];

  /** `shading`: what text in the editor is shaded by, null for nothing. */
  constructor(
    private readonly runs: OpenRuns,
    private readonly shading: { readonly line: string | null; readonly changed: Signal<void> },
  ) {
    const update = (): void => this.update();
    this.subscriptions = [runs.changed.on(update), runs.selected.on(update), shading.changed.on(update)];
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
    this.item.tooltip = statusTooltip(records, vscode.l10n.t, vscode.env.language, this.shading.line);
    this.item.show();
  }

  private make(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('gatescope.run', vscode.StatusBarAlignment.Left, 0);
    item.name = 'Gatescope';
    item.command = COMMANDS.openInspector;
    return item;
  }
}
