// Pause, Resume and Stop: of the run shown, or of another where only that makes sense.
import * as vscode from 'vscode';
import { canResume } from '../runs/runAbilities';
import type { Run } from '../runs/run';
import { configLabel, sourceLabel } from '../runs/runLabel';
import type { CommandContext } from './commandContext';

export async function pause(context: CommandContext): Promise<void> {
  const run = await pickRun(context, (one) => one.isBusy, vscode.l10n.t('No run is training.'));
  await run?.pause();
}

export async function resume(context: CommandContext): Promise<void> {
  const run = await pickRun(
    context,
    (one) => canResume(one.record),
    vscode.l10n.t('No run is paused. Open a paused run under Open Run, or train on a file.'),
  );
  if (!run) return;
  context.clearFailure();
  await run.resume();
}

export async function stop(context: CommandContext): Promise<void> {
  const mayStop = (one: Run): boolean => one.isBusy || one.record.phase === 'paused';
  const run = await pickRun(context, mayStop, vscode.l10n.t('No run is training.'));
  await run?.stop();
}

/** The run shown if it qualifies, else the only other that does, else one the person picks. */
async function pickRun({ runs }: CommandContext, may: (run: Run) => boolean, none: string): Promise<Run | null> {
  if (runs.current && may(runs.current)) return runs.current;
  const candidates = runs.open.filter(may);
  if (candidates.length > 1) {
    const items = candidates.map((run) => ({
      label: configLabel(run.record.config, vscode.l10n.t),
      description: sourceLabel(run.record.source, vscode.l10n.t),
      run,
    }));
    return (await vscode.window.showQuickPick(items))?.run ?? null;
  }
  if (candidates.length === 0) void vscode.window.showInformationMessage(none);
  return candidates[0] ?? null;
}
