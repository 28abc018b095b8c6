// Reveal Run Folder: shows a run's files in the system's file browser, or gives their path where there is none.
import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

export async function revealRunFolder({ runs }: CommandContext): Promise<void> {
  const run = runs.current;
  const folder = run ? runs.store.folderOf(run.id) : runs.store.folder;
  try {
    await vscode.commands.executeCommand('revealFileInOS', folder);
  } catch {
    await vscode.env.clipboard.writeText(folder.fsPath);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No file browser here; the path of the run folder was copied: {0}', folder.fsPath),
    );
  }
}
