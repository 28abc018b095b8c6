// Trains again what a run was trained on: as it was, with a changed option, or with another cell beside it.
import * as vscode from 'vscode';
import { CELLS, type RunConfig } from '../../protocol/runConfig';
import type { TextSource } from '../../protocol/run';
import { valueProblem } from '../settingValues';
import { cellTitle } from '../runs/runLabel';
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
  await startTraining(context, await sameText(record.source), { ...record.config, ...change });
}

/** A second run with another cell on the same text, options and seed, drawn into the chart of the first. */
export async function compareCell(context: CommandContext): Promise<void> {
  const { runs } = context;
  const shown = runs.current;
  if (!shown) return tellNoRun();
  const { config, source } = shown.record;
  const items = CELLS.filter((cell) => cell !== config.cell).map((cell) => ({ label: cellTitle(cell), cell }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Compare {0} with', cellTitle(config.cell)),
    placeHolder: vscode.l10n.t('Same text, options and seed; only the cell differs'),
  });
  if (!picked) return;
  context.openInspector();
  const again = await sameText(source);
  const order = { config: { ...config, cell: picked.cell }, source: again.source, text: again.text };
  const { run, start } = await runs.plan(order);
  if (runs.current === shown) runs.compareWith(run);
  await start();
}

/** The text of an earlier run as it is now. */
async function sameText(source: TextSource): Promise<TrainingText> {
  if (source.part.kind === 'selection') {
    const text = (await textOfSource(source)) ?? '';
    return { source, text, bytes: text.length };
  }
  const whole = await wholeText(vscode.Uri.parse(source.uri));
  return source.part.kind === 'head' ? headOf(whole) : whole;
}

function tellNoRun(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No run is open. Train on a file, or open a stored run under Open Run.'),
  );
}
