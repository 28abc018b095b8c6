// What a saved figure is of, as the sentence under it, as constant columns of its table, and in the name of its file.
import type { LayerPlace } from '../../src/protocol/layerPlace';
import type { RunRecord } from '../../src/protocol/run';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import * as l10n from '@vscode/l10n';
import { hasPlaces } from '../networkPlace';
import type { NumberFormats } from '../numberFormats';
import { initialisationText, modelName } from '../runText';
import { stepCaption } from '../stepCaption';
import type { TableValue } from './table';

/** "lamps.txt · LSTM 128 · orthogonal, b_f = 1 · seed 7 · step 2,400 of 4,000" of a figure that has no window of text; `at`: of other weights than the newest. */
export function trainingCaption(
  run: RunRecord,
  formats: NumberFormats,
  at: Pick<FrameHeader, 'step' | 'snapshot'> = { step: run.step },
): string {
  return [
    run.source.name,
    modelName(run.config),
    initialisationText(run.config, formats),
    l10n.t('seed {0}', run.config.seed),
    stepCaption(at, run, formats),
  ].join(' · ');
}

/**
 * Columns that are the same in every row, so that tables of several runs can be put together; `header` of the window, if any, and the place
 * that the numbers are of, where there are several.
 */
export function provenance(
  run: RunRecord,
  header: FrameHeader | null,
  formats: NumberFormats,
  place?: LayerPlace,
): Record<string, TableValue> {
  return {
    run: run.id,
    file: run.source.name,
    model: modelName(run.config),
    initialisation: initialisationText(run.config, formats),
    seed: run.config.seed,
    training_step: header?.step ?? run.step,
    ...(place &&
      hasPlaces(run.config) && { layer: place.layer + 1, direction: place.reverse ? 'backward' : 'forward' }),
    ...(header && { window_start: header.tokens[0]?.start ?? 0, window_steps: header.tokens.length }),
  };
}

/** "lamps-lstm-128-gate-f-step-2400": letters and digits of any script, nothing that a file system could refuse. */
export function fileName(run: RunRecord, figure: string, step: number): string {
  const stem = run.source.name.replace(/\.[^.]*$/, '').slice(0, 40);
  return [stem, modelName(run.config).toLowerCase(), figure, `step-${step}`]
    .map((part) => part.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-');
}
