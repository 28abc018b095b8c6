// Finds the text to train on: a path the trainer streams itself where there is one, else live text from the editor.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { TextSource } from '../../protocol/run';
import type { DatasetSource } from '../../protocol/taskRun';

export interface TrainingText {
  source: TextSource;
  /** null where `source.path` is given. */
  text: string | null;
  /** Size on disk; of live text, its UTF-16 units. */
  bytes: number;
  /** Labelled examples in several files: a folder with a folder per label, or a file per label. */
  dataset?: DatasetSource;
}

/** Megabytes that may be read through workspace.fs, which cannot stream. */
export const MAX_VIRTUAL_MEGABYTES = 64;
const MEGABYTE = 1024 * 1024;

export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1) || uri.toString();
}

/** The open document of a URI, if any. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === wanted);
}

/** UTF-16 units of a document, without putting its text together. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/** The whole text of a URI; of a folder on a disk the folders of labels in it. Rejects with notAFile, fileMissing, fileUnreadable or tooLargeToHold. */
export async function wholeText(uri: vscode.Uri): Promise<TrainingText> {
  const name = baseName(uri);
  const document = openDocument(uri);
  const source: TextSource = { uri: uri.toString(), name, path: null, part: { kind: 'whole' } };
  if (document && (document.isDirty || document.isUntitled)) return live(source, document.getText());
  const stat = await statOf(uri, name);
  if (stat.type & vscode.FileType.Directory) return labelFolders(uri, source);
  if (uri.scheme === 'file') return { source: { ...source, path: uri.fsPath }, text: null, bytes: stat.size };
  if (document) return live(source, document.getText());
  const megabytes = stat.size / MEGABYTE;
  if (megabytes > MAX_VIRTUAL_MEGABYTES)
    throw new GatescopeError('tooLargeToHold', { name, megabytes: Math.ceil(megabytes), limit: MAX_VIRTUAL_MEGABYTES });
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return live(source, await vscode.workspace.decode(bytes, { uri }));
  } catch (error) {
    throw new GatescopeError('fileUnreadable', { name, reason: reasonOf(error) });
  }
}

/** One label per file, called as the file is; all on a disk. */
export function filePerLabel(uris: readonly vscode.Uri[]): TrainingText {
  const [first] = uris;
  const files = uris.map((uri) => ({ path: uri.fsPath, label: baseName(uri).replace(/\.[^.]+$/, '') }));
  const source: TextSource = {
    uri: first.toString(),
    name: baseName(first),
    path: first.fsPath,
    part: { kind: 'whole' },
  };
  return { source, text: null, bytes: 0, dataset: { files } };
}

async function labelFolders(uri: vscode.Uri, source: TextSource): Promise<TrainingText> {
  const { name } = source;
  const entries = uri.scheme === 'file' ? await vscode.workspace.fs.readDirectory(uri) : [];
  const labels = entries.filter(([own, type]) => type & vscode.FileType.Directory && !own.startsWith('.'));
  if (labels.length < 2) throw new GatescopeError('notAFile', { name });
  const files = [{ path: uri.fsPath, label: null }];
  return { source: { ...source, path: uri.fsPath }, text: null, bytes: 0, dataset: { files } };
}

/** The selected text of an editor; null when nothing is selected. */
export function selectedText(editor: vscode.TextEditor): TrainingText | null {
  const { document, selection } = editor;
  if (selection.isEmpty) return null;
  const part = {
    kind: 'selection',
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  } as const;
  const source = { uri: document.uri.toString(), name: baseName(document.uri), path: null, part };
  return live(source, document.getText(selection));
}

/** The text of a stored run's source as it is now; null where the trainer opens the path itself. */
export async function textOfSource(source: TextSource): Promise<string | null> {
  if (source.path !== null) return null;
  const uri = vscode.Uri.parse(source.uri);
  try {
    const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
    const { part } = source;
    if (part.kind !== 'selection') return document.getText();
    return document.getText(new vscode.Range(document.positionAt(part.start), document.positionAt(part.end)));
  } catch {
    throw new GatescopeError('fileMissing', { name: source.name });
  }
}

function live(source: TextSource, text: string): TrainingText {
  return { source, text, bytes: text.length };
}

async function statOf(uri: vscode.Uri, name: string): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound')
      throw new GatescopeError('fileMissing', { name });
    throw new GatescopeError('fileUnreadable', { name, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
