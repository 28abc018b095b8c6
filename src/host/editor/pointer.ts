// What the inspector does to the editor: marks the character pointed at and puts the cursor where a column was clicked.
import * as vscode from 'vscode';

/** Characters before the cursor that are scrolled into view with it. */
const SEEN_BEFORE = 8;

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

  /** Puts the cursor right after the token and scrolls to it, sideways too; shows its tab again when it is hidden. */
  async reveal(document: vscode.TextDocument, end: number, focusEditor: boolean): Promise<void> {
    const position = document.positionAt(end);
    const selection = new vscode.Selection(position, position);
    const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    if (visible && !focusEditor) {
      visible.selection = selection;
      scrollTo(visible, position);
      return;
    }
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: !focusEditor,
      selection,
    });
    scrollTo(editor, position);
  }

  dispose(): void {
    this.mark?.dispose();
  }
}

/** An editor scrolls sideways for a range that has a width: the characters just before the position. */
function scrollTo(editor: vscode.TextEditor, position: vscode.Position): void {
  const from = position.with(undefined, Math.max(0, position.character - SEEN_BEFORE));
  const to = position.character > 0 ? position : position.with(undefined, 1);
  const range = editor.document.validateRange(new vscode.Range(from, to));
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function rangeOf(document: vscode.TextDocument, range: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}
