// Shade Text in the Editor…: chooses what the run's text is shaded by; the setting remembers it.
import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';
import { editorSettings, setEditorShading, type EditorShading } from '../settings';

interface ShadingItem extends vscode.QuickPickItem {
  value: EditorShading;
}

export async function shadeText({ runs }: CommandContext): Promise<void> {
  const { t } = vscode.l10n;
  const choices: ShadingItem[] = [
    { value: 'off', label: t('Off'), detail: t('The text is left as it is') },
    {
      value: 'surprisal',
      label: t('Surprisal'),
      detail: t('How many bits of news every token is to the network, after all before it'),
    },
    {
      value: 'influence',
      label: t('Influence on the cursor’s token'),
      detail: t('How strongly each token acts on what is predicted at the cursor: ‖∂J/∂x‖'),
    },
  ];
  const { shading } = editorSettings();
  const items = choices.map((item) => (item.value === shading ? { ...item, description: t('current') } : item));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Shade Text in the Editor'),
    placeHolder: t('What the tokens in sight of the run’s text are shaded by'),
  });
  if (!picked) return;
  await setEditorShading(picked.value);
  if (picked.value !== 'off' && !runs.current)
    void vscode.window.showInformationMessage(t('No model yet. Train on a file, or open a stored run.'));
}
