// The commands that begin a training: on a file, with options, on the selection.
import * as vscode from 'vscode';
import { configProblem, type RunConfig } from '../../protocol/runConfig';
import { withTask } from '../../protocol/taskDefaults';
import { followBeside, showBeside } from '../editor/besideInspector';
import type { Inspector } from '../panel/inspector';
import type { Run } from '../runs/run';
import { filePerLabel, openDocument, selectedText, type TrainingText } from '../runs/trainingText';
import type { TrainingOrder } from '../runs/openRuns';
import { defaultConfigTold } from '../settings';
import { chooseConfig, offerCloze } from './chooseConfig';
import { chooseText } from './chooseText';
import type { CommandContext } from './commandContext';
import { confirmLargeText } from './confirmLargeText';
import { wantsLanguageModel, withGuessedTask } from './guessedTask';

/** Files above this size are not opened in an editor just because they are trained on. */
const MAX_SHOWN_BYTES = 20 * 1024 * 1024;

/** Trains with the settings' defaults on the file meant. */
export async function trainFile(context: CommandContext, uri?: unknown, uris?: unknown): Promise<void> {
  const text = await chooseText(uri, uris, linkedUri(context), (all) => void trainClasses(context, all));
  if (!text) return;
  const config = defaultConfigTold(vscode.Uri.parse(text.source.uri));
  const guessed = await withGuessedTask(config, text, context.estimator);
  const run = await startTraining(context, text, guessed);
  if (run && guessed.task !== config.task && !text.dataset) void offerLanguageModel(context, text, guessed, run);
}

/** Several files of one class each. */
async function trainClasses(context: CommandContext, uris: readonly vscode.Uri[]): Promise<void> {
  const text = filePerLabel(uris);
  await context.runs.current?.stop();
  await startTraining(context, text, withTask(defaultConfigTold(uris[0]), 'classification')).catch(context.report);
}

async function offerLanguageModel(
  context: CommandContext,
  text: TrainingText,
  config: RunConfig,
  run: Run,
): Promise<void> {
  if (!(await wantsLanguageModel(config, text))) return;
  await run.stop();
  await startTraining(context, text, withTask(config, 'language')).catch(context.report);
}

/** Lets the person change the defaults first; Enter accepts them. */
export async function trainWithOptions(context: CommandContext, uri?: unknown, uris?: unknown): Promise<void> {
  const text = await chooseText(uri, uris, linkedUri(context));
  if (!text) return;
  const guessed = await withGuessedTask(defaultConfigTold(vscode.Uri.parse(text.source.uri)), text, context.estimator);
  const config = await chooseConfig(guessed, text.source.name);
  if (config) await startTraining(context, text, config);
}

export async function trainSelection(context: CommandContext): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? context.inspector()?.link.visibleEditor();
  const text = editor ? selectedText(editor) : null;
  if (text && editor) {
    await startTraining(context, text, defaultConfigTold(editor.document.uri));
    return;
  }
  const whole = vscode.l10n.t('Train on This File');
  const message = vscode.l10n.t('Nothing is selected. Select some text first, or train on the whole file.');
  if ((await vscode.window.showInformationMessage(message, whole)) === whole) await trainFile(context);
}

/** Trains on a text, or shows given weights on it, in the inspector; asks first when the text is large. */
export async function startTraining(
  context: CommandContext,
  text: TrainingText,
  wanted: RunConfig,
  weights?: TrainingOrder['weights'],
): Promise<Run | null> {
  const config = configProblem(wanted) === 'bidirectionalLanguage' ? await offerCloze(wanted) : wanted;
  if (!config) return null;
  // Of a table of examples the beginning is no set of its own; they are held in memory, and the trainer says when there is too much.
  const isTable = config.task === 'classification' || config.task === 'tagging';
  const confirmed = isTable ? text : await confirmLargeText(text, config, context.estimator);
  if (!confirmed) return null;
  context.estimator.cancel();
  await showText(text, context.inspector());
  context.clearFailure();
  const { source, text: live, dataset } = confirmed;
  followBeside(vscode.Uri.parse(source.uri), context.openInspector());
  const { run, start } = await context.runs.plan({ config, source, text: live, weights, ...(dataset && { dataset }) });
  context.runs.show(run);
  await start();
  return run;
}

/** Opens the text's editor where none shows it, so that the inspector has a cursor to follow. */
async function showText({ source, bytes }: TrainingText, inspector: Inspector | null): Promise<void> {
  const uri = vscode.Uri.parse(source.uri);
  if (bytes > MAX_SHOWN_BYTES && !openDocument(uri)) return;
  try {
    await showBeside(uri, inspector);
  } catch {
    // What the editor cannot show as text, the trainer judges and names the reason.
  }
}

export function linkedUri(context: CommandContext): vscode.Uri | null {
  return context.inspector()?.link.document?.uri ?? null;
}
