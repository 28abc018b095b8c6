// Shows a text where the inspector does not cover it: an editor in the inspector's own column cannot be seen together with it.
import * as vscode from 'vscode';

/** What is needed of the inspector; null when it is not open. */
export interface Beside {
  readonly column: vscode.ViewColumn | undefined;
  readonly link: { follow(editor: vscode.TextEditor): void };
}

/** The editor that shows a text outside the inspector's column. */
export function visibleBeside(uri: vscode.Uri, inspector: Beside | null): vscode.TextEditor | null {
  const wanted = uri.toString();
  return (
    vscode.window.visibleTextEditors.find(
      ({ document, viewColumn }) =>
        document.uri.toString() === wanted && viewColumn !== undefined && viewColumn !== inspector?.column,
    ) ?? null
  );
}

/** Brings a text into sight beside the inspector. Rejects when it is no text. */
export async function showBeside(uri: vscode.Uri, inspector: Beside | null): Promise<void> {
  if (!visibleBeside(uri, inspector)) await vscode.window.showTextDocument(uri, place(inspector));
  if (inspector) followBeside(uri, inspector);
}

/** Has the inspector follow the cursor in a text, also where another editor is active. */
export function followBeside(uri: vscode.Uri, inspector: Beside): void {
  const editor = visibleBeside(uri, inspector);
  if (editor) inspector.link.follow(editor);
}

function place(inspector: Beside | null): vscode.TextDocumentShowOptions {
  const { One, Two } = vscode.ViewColumn;
  return { preview: false, viewColumn: inspector?.column === One ? Two : One };
}
