// Watches the text of the run shown: edits, deletion, and whether it still is the text that was trained on.
import * as vscode from 'vscode';
import type { Staleness } from '../../protocol/inspectorMessages';
import type { RunRecord } from '../../protocol/run';
import { Signal } from '../signal';
import { hashText, staleAfterEdits } from './staleness';
import { lengthOf, openDocument } from './trainingText';

/** Texts above this size are not hashed on the extension host. */
const MAX_HASHED_BYTES = 8 * 1024 * 1024;
/** After an edit the text may be the trained one again (Undo); it is hashed once typing rests this long. */
const REST_MILLISECONDS = 300;

export class StaleWatch implements vscode.Disposable {
  readonly changed = new Signal<void>();
  private staleOf = new Map<string, Staleness>();
  private watched: RunRecord | null = null;
  private watching: vscode.Disposable[] = [];
  /** Edits seen so far: a hash of the text before the newest edit says nothing. */
  private edits = 0;
  private rest: ReturnType<typeof setTimeout> | null = null;

  /** Why the run's text is not what it was; null while it is. */
  of(runId: string): Staleness | null {
    return this.staleOf.get(runId) ?? null;
  }

  /**
   * Watches the source of one run; it may have changed before, so it is compared with the hash once that is known. A new
   * run has none yet: it is watched again, with the same id, when its trainer has read the text.
   */
  watch(record: RunRecord | null): void {
    if (record?.id === this.watched?.id) {
      const hashKnownNow = record?.corpus && !this.watched?.corpus;
      this.watched = record;
      if (hashKnownNow) void this.compare(vscode.Uri.parse(record.source.uri));
      return;
    }
    this.stop();
    this.watched = record;
    if (!record || record.source.uri === '' || isSeveral(record)) return;
    const uri = vscode.Uri.parse(record.source.uri);
    this.watching.push(
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(record, event)),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        if (files.some((file) => covers(file, uri))) this.mark(record, { reason: 'deleted', edit: null });
      }),
    );
    if (uri.scheme !== 'untitled') this.watchFile(record, uri);
    void this.compare(uri);
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }

  private stop(): void {
    for (const one of this.watching) one.dispose();
    this.watching = [];
    if (this.rest) clearTimeout(this.rest);
    this.rest = null;
  }

  private watchFile(record: RunRecord, uri: vscode.Uri): void {
    const folder = uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) || '/' });
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[[\]{}*?]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    this.watching.push(
      watcher,
      watcher.onDidDelete(() => this.mark(record, { reason: 'deleted', edit: null })),
      watcher.onDidCreate(() => void this.compare(uri)),
      watcher.onDidChange(() => void this.compare(uri)),
    );
  }

  private edited(record: RunRecord, event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0 || event.document.uri.toString() !== record.source.uri) return;
    const edits = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      removed: rangeLength,
      inserted: text.length,
    }));
    this.edits++;
    this.mark(record, staleAfterEdits(this.of(record.id), edits));
    if (this.rest) clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.compare(event.document.uri), REST_MILLISECONDS);
  }

  /** Compares the text with the recorded hash; a place of edits that is known already is kept. */
  private async compare(uri: vscode.Uri): Promise<void> {
    const record = this.watched;
    if (!record?.corpus || record.source.uri === '' || record.source.part.kind === 'head') return;
    const { corpus, source } = record;
    const { edits } = this;
    try {
      const text = await readText(uri, corpus.encoding);
      if (text === null) return;
      const part = source.part.kind === 'selection' ? text.slice(source.part.start, source.part.end) : text;
      const same = (await hashText(part)) === corpus.hash;
      if (edits !== this.edits || this.watched?.id !== record.id) return;
      const known = this.of(record.id);
      if (same) this.mark(record, null);
      else if (known?.reason !== 'edited') this.mark(record, { reason: 'edited', edit: null });
    } catch {
      if (uri.scheme !== 'untitled' && !openDocument(uri)) this.mark(record, { reason: 'deleted', edit: null });
    }
  }

  private mark(record: RunRecord, stale: Staleness | null): void {
    if (stale === null) this.staleOf.delete(record.id);
    else this.staleOf.set(record.id, stale);
    this.changed.fire();
  }
}

/** Examples in several files, of which the record has one hash. */
function isSeveral({ dataset }: RunRecord): boolean {
  return (dataset?.source.files.length ?? 0) > 1;
}

function covers(file: vscode.Uri, uri: vscode.Uri): boolean {
  return uri.toString() === file.toString() || uri.toString().startsWith(`${file.toString()}/`);
}

/** The text as it is now: an unsaved document's, else the file decoded as the trainer decoded it; null when too large, or a folder. */
async function readText(uri: vscode.Uri, encoding: string): Promise<string | null> {
  const document = openDocument(uri);
  if (document && (document.isDirty || uri.scheme !== 'file'))
    return lengthOf(document) > MAX_HASHED_BYTES ? null : document.getText();
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_HASHED_BYTES || type & vscode.FileType.Directory) return null;
  return new TextDecoder(encoding).decode(await vscode.workspace.fs.readFile(uri));
}
