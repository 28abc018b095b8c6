// What the inspector does to the editor: marks the character pointed at and puts the cursor where a column was clicked.
import * as vscode from 'vscode';

export class EditorPointer implements vscode.Disposable {
  private mark: vscode.TextEditorDecorationType | null = null;
  private marked: vscode.TextEditor | null = null;

  /** Marks a UTF-16 range of the editor's text, or takes the mark away. */
  point(editor: vscode.TextEditor | null, range: { start: number; end: number } | null): void {
    if (this.marked && (this.marked !== editor || !range)) {
      if (this.mark) this.marked.setDecorations(this.mark, []);
      this.marked = null;
    }
    if (!editor || !range) return;
    this.mark ??= vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
      outline: '1px solid',
      outlineColor: new vscode.ThemeColor('focusBorder'),
    });
    editor.setDecorations(this.mark, [rangeOf(editor.document, range)]);
    this.marked = editor;
  }

  /** Puts the cursor right after the token, showing its tab again when it is hidden. */
  async reveal(document: vscode.TextDocument, end: number, focusEditor: boolean): Promise<void> {
    const position = document.positionAt(end);
    const selection = new vscode.Selection(position, position);
    const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    if (visible && !focusEditor) {
      visible.selection = selection;
      visible.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      return;
    }
    await vscode.window.showTextDocument(document, {
      viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: !focusEditor,
      selection,
    });
  }

  dispose(): void {
    this.mark?.dispose();
  }
}

function rangeOf(document: vscode.TextDocument, range: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}
