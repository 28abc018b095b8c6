// Shades the tokens in sight of the run's text: asks the trainer about what is seen, in one editor after another, and paints the answer.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, ShadedBy, TextShading } from '../../protocol/questions';
import type { Log } from '../log';
import type { Run } from '../runs/run';
import { TrainerReleased } from '../runs/trainerConnection';
import { lengthOf } from '../runs/trainingText';
import { Signal } from '../signal';
import { shadedStretches, type Stretch } from './shadingLevels';
import { ShadingPainter } from './shadingPainter';
import { ShadingPump } from './shadingPump';
import { stretchToRead, stretchToShade } from './shadingStretch';
import type { ShownText } from './shownText';

/** What an editor is shaded by now. */
export interface Shaded {
  by: ShadedBy;
  run: Run;
  /** Training step of the weights, and whether they are a snapshot's. */
  step: number;
  snapshot: boolean;
  document: vscode.TextDocument;
  version: number;
  shading: TextShading;
}

export class Shading implements vscode.Disposable {
  /** Something was shaded, or no longer is. */
  readonly changed = new Signal<void>();
  private readonly painter: ShadingPainter;
  private readonly pump: ShadingPump;
  private readonly subscriptions: { dispose(): void }[];
  private shaded: Shaded[] = [];
  /** Nothing is shaded for this reason: the run predicts no next token. */
  private impossible = false;
  private complaint = '';
  private disposed = false;

  constructor(
    readonly by: ShadedBy,
    private readonly text: ShownText,
    private readonly log: Log,
  ) {
    this.painter = new ShadingPainter(by);
    this.pump = new ShadingPump({ shade: () => this.shade(), failed: (error) => this.failed(error) });
    const want = (): void => this.pump.want();
    const { runs, looking } = text;
    this.subscriptions = [
      vscode.window.onDidChangeVisibleTextEditors(want),
      vscode.window.onDidChangeTextEditorVisibleRanges(want),
      vscode.workspace.onDidChangeTextDocument(want),
      vscode.window.onDidChangeActiveColorTheme(() => {
        this.painter.restyle();
        want();
      }),
      ...(by === 'influence' ? [vscode.window.onDidChangeTextEditorSelection(want)] : []),
      looking.lookChanged.on(want),
      runs.selected.on(want),
      runs.changed.on(({ run, phaseChanged }) => {
        if (run !== runs.current) return;
        if (phaseChanged) want();
        // Training does not change a snapshot's shading.
        else if (text.snapshot === null && run.record.step !== this.shaded.at(0)?.step) this.pump.refresh();
      }),
    ];
    want();
  }

  /** What is shaded now, by editor. */
  get current(): readonly Shaded[] {
    return this.shaded;
  }

  /** Whether the run shown cannot be shaded by. */
  get isImpossible(): boolean {
    return this.impossible;
  }

  dispose(): void {
    this.disposed = true;
    this.pump.dispose();
    for (const one of this.subscriptions) one.dispose();
    this.painter.dispose();
    this.changed.dispose();
    this.text.runs.onlookers.delete(this);
    this.text.runs.releaseIdle();
  }

  private async shade(): Promise<void> {
    const { runs, run } = this.text;
    const editors = run ? vscode.window.visibleTextEditors.filter(({ document }) => this.holds(run, document)) : [];
    this.painter.keepOnly(editors);
    this.impossible = false;
    if (!run || editors.length === 0) {
      this.set([]);
      if (runs.onlookers.delete(this)) runs.releaseIdle();
      return;
    }
    // Somebody looks at this run: its trainer stays while it rests.
    runs.onlookers.add(this);
    const shaded: Shaded[] = [];
    for (const editor of editors) {
      const one = await this.ask(run, editor);
      if (this.disposed || run !== this.text.run) return;
      // Edited meanwhile: it is asked about again.
      if (!one || editor.document.version !== one.version) continue;
      this.painter.paint(editor, shadedStretches(this.by, one.shading, run.record.config.unit));
      shaded.push(one);
    }
    this.complaint = '';
    this.set(shaded);
  }

  private async ask(run: Run, editor: vscode.TextEditor): Promise<Shaded | null> {
    const { by, text } = this;
    const { document } = editor;
    const { version } = document;
    const cursor = document.offsetAt(editor.selection.active);
    const seen = editor.visibleRanges.map(({ start, end }) => offsets(document, start, end));
    const place = stretchToShade(by, seen, cursor);
    const view = text.view(document, stretchToRead(by, place ?? NOWHERE, cursor, lengthOf(document)), cursor);
    const about = { run, by, document, version, snapshot: view.snapshot !== null };
    const nothing = { starts: [], ends: [], values: new Float32Array(), target: null };
    if (!place) return { ...about, step: run.record.step, shading: nothing };
    const answered = await run.request('ask', { question: { about: 'shading', by, ...place }, view });
    return answered && { ...about, step: answered.step, shading: answered.value as Answers['shading'] };
  }

  private holds(run: Run, document: vscode.TextDocument): boolean {
    return this.text.holds(document, run.record);
  }

  private failed(error: unknown): void {
    this.painter.keepOnly([]);
    this.impossible = error instanceof GatescopeError && error.code === 'nothingToInspect';
    this.set([]);
    if (error instanceof TrainerReleased || this.impossible) return;
    const complaint = error instanceof Error ? error.message : String(error);
    // Training asks again every other second: one line is enough.
    if (complaint !== this.complaint) this.log.error(`text not shaded: ${complaint}`);
    this.complaint = complaint;
  }

  private set(shaded: Shaded[]): void {
    this.shaded = shaded;
    if (!this.disposed) this.changed.fire();
  }
}

const NOWHERE: Stretch = { start: 0, end: 0 };

function offsets(document: vscode.TextDocument, start: vscode.Position, end: vscode.Position): Stretch {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}
