// Open Inspector: beside the text it was called on; the run shown stays, the empty state invites to begin.
import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

export async function openInspector(context: CommandContext, uri?: unknown): Promise<void> {
  if (uri instanceof vscode.Uri && !isVisible(uri)) {
    try {
      await vscode.window.showTextDocument(uri, { preview: false });
    } catch {
      // Not a text the editor can show: the inspector opens all the same.
    }
  }
  context.openInspector();
}

function isVisible(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document.uri.toString() === uri.toString());
}
