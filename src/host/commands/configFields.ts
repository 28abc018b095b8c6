// The options of a run as the option list shows them: title, choices, and where they apply.
import {
  ACTIVATIONS,
  CELLS,
  OPTIMIZERS,
  RECURRENT_INITIALISATIONS,
  RESET_GATES,
  TOKEN_UNITS,
  type RunConfig,
} from '../../protocol/runConfig';
import { cellTitle, optimizerTitle, unitLabel } from '../runs/runLabel';
import type { Translate } from '../translate';

export interface ConfigField {
  key: keyof RunConfig;
  title: string;
  /** What it does, one line. */
  detail: string;
  /** Values to choose from with their labels; null for a number. */
  choices: { value: string; label: string }[] | null;
}

/** The options that have a meaning for this configuration, in the order a person thinks of them. */
export function configFields(config: RunConfig, t: Translate): ConfigField[] {
  const choice = (values: readonly string[], label: (value: string) => string = (value) => value) =>
    values.map((value) => ({ value, label: label(value) }));
  const field = (key: keyof RunConfig, title: string, detail: string, choices: ConfigField['choices'] = null) => ({
    key,
    title,
    detail,
    choices,
  });
  const scaled = config.recurrentInitialisation === 'normal' || config.recurrentInitialisation === 'identity';
  const fields: (ConfigField | false)[] = [
    field(
      'cell',
      t('Cell'),
      t('vanilla, LSTM or GRU'),
      choice(CELLS, (value) => cellTitle(value as RunConfig['cell'])),
    ),
    config.cell === 'vanilla' && field('activation', t('Activation'), t('of the vanilla cell'), choice(ACTIVATIONS)),
    config.cell === 'gru' &&
      field('resetGate', t('Reset gate'), t('before or after the matrix product'), choice(RESET_GATES, resetLabel(t))),
    field(
      'unit',
      t('Tokens'),
      t('what one timestep reads'),
      choice(TOKEN_UNITS, (value) => unitLabel(value as RunConfig['unit'], t)),
    ),
    field('hiddenUnits', t('Hidden units'), t('width of the recurrent layer')),
    field('embeddingSize', t('Embedding size'), t('vector that stands for one token')),
    field('sequenceLength', t('Sequence length'), t('timesteps of truncated backpropagation')),
    field('batchSize', t('Batch size'), t('sequences trained side by side')),
    field(
      'optimizer',
      t('Optimizer'),
      t('how the gradient moves the weights'),
      choice(OPTIMIZERS, (value) => optimizerTitle(value as RunConfig['optimizer'], t)),
    ),
    field('learningRate', t('Learning rate'), t('of the optimizer')),
    field('clipNorm', t('Clipping threshold'), t('largest global gradient norm; 0 switches clipping off')),
    field(
      'recurrentInitialisation',
      t('Initialisation'),
      t('of the recurrent weights W_h'),
      choice(RECURRENT_INITIALISATIONS),
    ),
    scaled && field('normalScale', t('Initial scale'), t('standard deviation, or gain of the identity')),
    config.cell === 'lstm' && field('forgetBias', t('Forget bias'), t('of the forget gate before training')),
    field('seed', t('Seed'), t('same seed, same run')),
    field('epochs', t('Epochs'), t('passes over the text, at most')),
  ];
  return fields.filter((one) => one !== false);
}

function resetLabel(t: Translate): (value: string) => string {
  return (value) => (value === 'after' ? t('after the product') : t('before the product'));
}

/** The value of an option as it is shown in the list. */
export function valueLabel(field: ConfigField, config: RunConfig): string {
  const value = config[field.key];
  return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
}
