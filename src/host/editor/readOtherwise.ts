// Looks whether an open document is the trained file read in another encoding, and offers VS Code's way to change that.
import * as vscode from 'vscode';
import type { RunRecord } from '../../protocol/run';
import { otherEncoding, type OtherEncoding } from './otherEncoding';

interface Looked {
  version: number;
  isAscii: boolean;
}
/** Texts looked through already, by document. */
const looked = new WeakMap<vscode.TextDocument, Looked>();

/** The editor's encoding and the trainer's where they make two texts of one file; null where there is nothing to say. */
export function readOtherwise(
  document: vscode.TextDocument | null,
  record: RunRecord | undefined,
): OtherEncoding | null {
  // Without a path the trainer was given the editor's own text.
  if (!document || !record?.corpus || record.source.path === null) return null;
  if (document.uri.toString() !== record.source.uri) return null;
  return otherEncoding(document.encoding, record.corpus.encoding, () => isAscii(document));
}

function isAscii(document: vscode.TextDocument): boolean {
  const known = looked.get(document);
  if (known?.version === document.version) return known.isAscii;
  const found = !/[^\0-\x7f]/.test(document.getText());
  looked.set(document, { version: document.version, isAscii: found });
  return found;
}

/** Brings the document to the front and asks for another encoding of it. */
export async function reopenWithEncoding(
  document: vscode.TextDocument,
  editor: vscode.TextEditor | null,
): Promise<void> {
  await vscode.window.showTextDocument(document, { viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One });
  await vscode.commands.executeCommand('workbench.action.editor.changeEncoding');
}
