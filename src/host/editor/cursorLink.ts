// Follows the text editor beside the inspector: which document, where the cursor is, which stretch of text surrounds it.
import * as vscode from 'vscode';
import type { RunRecord } from '../../protocol/run';
import type { TextSlice } from '../../protocol/trainerMessages';
import { lengthOf } from '../runs/trainingText';
import { Signal } from '../signal';
import { sliceOfDocument } from './documentSlice';
import { Pace } from './pace';
import { readOtherwise } from './readOtherwise';
import { shiftOffset, sliceBounds } from './textSlice';

/** Editors that show no text of the person's own. */
const FOREIGN_SCHEMES = new Set(['output', 'debug', 'comment', 'search-editor', 'vscode-settings', 'vscode-scm']);

export interface LinkChange {
  /** Another document, not only another place in it. */
  documentChanged: boolean;
}

export class CursorLink implements vscode.Disposable {
  readonly changed = new Signal<LinkChange>();
  private editor: vscode.TextEditor | null = null;
  private anchor: number | null = null;
  private documentChanged = false;
  private readonly pace = new Pace(() => {
    const change = { documentChanged: this.documentChanged };
    this.documentChanged = false;
    this.changed.fire(change);
  });
  private readonly subscriptions: vscode.Disposable[];

  constructor() {
    this.take(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]);
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor((editor) => this.take(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.selectionMoved(textEditor)),
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.document) this.leave();
      }),
    ];
  }

  /** The linked document; null when no text is open. */
  get document(): vscode.TextDocument | null {
    return this.editor?.document ?? null;
  }

  /** UTF-16 offset of the cursor in the linked document; null without one. */
  get cursor(): number | null {
    return this.editor ? this.editor.document.offsetAt(this.editor.selection.active) : null;
  }

  /** Offset of the first token drawn, moved along with edits before it; null when nothing was drawn of this document. */
  get windowStart(): number | null {
    return this.anchor;
  }

  setWindowStart(offset: number | null): void {
    this.anchor = offset;
  }

  /** The text around the cursor; null without a document, and where the editor reads it otherwise than the run's trainer. */
  slice(record: RunRecord): TextSlice | null {
    const { document, cursor } = this;
    if (!document || cursor === null || readOtherwise(document, record)) return null;
    return sliceOfDocument(document, sliceBounds(cursor, lengthOf(document)));
  }

  /** Links to an editor from outside, for instance the one a command was run in. */
  follow(editor: vscode.TextEditor): void {
    this.take(editor);
  }

  /** The editor that shows the linked document now: it is a new object after its tab was hidden. */
  visibleEditor(): vscode.TextEditor | null {
    const { document } = this;
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document) ?? null;
  }

  dispose(): void {
    this.pace.dispose();
    for (const one of this.subscriptions) one.dispose();
    this.changed.dispose();
  }

  private take(editor: vscode.TextEditor | undefined): void {
    if (!editor || editor === this.editor || FOREIGN_SCHEMES.has(editor.document.uri.scheme)) return;
    const other = editor.document !== this.document;
    this.editor = editor;
    if (other) this.anchor = null;
    this.tell(other);
  }

  private leave(): void {
    this.editor = null;
    this.anchor = null;
    this.take(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]);
    this.tell(true);
  }

  private selectionMoved(editor: vscode.TextEditor): void {
    if (editor.document !== this.document) return;
    this.editor = editor;
    this.pace.changed();
  }

  private edited(event: vscode.TextDocumentChangeEvent): void {
    // An event without changes tells of another encoding, or that the document was saved.
    if (event.document !== this.document) return;
    for (const { rangeOffset, rangeLength, text } of event.contentChanges)
      if (this.anchor !== null) this.anchor = shiftOffset(this.anchor, rangeOffset, rangeLength, text.length);
    this.tell(false);
  }

  private tell(documentChanged: boolean): void {
    this.documentChanged ||= documentChanged;
    this.pace.changing();
  }
}
