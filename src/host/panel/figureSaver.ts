// Saves the figures that the inspector sends, through VS Code's own dialog; the next one is proposed beside the last.
import * as vscode from 'vscode';
import type { Log } from '../log';
import type { Subscription } from '../signal';
import type { InspectorPanel } from './inspectorPanel';
import { saveFigure, type FigureEditor } from './saveFigure';

export class FigureSaver implements vscode.Disposable {
  private readonly subscription: Subscription;
  private folder: vscode.Uri | null = null;

  /** `beside`: the text that is looked at, null for none. */
  constructor(panel: Pick<InspectorPanel, 'received'>, log: Log, beside: () => vscode.Uri | null) {
    this.subscription = panel.received.on((message) => {
      if (message.kind !== 'saveFigure') return;
      saveFigure(message, this.editor(beside()), vscode.l10n.t).catch((error: unknown) =>
        log.error(`figure not saved: ${error instanceof Error ? error.message : String(error)}`),
      );
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private editor(beside: vscode.Uri | null): FigureEditor<vscode.Uri> {
    return {
      choosePlace: async (name, filters) => {
        const folder = this.folder ?? folderFor(beside);
        const defaultUri = folder ? vscode.Uri.joinPath(folder, name) : undefined;
        const title = vscode.l10n.t('Save Figure');
        const place = await vscode.window.showSaveDialog({ title, filters, ...(defaultUri ? { defaultUri } : {}) });
        if (place) this.folder = vscode.Uri.joinPath(place, '..');
        return place;
      },
      write: async (place, bytes) => vscode.workspace.fs.writeFile(place, bytes),
      tell: async (message, button) => vscode.window.showInformationMessage(message, button),
      warn: (message) => void vscode.window.showErrorMessage(message),
      open: async (place) => void (await vscode.commands.executeCommand('vscode.open', place)),
      nameOf: (place) => place.path.split('/').at(-1) ?? place.path,
    };
  }
}

/** Where figures of a text go first: the workspace, else the text's own folder. */
function folderFor(beside: vscode.Uri | null): vscode.Uri | null {
  const workspace = (beside && vscode.workspace.getWorkspaceFolder(beside)) ?? vscode.workspace.workspaceFolders?.[0];
  if (workspace) return workspace.uri;
  return beside?.scheme === 'file' ? vscode.Uri.joinPath(beside, '..') : null;
}
