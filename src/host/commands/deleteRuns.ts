// Delete Run and Delete All Runs, each asking before anything is lost.
import * as vscode from 'vscode';
import { summarize } from '../runs/runLabel';
import type { CommandContext } from './commandContext';
import { runItem } from './openRun';

export async function deleteRun(context: CommandContext, id?: unknown): Promise<void> {
  const { runs } = context;
  const records = await runs.all();
  if (records.length === 0) return tellNone();
  const ordered = [...records].sort((a, b) => Number(b.id === runs.current?.id) - Number(a.id === runs.current?.id));
  const record =
    typeof id === 'string'
      ? records.find((one) => one.id === id)
      : (
          await vscode.window.showQuickPick(
            ordered.map((one) => runItem(one, runs.current?.id)),
            { title: vscode.l10n.t('Delete Run'), placeHolder: vscode.l10n.t('Choose the run to delete') },
          )
        )?.record;
  if (!record) return;
  const { label, detail } = summarize(record, vscode.l10n.t, vscode.env.language);
  if (await confirmed(vscode.l10n.t('Delete the run “{0}”?', label), detail)) await runs.delete([record.id]);
}

export async function deleteAllRuns({ runs }: CommandContext): Promise<void> {
  const records = await runs.store.list();
  if (records.length === 0) return tellNone();
  const busy = runs.open.filter((run) => run.isBusy).length;
  const detail = busy > 0 ? vscode.l10n.t('{0} of them training now will be ended.', busy) : '';
  const question =
    records.length === 1
      ? vscode.l10n.t('Delete the only run?')
      : vscode.l10n.t('Delete all {0} runs?', records.length);
  if (await confirmed(question, detail)) await runs.delete(records.map((record) => record.id));
}

async function confirmed(question: string, detail: string): Promise<boolean> {
  const yes = vscode.l10n.t('Delete');
  const lines = [detail, vscode.l10n.t('Weights and charts are deleted from the disk; the text file is not touched.')];
  const options = { modal: true, detail: lines.filter((line) => line !== '').join('\n') };
  return (await vscode.window.showWarningMessage(question, options, yes)) === yes;
}

function tellNone(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('No run is stored.'));
}
