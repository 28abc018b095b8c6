// Puts shading into editors: one decoration type for each level, made at once and disposed of together.
import * as vscode from 'vscode';
import type { ShadedBy } from '../../protocol/questions';
import { LEVELS, type Stretch } from './shadingLevels';
import { shadingStyle, type ShadingStyle } from './shadingStyles';

export class ShadingPainter implements vscode.Disposable {
  private types: vscode.TextEditorDecorationType[];
  private readonly painted = new Set<vscode.TextEditor>();

  constructor(private readonly by: ShadedBy) {
    this.types = makeTypes(by);
  }

  /** `levels`: the stretches of each level in the editor's text. */
  paint(editor: vscode.TextEditor, levels: readonly Stretch[][]): void {
    const { document } = editor;
    const rangeOf = ({ start, end }: Stretch): vscode.Range =>
      new vscode.Range(document.positionAt(start), document.positionAt(end));
    this.types.forEach((type, k) => editor.setDecorations(type, levels[k].map(rangeOf)));
    this.painted.add(editor);
  }

  /** Takes the shading away from all editors but these. */
  keepOnly(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.painted) {
      if (editors.includes(editor)) continue;
      for (const type of this.types) editor.setDecorations(type, []);
      this.painted.delete(editor);
    }
  }

  /** Another theme: what is painted goes, and is painted anew in its colours. */
  restyle(): void {
    this.dispose();
    this.types = makeTypes(this.by);
  }

  dispose(): void {
    for (const type of this.types) type.dispose();
    this.types = [];
    this.painted.clear();
  }
}

function makeTypes(by: ShadedBy): vscode.TextEditorDecorationType[] {
  const { HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  const { kind } = vscode.window.activeColorTheme;
  const highContrast = kind === HighContrast || kind === HighContrastLight;
  return Array.from({ length: LEVELS }, (_, k) =>
    vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      dark: optionsOf(shadingStyle(by, k + 1, { dark: true, highContrast })),
      light: optionsOf(shadingStyle(by, k + 1, { dark: false, highContrast })),
    }),
  );
}

function optionsOf({ tint, bar }: ShadingStyle): vscode.ThemableDecorationRenderOptions {
  return {
    ...(tint === null ? {} : { backgroundColor: tint }),
    borderStyle: 'solid',
    borderWidth: `0 0 ${bar.pixels}px 0`,
    borderColor: bar.colour,
  };
}
