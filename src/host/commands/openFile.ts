// What the inspector offers while no text is open: VS Code's own dialog, and the chosen file beside the inspector.
import * as vscode from 'vscode';
import { showBeside } from '../editor/besideInspector';
import type { CommandContext } from './commandContext';

/** Opens a file the person chooses; nothing happens when the dialog is dismissed. */
export async function chooseFileToOpen({ inspector }: CommandContext): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ canSelectMany: false, title: vscode.l10n.t('Open a Text File') });
  if (!chosen?.length) return;
  await showBeside(chosen[0], inspector());
}
