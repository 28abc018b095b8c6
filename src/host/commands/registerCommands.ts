// Registers every command under its code and gives each the one way failures are told.
import * as vscode from 'vscode';
import type { RunConfig } from '../../protocol/runConfig';
import { COMMANDS } from '../identifiers';
import { reopenWithEncoding } from '../editor/readOtherwise';
import type { InspectorActionRequest } from '../panel/inspector';
import type { CommandContext } from './commandContext';
import { compareCells } from './compareCells';
import { continueText } from './continueText';
import { pause, resume, stop } from './controlRun';
import { copyCommandLine } from './copyCommandLine';
import { deleteAllRuns, deleteRun } from './deleteRuns';
import { exportWeights } from './exportWeights';
import { importTrees } from './importTrees';
import { importWeights } from './importWeights';
import { chooseFileToOpen } from './openFile';
import { openInspector } from './openInspector';
import { openRun, showSource } from './openRun';
import { restart, retrain } from './retrain';
import { revealRunFolder } from './revealRunFolder';
import { saveParses } from './saveParses';
import { shadeText } from './shadeText';
import { trainFile, trainSelection, trainWithOptions } from './trainText';

type Handler = (context: CommandContext, ...args: unknown[]) => Promise<void> | void;

const HANDLERS: Record<keyof typeof COMMANDS, Handler> = {
  trainRecurrentModel: trainFile,
  trainFile,
  trainWithOptions,
  trainSelection,
  openInspector,
  pause,
  resume,
  stop,
  retrain,
  compareCell: compareCells,
  openRun,
  deleteRun,
  deleteAllRuns,
  revealRunFolder,
  copyCommandLine,
  exportWeights,
  importWeights,
  importTrees,
  saveParses,
  continueText,
  shadeText,
  showLog: (context) => context.log.show(),
};

export function registerCommands(context: CommandContext): vscode.Disposable[] {
  return (Object.keys(HANDLERS) as (keyof typeof COMMANDS)[]).map((name) =>
    vscode.commands.registerCommand(COMMANDS[name], (...args: unknown[]) => guarded(context, HANDLERS[name], args)),
  );
}

/** What a button of the inspector does. */
export function performAction(context: CommandContext, request: InspectorActionRequest): Promise<void> {
  const [handler, ...args] = handlerOf(context, request);
  return guarded(context, handler, args);
}

function handlerOf(
  context: CommandContext,
  { action, value, runId, trees, seconds }: InspectorActionRequest,
): [Handler, ...unknown[]] {
  const record = context.runs.current?.record;
  const again = (change: Partial<RunConfig>): [Handler] => [() => restart(context, change)];
  const link = context.inspector()?.link;
  const linkedDocument = link?.document;
  const linked = linkedDocument?.uri;
  switch (action) {
    case 'train':
      return [trainFile, linked];
    case 'trainWithOptions':
      return [trainWithOptions, linked];
    case 'compare':
      return [compareCells];
    case 'compareGoOn':
      return [() => record && context.comparisons.goOn(record.id)];
    case 'compareStop':
      return [() => record && context.comparisons.stop(record.id)];
    case 'compareEnd':
      return [() => record && context.comparisons.end(record.id)];
    case 'openRun':
      return [openRun, runId];
    case 'continueText':
      return [continueText, value];
    case 'exportWeights':
      return [exportWeights, value];
    case 'saveParses':
      return [saveParses, trees, seconds];
    case 'restartWithClipping':
      return again({ clipNorm: value ?? record?.divergence?.proposedClip ?? 1 });
    case 'restartWithLowerRate':
      return again(record ? { learningRate: value ?? record.config.learningRate / 10 } : {});
    case 'inspectRestored':
    case 'update':
      return [() => context.inspector()?.update()];
    case 'openFile':
      return [() => (record ? showSource(context, record) : chooseFileToOpen(context))];
    case 'reopenWithEncoding':
      return [() => (linkedDocument ? reopenWithEncoding(linkedDocument, link.visibleEditor()) : undefined)];
    default:
      return [HANDLERS[action]];
  }
}

async function guarded(context: CommandContext, handler: Handler, args: unknown[]): Promise<void> {
  try {
    await handler(context, ...args);
  } catch (error) {
    context.report(error);
  }
}
