// Opens, restores and closes the one inspector, and remembers which run it shows across restarts of the window.
import * as vscode from 'vscode';
import { INSPECTOR_VIEW_TYPE } from '../identifiers';
import type { Log } from '../log';
import type { Estimator } from '../runs/estimator';
import type { Comparisons } from '../runs/comparisons';
import type { OpenRuns } from '../runs/openRuns';
import type { StaleWatch } from '../runs/staleWatch';
import { wholeText } from '../runs/trainingText';
import { defaultConfig } from '../settings';
import { Signal } from '../signal';
import { AnnotationsChooser } from './annotationsChooser';
import { FigureSaver } from './figureSaver';
import { Inspector, type InspectorActionRequest } from './inspector';
import { InspectorPanel } from './inspectorPanel';

/** Key in the workspace's state: id of the run shown. */
const SHOWN_RUN = 'gatescope.shownRun';
/** Larger texts are measured only when asked for. */
const MAX_ESTIMATED_BYTES = 20 * 1024 * 1024;
/** A training that begins right away makes the estimate pointless. */
const ESTIMATE_DELAY_MILLISECONDS = 400;

export interface DeskParts {
  extensionUri: vscode.Uri;
  workspaceState: vscode.Memento;
  runs: OpenRuns;
  comparisons: Comparisons;
  stale: StaleWatch;
  estimator: Estimator;
  log: Log;
}

export class InspectorDesk implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly acted = new Signal<InspectorActionRequest>();
  /** Another text is looked at, other weights are, or an inspector was opened or closed. */
  readonly lookChanged = new Signal<void>();
  private inspector: Inspector | null = null;
  private estimateTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly subscriptions: { dispose(): void }[];

  constructor(private readonly parts: DeskParts) {
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(INSPECTOR_VIEW_TYPE, this),
      parts.runs.selected.on(() => this.runSelected()),
    ];
  }

  get current(): Inspector | null {
    return this.inspector;
  }

  /** The inspector, opened beside the active editor when it is not open, brought to front when it is. */
  open(): Inspector {
    if (this.inspector) {
      if (!this.inspector.visible) this.inspector.reveal();
      return this.inspector;
    }
    return this.adopt(InspectorPanel.open(this.parts.extensionUri, this.parts.log));
  }

  /** Called by the editor for a panel that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.inspector) {
      panel.dispose();
      return;
    }
    const { runs, workspaceState, log } = this.parts;
    this.adopt(InspectorPanel.adopt(panel, this.parts.extensionUri, log));
    const id = workspaceState.get<string>(SHOWN_RUN);
    if (id === undefined || runs.current) return;
    try {
      const run = await runs.find(id);
      runs.show(run);
      await run.wake();
    } catch (error) {
      log.warn(`run ${id} cannot be shown again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  dispose(): void {
    if (this.estimateTimer) clearTimeout(this.estimateTimer);
    for (const one of this.subscriptions) one.dispose();
    this.inspector?.dispose();
    this.acted.dispose();
    this.lookChanged.dispose();
  }

  private adopt(panel: InspectorPanel): Inspector {
    const { runs, comparisons, stale, log } = this.parts;
    const inspector = new Inspector(panel, runs, comparisons, stale, log);
    const annotations = new AnnotationsChooser(panel);
    const figures = new FigureSaver(panel, log, () => inspector.link.document?.uri ?? null);
    inspector.acted.on((request) => this.acted.fire(request));
    inspector.documentChanged.on((document) => {
      this.planEstimate(document);
      this.lookChanged.fire();
    });
    panel.received.on((message) => {
      if (message.kind === 'unit') inspector.focusUnit = message;
    });
    inspector.snapshots.changed.on(() => this.lookChanged.fire());
    inspector.closed.on(() => {
      this.inspector = null;
      this.parts.estimator.cancel();
      figures.dispose();
      annotations.dispose();
      inspector.dispose();
      runs.onlookers.delete(inspector);
      runs.releaseIdle();
      this.lookChanged.fire();
    });
    this.inspector = inspector;
    runs.onlookers.add(inspector);
    this.lookChanged.fire();
    return inspector;
  }

  private runSelected(): void {
    const { current } = this.parts.runs;
    void this.parts.workspaceState.update(SHOWN_RUN, current?.id);
    if (!current && this.inspector) this.planEstimate(this.inspector.link.document);
  }

  /** The empty state says what training on the text beside it would cost. */
  private planEstimate(document: vscode.TextDocument | null): void {
    if (this.estimateTimer) clearTimeout(this.estimateTimer);
    this.parts.estimator.cancel();
    if (document) this.estimateTimer = setTimeout(() => void this.estimate(document), ESTIMATE_DELAY_MILLISECONDS);
  }

  private async estimate(document: vscode.TextDocument): Promise<void> {
    const { runs, estimator, log } = this.parts;
    if (runs.current || !this.inspector) return;
    try {
      const text = await wholeText(document.uri);
      if (text.bytes === 0 || text.bytes > MAX_ESTIMATED_BYTES) return;
      const estimate = await estimator.measure(defaultConfig(document.uri), text);
      if (this.inspector?.link.document === document) this.inspector.setEstimate(estimate);
    } catch (error) {
      log.info(`no estimate: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
