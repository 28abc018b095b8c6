// What every picture of a window is of: file, model, initialisation, seed, step, window.
import * as l10n from '@vscode/l10n';
import { hasPlaces, placeText } from './networkPlace';
import type { NumberFormats } from './numberFormats';
import type { Picture } from './picture';
import { beginningTexts, modelName } from './runText';
import { stepCaption } from './stepCaption';

/**
 * "lamps.txt · LSTM 128 · orthogonal, b_f = 1 · seed 7 · step 2,400 of 4,000 · 104 steps from offset 0"; with the layer and the direction after
 * the model where the picture is of one of several; nothing without a run.
 */
export function pictureCaption(
  { run, header, place }: Pick<Picture, 'run' | 'header'> & Partial<Pick<Picture, 'place'>>,
  formats: NumberFormats,
): string {
  if (run === null) return '';
  return [
    run.source.name,
    modelName(run.config),
    ...(place && hasPlaces(header) ? [placeText(place, header)] : []),
    ...beginningTexts(run, formats),
    stepCaption(header, run, formats),
    l10n.t(
      '{0} steps from offset {1}',
      formats.integer(header.tokens.length),
      formats.integer(header.tokens[0]?.start ?? 0),
    ),
  ].join(' · ');
}
