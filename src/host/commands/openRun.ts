// Open Run…: brings a stored run back into the inspector, with its text beside it.
import * as vscode from 'vscode';
import type { RunRecord } from '../../protocol/run';
import { followBeside, showBeside } from '../editor/besideInspector';
import { summarize } from '../runs/runLabel';
import type { CommandContext } from './commandContext';

export interface RunItem extends vscode.QuickPickItem {
  record: RunRecord;
}

export function runItem(record: RunRecord, current: string | undefined): RunItem {
  const { label, detail } = summarize(record, vscode.l10n.t, vscode.env.language);
  return { label, detail, description: record.id === current ? vscode.l10n.t('shown') : '', record };
}

/** Opens the run of that id, or one the person picks. */
export async function openRun(context: CommandContext, id?: unknown): Promise<void> {
  const chosen = typeof id === 'string' ? id : await pickRun(context);
  if (chosen === null) return;
  const run = await context.runs.find(chosen);
  context.log.info(`run ${run.id} opened at step ${run.record.step}`);
  await showSource(context, run.record);
  context.clearFailure();
  followBeside(vscode.Uri.parse(run.record.source.uri), context.openInspector());
  context.runs.show(run);
  // The chart's history comes with the trainer's answer to `open`, which the first request brings about.
  await run.wake();
}

async function pickRun({ runs }: CommandContext): Promise<string | null> {
  const records = await runs.records();
  if (records.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No run is stored yet. Right-click a text file and choose “Train a Recurrent Model”.'),
    );
    return null;
  }
  const items = records.map((record) => runItem(record, runs.current?.id));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open Run'),
    placeHolder: vscode.l10n.t('Choose a run to look into'),
    matchOnDetail: true,
  });
  return picked?.record.id ?? null;
}

/** Opens the editor of a run's text if it still exists; says nothing when not, the inspector marks the run stale. */
export async function showSource({ inspector }: CommandContext, { source }: RunRecord): Promise<void> {
  if (source.uri === '') return;
  try {
    await showBeside(vscode.Uri.parse(source.uri), inspector());
  } catch {
    // Gone or too large for an editor: the run is then shown on the beginning of its own text.
  }
}
