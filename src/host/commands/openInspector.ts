// Open Inspector: beside the text it was called on; the run shown stays, the empty state invites to begin.
import * as vscode from 'vscode';
import { followBeside, showBeside } from '../editor/besideInspector';
import type { CommandContext } from './commandContext';

export async function openInspector(context: CommandContext, uri?: unknown): Promise<void> {
  if (uri instanceof vscode.Uri) {
    try {
      await showBeside(uri, context.inspector());
    } catch {
      // Not a text the editor can show: the inspector opens all the same.
    }
  }
  const inspector = context.openInspector();
  if (uri instanceof vscode.Uri) followBeside(uri, inspector);
}
