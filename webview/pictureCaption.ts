// What every picture of a window is of: file, model, initialisation, seed, step, window.
import * as l10n from '@vscode/l10n';
import type { NumberFormats } from './numberFormats';
import type { Picture } from './picture';
import { beginningTexts, modelName } from './runText';
import { stepCaption } from './stepCaption';

/** "lamps.txt · LSTM 128 · orthogonal, b_f = 1 · seed 7 · step 2,400 of 4,000 · 104 steps from offset 0"; nothing without a run. */
export function pictureCaption({ run, header }: Pick<Picture, 'run' | 'header'>, formats: NumberFormats): string {
  if (run === null) return '';
  return [
    run.source.name,
    modelName(run.config),
    ...beginningTexts(run, formats),
    stepCaption(header, run, formats),
    l10n.t(
      '{0} steps from offset {1}',
      formats.integer(header.tokens.length),
      formats.integer(header.tokens[0]?.start ?? 0),
    ),
  ].join(' · ');
}
