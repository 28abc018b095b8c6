// Before training on a large text: measures how long it would take and offers to train on its beginning instead.
import * as vscode from 'vscode';
import type { RunConfig } from '../../protocol/runConfig';
import { formatDuration } from '../statusText';
import type { Estimator } from '../runs/estimator';
import type { TrainingText } from '../runs/trainingText';

const MEGABYTE = 1024 * 1024;
/** Texts above this size are asked about. */
export const LARGE_BYTES = 20 * MEGABYTE;
export const HEAD_BYTES = 5 * MEGABYTE;

/** The text to train on after asking, or null when the person gave up. Small texts pass unasked. */
export async function confirmLargeText(
  text: TrainingText,
  config: RunConfig,
  estimator: Estimator,
): Promise<TrainingText | null> {
  if (text.bytes <= LARGE_BYTES) return text;
  const seconds = await measure(text, config, estimator);
  if (seconds === 'cancelled') return null;
  const head = vscode.l10n.t('Train on the First {0} MB', HEAD_BYTES / MEGABYTE);
  const all = vscode.l10n.t('Train on All of It');
  const message = vscode.l10n.t('“{0}” has {1} MB.', text.source.name, Math.round(text.bytes / MEGABYTE));
  const detail =
    seconds === null
      ? vscode.l10n.t('How long training takes could not be measured. Its beginning is enough to see a network learn.')
      : vscode.l10n.t(
          'Training on all of it with {0} epochs takes about {1}; on the first {2} MB about {3}. The file is streamed and the editor stays responsive; you can stop at any time.',
          config.epochs,
          formatDuration(seconds, vscode.l10n.t),
          HEAD_BYTES / MEGABYTE,
          formatDuration((seconds * HEAD_BYTES) / text.bytes, vscode.l10n.t),
        );
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, head, all);
  if (answer === all) return text;
  return answer === head ? headOf(text) : null;
}

/** The beginning of a text: by bytes of its file, or by UTF-16 units of live text. */
export function headOf({ source, text }: TrainingText): TrainingText {
  return {
    source: { ...source, part: { kind: 'head', bytes: HEAD_BYTES } },
    text: text === null ? null : text.slice(0, HEAD_BYTES),
    bytes: HEAD_BYTES,
  };
}

/** Seconds for all epochs; null when the measurement failed. */
async function measure(
  text: TrainingText,
  config: RunConfig,
  estimator: Estimator,
): Promise<number | null | 'cancelled'> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: vscode.l10n.t('Measuring how long training on “{0}” takes…', text.source.name),
  };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const cancelled = token.onCancellationRequested(() => estimator.cancel());
    try {
      return (await estimator.measure(config, text)).seconds;
    } catch {
      return token.isCancellationRequested ? 'cancelled' : null;
    } finally {
      cancelled.dispose();
    }
  });
}
