// Which text a command means: the one it was called on, else the one in the active editor, else one to be chosen.
import * as vscode from 'vscode';
import { baseName, wholeText, type TrainingText } from '../runs/trainingText';

/** The URI a menu or the palette means; several selected: the first, said so, and a class per file offered. null when the person chose none. */
export async function chooseUri(
  uri: unknown,
  uris: unknown,
  linked: vscode.Uri | null,
  asClasses?: (uris: vscode.Uri[]) => void,
): Promise<vscode.Uri | null> {
  if (Array.isArray(uris) && uris.length > 1 && uris[0] instanceof vscode.Uri) {
    const first = uris[0];
    const message = vscode.l10n.t(
      '{0} files are selected; training uses the first, “{1}”.',
      uris.length,
      baseName(first),
    );
    const perFile = vscode.l10n.t('One Class per File Instead');
    const others = uris.filter((one): one is vscode.Uri => one instanceof vscode.Uri);
    const canBeClasses = others.every(({ scheme }) => scheme === 'file');
    void vscode.window.showInformationMessage(message, ...(canBeClasses ? [perFile] : [])).then((answer) => {
      if (answer === perFile) asClasses?.(others);
    });
    return first;
  }
  if (uri instanceof vscode.Uri) return uri;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && active.scheme !== 'output') return active;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (tab instanceof vscode.TabInputText) return tab.uri;
  return linked ?? chooseFile();
}

async function chooseFile(): Promise<vscode.Uri | null> {
  const open = vscode.l10n.t('Open File…');
  const message = vscode.l10n.t('No text is open. Open a text file and try again, or choose one now.');
  if ((await vscode.window.showInformationMessage(message, open)) !== open) return null;
  const chosen = await vscode.window.showOpenDialog({ canSelectMany: false, canSelectFolders: false });
  return chosen?.[0] ?? null;
}

/** The text of a command's target; null when none was chosen. Rejects with a GatescopeError. */
export async function chooseText(
  uri: unknown,
  uris: unknown,
  linked: vscode.Uri | null,
  asClasses?: (uris: vscode.Uri[]) => void,
): Promise<TrainingText | null> {
  const chosen = await chooseUri(uri, uris, linked, asClasses);
  return chosen && wholeText(chosen);
}
