// Switches the editor's aids on and off as the settings say: while they are off nothing of them is left but this.
import * as vscode from 'vscode';
import type { Log } from '../log';
import { editorSettings } from '../settings';
import { Signal } from '../signal';
import { shadingLine, weightsLine } from './aidWords';
import { registerHover } from './hover';
import { Shading } from './shading';
import type { ShownText } from './shownText';

export class ShadingSwitch implements vscode.Disposable {
  /** What `line` says may be something else now. */
  readonly changed = new Signal<void>();
  private shading: Shading | null = null;
  private hover: vscode.Disposable | null = null;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly text: ShownText,
    private readonly log: Log,
  ) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('gatescope.editor')) this.apply();
    });
    this.apply();
  }

  /** What text is shaded by, with which weights; null while no text is. */
  get line(): string | null {
    const [shaded] = this.shading?.current ?? [];
    if (this.shading?.isImpossible) return vscode.l10n.t('Text not shaded: this run predicts no next token');
    if (!shaded) return null;
    const { by, run, step, snapshot, shading } = shaded;
    const what = shadingLine(by, shading.target?.text ?? null, run.record.config.unit, vscode.l10n.t);
    return `${what}\n${weightsLine(run.record, step, snapshot, vscode.l10n.t, vscode.env.language)}`;
  }

  get shaded(): Shading['current'] {
    return this.shading?.current ?? [];
  }

  dispose(): void {
    this.subscription.dispose();
    this.shading?.dispose();
    this.hover?.dispose();
    this.changed.dispose();
  }

  private apply(): void {
    const { shading, hover } = editorSettings();
    if (shading !== (this.shading?.by ?? 'off')) {
      this.shading?.dispose();
      this.shading = shading === 'off' ? null : new Shading(shading, this.text, this.log);
      this.shading?.changed.on(() => this.changed.fire());
      this.changed.fire();
    }
    if (hover === (this.hover !== null)) return;
    this.hover?.dispose();
    this.hover = hover ? registerHover(this.text, () => this.shaded, this.log) : null;
  }
}
