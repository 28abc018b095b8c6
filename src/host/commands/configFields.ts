// The options of a run as the option list shows them: title, choices, and where they apply.
import {
  ACTIVATIONS,
  CELLS,
  CONNECTIONS,
  FORGET_GATES,
  JOINED_DIRECTIONS,
  OPTIMIZERS,
  POOLINGS,
  RECURRENT_INITIALISATIONS,
  RESET_GATES,
  TASKS,
  TOKEN_UNITS,
  type RunConfig,
} from '../../protocol/runConfig';
import { cellTitle, connectionsLabel, optimizerTitle, taskLabel, unitLabel } from '../runs/runLabel';
import type { Translate } from '../translate';

export interface ConfigField {
  key: keyof RunConfig;
  title: string;
  /** What it does, one line. */
  detail: string;
  /** Values to choose from with their labels; null for a number. */
  choices: { value: string | boolean; label: string }[] | null;
}

/** The options that have a meaning for this configuration, in the order a person thinks of them. */
export function configFields(config: RunConfig, t: Translate): ConfigField[] {
  const choice = <T extends string | boolean>(values: readonly T[], label: (value: T) => string = String) =>
    values.map((value) => ({ value, label: label(value) }));
  const either = (no: string, yes: string) => choice([false, true], (value) => (value ? yes : no));
  const field = (key: keyof RunConfig, title: string, detail: string, choices: ConfigField['choices'] = null) => ({
    key,
    title,
    detail,
    choices,
  });
  const stacked = config.layers > 1;
  const lstm = config.cell === 'lstm';
  const scaled = config.recurrentInitialisation === 'normal' || config.recurrentInitialisation === 'identity';
  const fields: (ConfigField | false)[] = [
    field('cell', t('Cell'), t('vanilla, LSTM or GRU'), choice(CELLS, cellTitle)),
    config.cell === 'vanilla' && field('activation', t('Activation'), t('of the vanilla cell'), choice(ACTIVATIONS)),
    config.cell === 'gru' &&
      field('resetGate', t('Reset gate'), t('before or after the matrix product'), choice(RESET_GATES, resetLabel(t))),
    field(
      'unit',
      t('Tokens'),
      t('what one timestep reads'),
      choice(TOKEN_UNITS, (value) => unitLabel(value, t)),
    ),
    field(
      'task',
      t('Task'),
      t('what is learnt from the text'),
      choice(TASKS, (value) => taskLabel(value, t)),
    ),
    config.task === 'classification' &&
      field(
        'pooling',
        t('Pooling'),
        t('how the states of all tokens become one'),
        choice(POOLINGS, (value) => poolingLabel(value, t)),
      ),
    field('hiddenUnits', t('Hidden units'), t('width of a recurrent layer')),
    field('layers', t('Layers'), t('recurrent layers on top of each other; 2 to 4 are the useful range')),
    field('bidirectional', t('Directions'), t('both are not for language models'), either(t('one'), t('both'))),
    config.bidirectional &&
      field(
        'directionsJoined',
        t('Directions joined'),
        t('what both directions give to the layer above'),
        choice(JOINED_DIRECTIONS, (value) => (value === 'sum' ? t('their sum') : t('side by side'))),
      ),
    stacked &&
      field(
        'connections',
        t('Connections'),
        t('what leads around the layers above the first; 8 layers need some'),
        choice(CONNECTIONS, (value) => connectionsLabel(value, t)),
      ),
    stacked &&
      config.connections === 'highway' &&
      field('highwayBias', t('Highway bias'), t('of the transform gates before training; below 0 they carry')),
    stacked && field('dropout', t('Dropout'), t('share of the values dropped between layers while training')),
    field('embeddingSize', t('Embedding size'), t('vector that stands for one token')),
    field('sequenceLength', t('Sequence length'), t('timesteps of truncated backpropagation')),
    field('batchSize', t('Batch size'), t('sequences trained side by side')),
    field(
      'optimizer',
      t('Optimizer'),
      t('how the gradient moves the weights'),
      choice(OPTIMIZERS, (value) => optimizerTitle(value, t)),
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
    lstm &&
      field(
        'forgetGate',
        t('Forget gate'),
        t('how its bias begins'),
        choice(FORGET_GATES, (value) => (value === 'chrono' ? t('chrono, for all lengths of memory') : t('constant'))),
      ),
    lstm &&
      config.forgetGate === 'constant' &&
      field('forgetBias', t('Forget bias'), t('of the forget gate before training')),
    field('spectralRadius', t('Spectral radius'), t('that W_h is scaled to before training; 0 leaves it as drawn')),
    field(
      'reservoir',
      t('Trained'),
      t('all, or the read-out alone: an echo state network'),
      either(t('all weights'), t('read-out only')),
    ),
    field('seed', t('Seed'), t('same seed, same run')),
    field('epochs', t('Epochs'), t('passes over the text, at most')),
  ];
  return fields.filter((one) => one !== false);
}

function poolingLabel(pooling: RunConfig['pooling'], t: Translate): string {
  return { mean: t('mean'), max: t('maximum'), last: t('last state') }[pooling];
}

function resetLabel(t: Translate): (value: string) => string {
  return (value) => (value === 'after' ? t('after the product') : t('before the product'));
}

/** The value of an option as it is shown in the list. */
export function valueLabel(field: ConfigField, config: RunConfig): string {
  const value = config[field.key];
  return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
}
