// Import PyTorch Weights…: a network trained elsewhere, shown on a text as if it had been trained here.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import { baseName } from '../runs/trainingText';
import { defaultConfigTold } from '../settings';
import { chooseText } from './chooseText';
import type { CommandContext } from './commandContext';
import { linkedUri, startTraining } from './trainText';

/** Larger files hold no network that could be shown: 1,024 units over 65,535 tokens are 0.5 GB. */
const MOST_MEGABYTES = 1024;

/** Takes the file of weights and the text from the person, where they are not given. */
export async function importWeights(context: CommandContext, file?: unknown, text?: unknown): Promise<void> {
  const weights = file instanceof vscode.Uri ? file : await chooseWeights();
  if (!weights) return;
  const chosen = await chooseText(text, undefined, linkedUri(context));
  if (!chosen) return;
  const config = defaultConfigTold(vscode.Uri.parse(chosen.source.uri));
  await startTraining(context, chosen, config, { name: baseName(weights), bytes: await bytesOf(weights) });
}

async function chooseWeights(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import PyTorch Weights'),
    openLabel: vscode.l10n.t('Import'),
    filters: { safetensors: ['safetensors'] },
  });
  return files?.[0];
}

async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  const name = baseName(file);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    const megabytes = Math.ceil(size / 1024 / 1024);
    if (megabytes > MOST_MEGABYTES)
      throw new GatescopeError('tooLargeToHold', { name, megabytes, limit: MOST_MEGABYTES });
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof GatescopeError) throw error;
    throw new GatescopeError('fileUnreadable', {
      name,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
