// The inspector while it is open: joins the run shown, the text at the cursor and the panel, and sends the panel its state.
import * as vscode from 'vscode';
import { INSPECTOR_VERSION } from '../../protocol/inspectorMessages';
import type { FromInspector, InspectorState, RunSummary } from '../../protocol/inspectorMessages';
import { GatescopeError } from '../../protocol/failures';
import type { Failure, RunRecord } from '../../protocol/run';
import type { TraceFrame } from '../../protocol/traceFrame';
import type { Estimate, TextView } from '../../protocol/trainerMessages';
import { CursorLink } from '../editor/cursorLink';
import { EditorPointer } from '../editor/pointer';
import type { Log } from '../log';
import type { Comparisons } from '../runs/comparisons';
import type { OpenRuns } from '../runs/openRuns';
import type { RunChange } from '../runs/run';
import { hasModel } from '../runs/runAbilities';
import { summarize } from '../runs/runLabel';
import type { StaleWatch } from '../runs/staleWatch';
import { TrainerReleased } from '../runs/trainerConnection';
import { Signal, type Subscription } from '../signal';
import { FollowedPlace } from './followedPlace';
import { FramePump } from './framePump';
import type { InspectorPanel } from './inspectorPanel';
import { inspectorState } from './inspectorState';
import { ProgressTicks } from './progressTicks';
import { QuestionRelay } from './questionRelay';
import { SnapshotChoice } from './snapshotChoice';
import { textViewOf } from './textView';

export type InspectorActionRequest = Omit<Extract<FromInspector, { kind: 'action' }>, 'kind'>;

export class Inspector implements vscode.Disposable {
  readonly acted = new Signal<InspectorActionRequest>();
  readonly closed = new Signal<void>();
  /** Another document is linked, or the page asks for its first state. */
  readonly documentChanged = new Signal<vscode.TextDocument | null>();
  readonly link = new CursorLink();
  /** The unit that the pictures single out; null before there was a picture. */
  focusUnit: { unit: number; suffix: string } | null = null;
  private readonly pointer = new EditorPointer();
  private readonly pump: FramePump;
  private readonly place: FollowedPlace;
  private readonly ticks = new ProgressTicks((tick) => this.post(tick));
  readonly snapshots: SnapshotChoice;
  private readonly subscriptions: Subscription[];
  private ready = false;
  private columns: number | null = null;
  private estimate: Estimate | null = null;
  private startFailure: Failure | null = null;
  private continuation: InspectorState['continuation'] = null;
  private summaries: RunSummary[] = [];

  constructor(
    private readonly panel: InspectorPanel,
    private readonly runs: OpenRuns,
    private readonly comparisons: Comparisons,
    private readonly stale: StaleWatch,
    private readonly log: Log,
  ) {
    this.pump = new FramePump({
      canShow: () => this.ready && panel.visible && this.columns !== null && hasModel(runs.current?.record),
      inspect: (rowOnly) => this.inspect(rowOnly),
      send: (sequence, frame) => this.place.send(sequence, frame),
      failed: (error) => this.inspectionFailed(error),
      now: () => performance.now(),
    });
    this.snapshots = new SnapshotChoice(panel, runs, { want: () => this.pump.want(), tell: () => this.sendState() });
    const { link, pump, snapshots } = this;
    const [post, sendState] = [this.post.bind(this), this.sendState.bind(this)];
    this.place = new FollowedPlace({ link, pump, snapshots, runs, post, sendState });
    this.subscriptions = [
      ...[this.pump, this.ticks, this.place, this.snapshots],
      new QuestionRelay(panel, runs, log, (record) => this.viewOf(record)),
      panel.received.on((message) => this.receive(message)),
      panel.visibilityChanged.on((visible) => this.visibilityChanged(visible)),
      panel.closed.on(() => this.closed.fire()),
      runs.changed.on((change) => this.runChanged(change)),
      runs.selected.on(() => this.runSelected()),
      comparisons.changed.on(() => this.sendState()),
      runs.deleted.on(() => void this.refreshSummaries()),
      stale.changed.on(() => this.place.news.stateChanged()),
      this.link.changed.on(({ documentChanged }) => this.linkChanged(documentChanged)),
    ];
    void this.refreshSummaries();
  }

  reveal(): void {
    this.panel.reveal();
  }

  get column(): vscode.ViewColumn | undefined {
    return this.panel.column;
  }

