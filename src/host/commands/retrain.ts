// Trains again what a run was trained on: as it was, or with a changed option.
import * as vscode from 'vscode';
import type { RunConfig } from '../../protocol/runConfig';
import type { RunRecord } from '../../protocol/run';
import { valueProblem } from '../settingValues';
import { textOfSource, wholeText, type TrainingText } from '../runs/trainingText';
import type { CommandContext } from './commandContext';
import { headOf } from './confirmLargeText';
import { startTraining } from './trainText';

/** Retrain: same options, the text as it is now. */
export async function retrain(context: CommandContext): Promise<void> {
  await restart(context, {});
}

/** A new run with some options changed; values out of range are told and not used. */
export async function restart(context: CommandContext, change: Partial<RunConfig>): Promise<void> {
  const record = context.runs.current?.record;
  if (!record) return tellNoRun();
  for (const [key, value] of Object.entries(change)) {
    const problem = valueProblem(key as keyof RunConfig, value, vscode.l10n.t);
    if (problem !== null) {
      void vscode.window.showWarningMessage(problem);
      return;
    }
  }
  await startTraining(context, await sameText(record), { ...record.config, ...change });
}

/** The text or the examples of an earlier run as they are now. Rejects as wholeText does, of the first file that is not there too. */
export async function sameText({ source, dataset }: Pick<RunRecord, 'source' | 'dataset'>): Promise<TrainingText> {
  const files = dataset?.source;
  if (files && (files.files.length > 1 || files.files[0].label !== null)) {
    await Promise.all(files.files.map(({ path }) => wholeText(vscode.Uri.file(path))));
    return { source, text: null, bytes: 0, dataset: files };
  }
  if (source.part.kind === 'selection') {
    const text = (await textOfSource(source)) ?? '';
    return { source, text, bytes: text.length };
  }
  const whole = await wholeText(vscode.Uri.parse(source.uri));
  return source.part.kind === 'head' ? headOf(whole) : whole;
}

export function tellNoRun(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No run is open. Train on a file, or open a stored run under Open Run.'),
  );
}
