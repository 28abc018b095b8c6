// What a run is called and how its configuration and its phase are put into words.
import * as l10n from '@vscode/l10n';
import type { RunPhase, RunRecord } from '../src/protocol/run';
import type { RunConfig } from '../src/protocol/runConfig';
import type { NumberFormats } from './numberFormats';

const CELL_NAMES: Record<RunConfig['cell'], string> = { lstm: 'LSTM', gru: 'GRU', vanilla: 'Vanilla' };
const ACTIVATION_NAMES: Record<RunConfig['activation'], string> = { tanh: 'tanh', sigmoid: 'sigmoid', relu: 'ReLU' };

/** "LSTM 128"; the vanilla cell names its activation: "Vanilla tanh 128". */
export function modelName(config: RunConfig): string {
  const activation = config.cell === 'vanilla' ? `${ACTIVATION_NAMES[config.activation]} ` : '';
  return `${CELL_NAMES[config.cell]} ${activation}${config.hiddenUnits}`;
}

/** "orthogonal, b_f = 1": how the recurrent weights began. */
export function initialisationText(config: RunConfig, formats: NumberFormats): string {
  const names: Record<RunConfig['recurrentInitialisation'], string> = {
    orthogonal: l10n.t('orthogonal'),
    glorot: 'Glorot',
    normal: l10n.t('normal, σ = {0}', formats.short(config.normalScale)),
    identity: l10n.t('identity × {0}', formats.short(config.normalScale)),
  };
  const name = names[config.recurrentInitialisation];
  return config.cell === 'lstm' ? `${name}, b_f = ${formats.short(config.forgetBias)}` : name;
}

/** How the weights came about: drawn with a seed, or by a training elsewhere of which nothing is known. */
export function beginningTexts({ config, imported }: RunRecord, formats: NumberFormats): string[] {
  if (imported && !imported.configured) return [l10n.t('weights from {0}', imported.name)];
  return [initialisationText(config, formats), l10n.t('seed {0}', config.seed)];
}

/** "characters · orthogonal, b_f = 1 · seed 1 · 92,897 parameters". */
export function configurationText(run: RunRecord, formats: NumberFormats): string {
  const unit = run.config.unit === 'words' ? l10n.t('words') : l10n.t('characters');
  const parts = [unit, ...beginningTexts(run, formats)];
  if (run.parameters > 0) parts.push(l10n.t('{0} parameters', formats.integer(run.parameters)));
  return parts.join(' · ');
}

/** One word for a phase. */
export function phaseText(phase: RunPhase): string {
  const texts: Record<RunPhase, string> = {
    preparing: l10n.t('preparing'),
    training: l10n.t('training'),
    paused: l10n.t('paused'),
    finished: l10n.t('finished'),
    stopped: l10n.t('stopped'),
    diverged: l10n.t('diverged'),
    failed: l10n.t('failed'),
  };
  return texts[phase];
}
