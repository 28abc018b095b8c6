// Shows a failure as a notification whose buttons are the ways out of it.
import * as vscode from 'vscode';
import type { Failure } from '../../protocol/run';
import { failureMessage } from '../failureMessages';
import { COMMANDS } from '../identifiers';
import { baseName } from '../runs/trainingText';

/** The commands that help after a failure, by its code. */
const WAYS_OUT: Record<string, (keyof typeof COMMANDS)[]> = {
  textTooShort: ['trainWithOptions'],
  bidirectionalLanguage: ['trainWithOptions'],
  datasetUnlabelled: ['trainWithOptions'],
  datasetOneClass: ['trainWithOptions'],
  datasetTooFew: ['trainWithOptions'],
  fileMissing: ['openRun'],
  fileChangedWhileReading: ['retrain'],
  tooLargeToHold: ['trainSelection'],
  runMissing: ['openRun', 'trainFile'],
  runDamaged: ['deleteRun', 'trainFile'],
  networkTooLarge: ['trainWithOptions'],
  outOfMemory: ['trainWithOptions'],
  trainerCrashed: ['resume', 'showLog'],
  trainerSilent: ['showLog'],
  badRequest: ['retrain', 'showLog'],
};

function title(command: keyof typeof COMMANDS): string | null {
  switch (command) {
    case 'trainWithOptions':
      return vscode.l10n.t('Train with Options…');
    case 'openRun':
      return vscode.l10n.t('Open Run…');
    case 'retrain':
      return vscode.l10n.t('Retrain');
    case 'resume':
      return vscode.l10n.t('Resume');
    case 'showLog':
      return vscode.l10n.t('Show Log');
    case 'trainFile':
      return vscode.l10n.t('Train on This File');
    case 'trainSelection':
      return vscode.l10n.t('Train on Selection');
    case 'deleteRun':
      return vscode.l10n.t('Delete Run');
    default:
      return null;
  }
}

/** Whether going on from the last checkpoint is a way out of this failure. */
export function leadsToResume(failure: Failure): boolean {
  return WAYS_OUT[failure.code]?.includes('resume') ?? false;
}

/** The line of an open document that a failure names; null where it names none. */
function brokenLine({ code, args }: Failure): { document: vscode.TextDocument; line: number } | null {
  if (code !== 'datasetMalformed') return null;
  const document = vscode.workspace.textDocuments.find(({ uri }) => baseName(uri) === args.name);
  return document ? { document, line: Math.max(1, Math.min(Number(args.line), document.lineCount)) } : null;
}

/** Resolves when the notification is gone. `canResume`: whether there is a checkpoint to go on from. */
export async function showFailure(failure: Failure, canResume: boolean): Promise<void> {
  const buttons = new Map<string, string>();
  for (const command of WAYS_OUT[failure.code] ?? []) {
    const label = title(command);
    if (label !== null && (command !== 'resume' || canResume)) buttons.set(label, COMMANDS[command]);
  }
  const place = brokenLine(failure);
  const goTo = place && vscode.l10n.t('Go to Line {0}', place.line);
  const labels = [...(goTo === null ? [] : [goTo]), ...buttons.keys()];
  const answer = await vscode.window.showErrorMessage(failureMessage(failure, vscode.l10n.t), ...labels);
  if (place && answer === goTo) {
    const selection = new vscode.Range(place.line - 1, 0, place.line - 1, 0);
    await vscode.window.showTextDocument(place.document, { selection, viewColumn: vscode.ViewColumn.One });
    return;
  }
  const command = answer === undefined ? undefined : buttons.get(answer);
  if (command !== undefined) await vscode.commands.executeCommand(command);
}
