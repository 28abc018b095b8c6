// Continue the Text: samples from the model after the cursor, into the inspector and never into the file.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import { continueSettings } from '../settings';
import { clampedNumber, parseNumber } from '../settingValues';
import { hasModel } from '../runs/runAbilities';
import type { CommandContext } from './commandContext';

/** UTF-16 units left of the cursor that the inspector repeats before the continuation. */
const SHOWN_PREFIX = 40;

/** `temperature` comes from the inspector's slider; without it the person is asked. */
export async function continueText(context: CommandContext, temperature?: unknown): Promise<void> {
  const run = context.runs.current;
  if (!run || !hasModel(run.record)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No model yet. Train on a file, or open a stored run.'));
    return;
  }
  if (run.record.config.task !== 'language') throw new GatescopeError('notOfTasks');
  const settings = continueSettings();
  const chosen = typeof temperature === 'number' ? clampedNumber(temperature, 0, 10, 1) : await askTemperature();
  if (chosen === null) return;
  const inspector = context.openInspector();
  const { link } = inspector;
  const slice = link.slice(run.record);
  const prefix = slice && link.cursor !== null ? slice.text.slice(0, link.cursor - slice.offset) : '';
  inspector.setContinuation({ pending: true, temperature: chosen });
  try {
    const seed = Math.floor(Math.random() * 0x7fffffff);
    const body = { prefix, temperature: chosen, tokens: settings.tokens, seed };
    const continuation = await run.request('continueText', body);
    inspector.setContinuation({ ...continuation, prefixEnd: prefix.slice(-SHOWN_PREFIX) });
  } catch (error) {
    inspector.setContinuation(null);
    throw error;
  }
}

async function askTemperature(): Promise<number | null> {
  const entered = await vscode.window.showInputBox({
    title: vscode.l10n.t('Continue the Text'),
    prompt: vscode.l10n.t('Temperature: 0 always takes the likeliest token, 1 samples from the model as it is'),
    value: String(continueSettings().temperature),
    validateInput: (text) => {
      const value = parseNumber(text);
      return value >= 0 && value <= 10 ? null : vscode.l10n.t('Enter a number from {0} to {1}.', 0, 10);
    },
  });
  return entered === undefined ? null : parseNumber(entered);
}
