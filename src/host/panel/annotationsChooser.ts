// Lets the person choose the CoNLL-U file by which the inspector probes part of speech and number.
import * as vscode from 'vscode';
import { failureMessage, failureOf } from '../failureMessages';
import { wholeText } from '../runs/trainingText';
import type { Subscription } from '../signal';
import type { InspectorPanel } from './inspectorPanel';

export class AnnotationsChooser implements vscode.Disposable {
  private readonly subscription: Subscription;

  constructor(private readonly panel: Pick<InspectorPanel, 'received' | 'post'>) {
    this.subscription = panel.received.on((message) => {
      if (message.kind === 'chooseAnnotations') void this.choose();
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async choose(): Promise<void> {
    const files = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Sentences with Parts of Speech and Numbers'),
      openLabel: vscode.l10n.t('Probe'),
      filters: { 'CoNLL-U': ['conllu'], [vscode.l10n.t('All Files')]: ['*'] },
    });
    if (!files?.length) return;
    try {
      const { source } = await wholeText(files[0]);
      this.panel.post({ kind: 'annotations', file: source, chosen: Date.now() });
    } catch (error) {
      void vscode.window.showErrorMessage(failureMessage(failureOf(error), vscode.l10n.t));
    }
  }
}