  get lastFrame(): TraceFrame | null {
    return this.place.lastFrame;
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  setEstimate(estimate: Estimate | null): void {
    this.estimate = estimate;
    this.sendState();
  }

  /** A training that could not begin; null takes the message away. */
  setFailure(failure: Failure | null): void {
    this.startFailure = failure;
    this.sendState();
  }

  setContinuation(continuation: InspectorState['continuation']): void {
    this.continuation = continuation;
    this.sendState();
  }

  /** Asks for a picture of the text as it is now. */
  update(): void {
    this.pump.want();
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
    for (const one of [this.link, this.pointer, this.panel]) one.dispose();
    for (const one of [this.acted, this.closed, this.documentChanged]) one.dispose();
  }

  private receive(message: FromInspector): void {
    switch (message.kind) {
      case 'ready':
        this.becomeReady(message.version);
        return;
      case 'ack':
        this.pump.acknowledge(message.sequence);
        return;
      case 'view':
        if (message.columns === this.columns) return;
        // More room is for the past of the focus: the window is placed anew, not lengthened to its right.
        if (this.columns !== null && message.columns > this.columns) this.link.setWindowStart(null);
        this.columns = message.columns;
        this.pump.want();
        return;
      case 'hover':
        this.pointer.point(this.link.visibleEditor(), message.range);
        return;
      case 'reveal':
        if (this.link.document) void this.pointer.reveal(this.link.document, message.end, message.focusEditor);
        return;
      case 'action':
        this.acted.fire(message);
        return;
      case 'problem':
        this.log.error(`inspector: ${message.message}`);
    }
  }

  private becomeReady(version: number): void {
    if (version !== INSPECTOR_VERSION) {
      const problem = `inspector page of version ${version}, expected ${INSPECTOR_VERSION}; reload the window`;
      this.log.error(problem);
      this.panel.post({ kind: 'error', message: problem });
      return;
    }
    this.ready = true;
    this.pump.reset();
    this.sendState();
    this.documentChanged.fire(this.link.document);
    this.pump.want();
  }

  private visibilityChanged(visible: boolean): void {
    // A hidden page is thrown away; it reports `ready` when it is shown again.
    if (!visible) this.ready = false;
    this.pump.reset();
  }

  private runChanged({ run, newMetrics, reset, phaseChanged }: RunChange): void {
    if (phaseChanged) void this.refreshSummaries();
    if (run !== this.runs.current) return;
    if (phaseChanged) {
      this.startFailure = null;
      this.sendState();
      return this.pump.want();
    }
    this.ticks.went(run.record, run.progress, newMetrics, reset);
    // Training does not change a snapshot's picture.
    if (this.snapshots.current === null) this.pump.refresh();
  }

  private runSelected(): void {
    this.continuation = null;
    this.startFailure = null;
    this.sendState();
    this.pump.want();
    void this.refreshSummaries();
  }

  private linkChanged(documentChanged: boolean): void {
    if (!documentChanged) return this.place.changed();
    this.place.left();
    this.pointer.point(null, null);
    this.estimate = null;
    this.sendState();
    this.documentChanged.fire(this.link.document);
    this.pump.want();
  }

  private async inspect(rowOnly: boolean): Promise<TraceFrame | null> {
    const { current } = this.runs;
    const view = current && this.viewOf(current.record);
    const look = rowOnly && view?.slice ? { rowOnly, beside: this.place.picture } : {};
    const frame = view && (await current.request('inspect', { ...view, ...look }));
    return current === this.runs.current ? frame : null;
  }

  viewOf(record: RunRecord): TextView | null {
    return this.columns === null ? null : textViewOf(this.link, record, this.columns, this.snapshots.of(record.id));
  }

  private inspectionFailed(error: unknown): void {
    if (error instanceof TrainerReleased) return;
    if (error instanceof GatescopeError && (error.code === 'notReady' || error.code === 'nothingToInspect')) return;
    this.log.error(`no picture: ${error instanceof Error ? error.message : String(error)}`);
    if (this.snapshots.leaveDamaged(error) || !(error instanceof GatescopeError)) return;
    if (!this.runs.current?.failure) this.setFailure(error.failure);
  }

  private async refreshSummaries(): Promise<void> {
    this.summaries = (await this.runs.records()).map((record) => summarize(record, vscode.l10n.t, vscode.env.language));
    this.sendState();
  }

  private post(message: Parameters<InspectorPanel['post']>[0]): void {
    if (this.ready && this.panel.visible) this.panel.post(message);
  }

  private sendState(): void {
    const { runs, comparisons, stale, estimate, summaries, startFailure, continuation } = this;
    this.ticks.clear();
    this.place.news.clear();
    this.panel.title = runs.current ? `Gatescope · ${runs.current.record.source.name}` : 'Gatescope';
    const { document, cursor } = this.link;
    const shown = { document, cursor, runs, comparisons, stale, estimate, summaries, startFailure, continuation };
    this.post({ kind: 'state', state: inspectorState({ ...shown, snapshot: this.snapshots.current }) });
  }
}
