// What every command works with, handed in by the composition root.
import type * as vscode from 'vscode';
import type { Log } from '../log';
import type { Inspector } from '../panel/inspector';
import type { Comparisons } from '../runs/comparisons';
import type { Estimator } from '../runs/estimator';
import type { OpenRuns } from '../runs/openRuns';

export interface CommandContext {
  readonly extensionUri: vscode.Uri;
  readonly runs: OpenRuns;
  readonly comparisons: Comparisons;
  readonly estimator: Estimator;
  readonly log: Log;
  /** The inspector, opened when it is not. */
  openInspector(): Inspector;
  /** The inspector if it is open. */
  inspector(): Inspector | null;
  /** Tells a failure: log, inspector and a notification with ways out. */
  report(error: unknown): void;
  /** The failure is no longer of interest: a new training begins. */
  clearFailure(): void;
}
