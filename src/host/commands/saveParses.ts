// Save Parses as CoNLL-U…: the sentences that the inspector shows, with the trees above them, as a file.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { Answers } from '../../protocol/questions';
import type { WantedTrees } from '../../protocol/syntax';
import { baseName } from '../runs/trainingText';
import type { CommandContext } from './commandContext';

/**
 * `wanted` is whose trees the inspector shows, imported ones, where there are any, when it is left out; `shownSecond` where sentences
 * begin of which it shows the second reading, none when it is left out.
 */
export async function saveParses(context: CommandContext, wanted?: unknown, shownSecond?: unknown): Promise<void> {
  const run = context.runs.current;
  if (!run) throw new GatescopeError('notReady');
  const inspector = context.openInspector();
  const trees: WantedTrees = wanted === 'parser' ? 'parser' : 'imported';
  const seconds = Array.isArray(shownSecond) ? shownSecond.filter((start) => typeof start === 'number') : [];
  const view = inspector.viewOf(run.record);
  const answered = await run.request('ask', { question: { about: 'parses', trees, seconds }, view });
  // Another file of this run is being made meanwhile.
  if (answered === null) return;
  const { content, sentences } = answered.value as Answers['parses'];
  if (sentences === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No sentence that is shown has a tree. Import trees from a CoNLL-U file, or move to another text.'),
    );
    return;
  }
  const text = inspector.link.document?.uri ?? null;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Parses as CoNLL-U'),
    filters: { 'CoNLL-U': ['conllu'] },
    ...placeBeside(text, `${run.record.source.name.replace(/\.[^.]*$/, '')}-parses.conllu`),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(content));
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('Saved {0}.', baseName(target));
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

function placeBeside(text: vscode.Uri | null, name: string): { defaultUri?: vscode.Uri } {
  if (text && text.scheme !== 'untitled') return { defaultUri: vscode.Uri.joinPath(text, '..', name) };
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  return workspace ? { defaultUri: vscode.Uri.joinPath(workspace, name) } : {};
}
