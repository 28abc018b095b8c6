// What a run is called and how its configuration and its phase are put into words.
import * as l10n from '@vscode/l10n';
import type { RunPhase, RunRecord } from '../src/protocol/run';
import type { RunConfig } from '../src/protocol/runConfig';
import type { NumberFormats } from './numberFormats';

const CELL_NAMES: Record<RunConfig['cell'], string> = { lstm: 'LSTM', gru: 'GRU', vanilla: 'Vanilla' };
const ACTIVATION_NAMES: Record<RunConfig['activation'], string> = { tanh: 'tanh', sigmoid: 'sigmoid', relu: 'ReLU' };

/** "LSTM 128", "BiLSTM 128 × 2", "LSTM 128 × 8 residual"; the vanilla cell names its activation: "Vanilla tanh 128". */
export function modelName(config: RunConfig): string {
  const { cell, hiddenUnits, layers, bidirectional, connections, reservoir } = config;
  const activation = cell === 'vanilla' ? `${ACTIVATION_NAMES[config.activation]} ` : '';
  const parts = [`${bidirectional ? 'Bi' : ''}${CELL_NAMES[cell]} ${activation}${hiddenUnits}`];
  if (layers > 1) parts.push(`× ${layers}`);
  if (layers > 1 && connections !== 'none') parts.push(connectionsName(connections));
  if (reservoir) parts.push(l10n.t('echo state'));
  return parts.join(' ');
}

/** One word for what leads around the layers. */
export function connectionsName(connections: RunConfig['connections']): string {
  const names: Record<RunConfig['connections'], string> = {
    none: l10n.t('none'),
    residual: l10n.t('residual'),
    dense: l10n.t('dense'),
    highway: l10n.t('highway'),
  };
  return names[connections];
}

/** "orthogonal": how W_h was drawn, and what it was scaled to. */
export function recurrentInitialisationText(config: RunConfig, formats: NumberFormats): string {
  const names: Record<RunConfig['recurrentInitialisation'], string> = {
    orthogonal: l10n.t('orthogonal'),
    glorot: 'Glorot',
    normal: l10n.t('normal, σ = {0}', formats.short(config.normalScale)),
    identity: l10n.t('identity × {0}', formats.short(config.normalScale)),
  };
  const name = names[config.recurrentInitialisation];
  return config.spectralRadius > 0 ? `${name}, ρ = ${formats.short(config.spectralRadius)}` : name;
}

/** "1", or the distribution of forget biases for memories of all lengths. */
export function forgetBiasText({ forgetGate, forgetBias, sequenceLength }: RunConfig, formats: NumberFormats): string {
  return forgetGate === 'chrono' ? `ln U(1, ${formats.integer(sequenceLength - 1)})` : formats.short(forgetBias);
}

/** "orthogonal, b_f = 1": how the recurrent weights began. */
export function initialisationText(config: RunConfig, formats: NumberFormats): string {
  const recurrent = recurrentInitialisationText(config, formats);
  return config.cell === 'lstm' ? `${recurrent}, b_f = ${forgetBiasText(config, formats)}` : recurrent;
}

/** How the weights came about: drawn with a seed, or by a training elsewhere of which nothing is known. */
export function beginningTexts({ config, imported }: RunRecord, formats: NumberFormats): string[] {
  if (imported && !imported.configured) return [l10n.t('weights from {0}', imported.name)];
  return [initialisationText(config, formats), l10n.t('seed {0}', config.seed)];
}

/** "characters · orthogonal, b_f = 1 · seed 1 · 92,897 parameters". */
export function configurationText(run: RunRecord, formats: NumberFormats): string {
  const unit = run.config.unit === 'words' ? l10n.t('words') : l10n.t('characters');
  const parts = [...taskTexts(run), unit, ...beginningTexts(run, formats)];
  if (run.parameters > 0) parts.push(l10n.t('{0} parameters', formats.integer(run.parameters)));
  return parts.join(' · ');
}

/** "classification, mean pooling" in front of what a run is made of; nothing for a language model. */
function taskTexts({ config }: RunRecord): string[] {
  const { task, pooling } = config;
  if (task === 'language') return [];
  const poolings = { mean: l10n.t('mean pooling'), max: l10n.t('max pooling'), last: l10n.t('last state') };
  if (task === 'classification') return [`${l10n.t('classification')}, ${poolings[pooling]}`];
  return [task === 'tagging' ? l10n.t('tagging') : l10n.t('cloze')];
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
