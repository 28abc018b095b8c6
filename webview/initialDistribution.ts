// From which distribution each parameter was drawn before training, in words and with its numbers.
import * as l10n from '@vscode/l10n';
import type { RunConfig } from '../src/protocol/runConfig';
import type { NumberFormats } from './numberFormats';
import { forgetBiasText, recurrentInitialisationText } from './runText';

/** Of a parameter of this name and shape, as src/engine/network/initialisation.ts draws it. */
export function initialDistribution(
  config: RunConfig,
  { name, shape }: { name: string; shape: readonly number[] },
  formats: NumberFormats,
): string {
  const glorot = (rows: number, columns: number) => formats.short(Math.sqrt(6 / (rows + columns)));
  if (name === 'embedding') return config.task === 'language' ? 'N(0, 1)' : `N(0, ${formats.short(0.1)}²)`;
  if (name.startsWith('W_x')) {
    const bound = glorot(shape[0], config.hiddenUnits);
    return config.cell === 'vanilla'
      ? l10n.t('Glorot: U(±{0})', bound)
      : l10n.t('Glorot: U(±{0}), gate by gate', bound);
  }
  if (name.startsWith('W_h')) return recurrentInitialisationText(config, formats);
  if (name === 'W_o' || name.startsWith('W_t')) return l10n.t('Glorot: U(±{0})', glorot(shape[0], shape[1]));
  if (name.startsWith('b_t')) return formats.short(config.highwayBias);
  const isGateBias = name !== 'b_o' && !name.startsWith('b_hh');
  return isGateBias && config.cell === 'lstm' ? gateBiases(config, formats) : '0';
}

function gateBiases(config: RunConfig, formats: NumberFormats): string {
  const forget = l10n.t('0; b_f = {0}', forgetBiasText(config, formats));
  return config.forgetGate === 'chrono' ? `${forget}, b_i = −b_f` : forget;
}

/** What a parameter is for. */
export function parameterMeaning(name: string, cell: RunConfig['cell']): string {
  const ofState = cell === 'vanilla' ? stateParameter(name) : null;
  if (ofState !== null) return ofState;
  if (name === 'embedding') return l10n.t('one vector x for every token of the vocabulary');
  if (/^W_x_l[1-9]/.test(name))
    return l10n.t('from what the layers below give to the gates, one block of columns each');
  if (name.startsWith('W_x')) return l10n.t('from the token’s vector x(t) to the gates, one block of columns each');
  if (/^W_h.*_reverse$/.test(name)) return l10n.t('from the state h(t+1) to the gates, one block of columns each');
  if (name.startsWith('W_h')) return l10n.t('from the state h(t−1) to the gates, one block of columns each');
  if (name.startsWith('W_t')) return l10n.t('from what the layer reads to its transform gate');
  if (name.startsWith('b_t')) return l10n.t('added in the transform gate');
  if (name === 'W_o') return l10n.t('from the state h(t) to the next token’s logits');
  if (name === 'b_o') return l10n.t('added to the logits');
  if (name.startsWith('b_hh')) return l10n.t('added to W_h h(t−1) of the candidate, before the reset gate');
  return l10n.t('added in every gate');
}

/** The same of a cell without gates; null for what all cells have alike. */
function stateParameter(name: string): string | null {
  if (/^W_x_l[1-9]/.test(name)) return l10n.t('from what the layers below give to the state h(t)');
  if (name.startsWith('W_x')) return l10n.t('from the token’s vector x(t) to the state h(t)');
  if (/^W_h.*_reverse$/.test(name)) return l10n.t('from the state h(t+1) to the state h(t)');
  if (name.startsWith('W_h')) return l10n.t('from the state h(t−1) to the state h(t)');
  return /^b(_l\d+)?(_reverse)?$/.test(name) ? l10n.t('added in every unit') : null;
}
