// What there is to know of a run's network, in words: its shape, how it is trained, and what computes it.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../src/protocol/run';
import type { RunConfig } from '../src/protocol/runConfig';
import type { DatasetInfo } from '../src/protocol/taskRun';
import type { NumberFormats } from './numberFormats';
import { connectionsName, initialisationText, modelName } from './runText';

export interface Fact {
  name: string;
  /** Set in code type, before `value`: a formula, a name, a line of the log. */
  code?: string;
  value?: string;
  /** What explains the value, in the colour of notes. */
  note?: string;
}

export interface FactGroup {
  title: string;
  facts: Fact[];
}

/** "LSTM 128 · 111,681 parameters · relaxed-simd, 2 threads": what the folded section says. */
export function modelDigest({ config, parameters, engine }: RunRecord, formats: NumberFormats): string {
  const parts = [modelName(config), l10n.t('{0} parameters', formats.integer(parameters))];
  if (engine.kernels !== '') parts.push(`${engine.kernels}, ${threadsText(engine.threads)}`);
  return parts.join(' · ');
}

/** Everything but the equations, which come with the picture. */
export function modelFacts(run: RunRecord, formats: NumberFormats): FactGroup[] {
  return [
    { title: l10n.t('Network'), facts: networkFacts(run, formats) },
    { title: l10n.t('Training'), facts: trainingFacts(run, formats) },
    { title: l10n.t('Engine'), facts: engineFacts(run) },
  ];
}

function networkFacts({ config, corpus, parameters, imported }: RunRecord, formats: NumberFormats): Fact[] {
  const { hiddenUnits, embeddingSize, unit, seed } = config;
  const known = formats.integer(corpus?.vocabulary ?? 0);
  const vocabulary =
    unit === 'words'
      ? l10n.t('{0} words, one of them for all that are unknown', known)
      : l10n.t('{0} characters, one of them for all that are unknown', known);
  return [
    ...layerFacts(config, formats),
    { name: l10n.t('Hidden units'), value: formats.integer(hiddenUnits) },
    { name: l10n.t('Embedding size'), value: formats.integer(embeddingSize) },
    ...(corpus === null ? [] : [{ name: l10n.t('Vocabulary'), value: vocabulary }]),
    { name: l10n.t('Output'), ...outputFact(config) },
    { name: l10n.t('Parameters'), value: formats.integer(parameters) },
    ...(imported ? [{ name: l10n.t('Imported from'), value: imported.name }] : []),
    ...(imported && !imported.configured
      ? []
      : [
          { name: l10n.t('Initialisation'), code: 'W_h', value: initialisationText(config, formats) },
          { name: l10n.t('Seed'), value: String(seed) },
        ]),
  ];
}

function layerFacts(config: RunConfig, formats: NumberFormats): Fact[] {
  const { layers, bidirectional, directionsJoined, connections, dropout, reservoir } = config;
  const count = formats.integer(layers);
  const both =
    directionsJoined === 'sum'
      ? l10n.t('{0}, both ways, summed', count)
      : l10n.t('{0}, both ways, side by side', count);
  const stacked = layers > 1;
  return [
    {
      name: l10n.t('Layers'),
      value: bidirectional ? both : l10n.t('{0}, from left to right', count),
      // From step to step is no order for layers above one that reads backward.
      ...(stacked &&
        !bidirectional && {
          note: l10n.t('evaluated layer by layer; step by step through all layers gives the same numbers'),
        }),
    },
    ...(stacked ? [{ name: l10n.t('Connections'), ...connectionFact(connections) }] : []),
    ...(stacked && dropout > 0
      ? [{ name: l10n.t('Dropout'), value: formats.exact(dropout), note: l10n.t('between layers, while training') }]
      : []),
    ...(reservoir
      ? [{ name: l10n.t('Trained'), value: l10n.t('the read-out only'), note: l10n.t('gradient norms count it alone') }]
      : []),
  ];
}

/** The read-out, and what its probabilities are of. */
function outputFact({ task, pooling }: RunConfig): Omit<Fact, 'name'> {
  const code = 'softmax(W_o h(t) + b_o)';
  switch (task) {
    case 'language':
      return { code, note: l10n.t('over the vocabulary: the next token') };
    case 'cloze':
      return { code, note: l10n.t('over the vocabulary: the token hidden at t') };
    case 'tagging':
      return { code, note: l10n.t('over the tags: that of token t') };
    case 'classification': {
      const states = pooling === 'last' ? 'h_last' : `${pooling}_t h(t)`;
      const note =
        pooling === 'last'
          ? l10n.t('over the classes; h_last: the state of each direction that has read the whole text')
          : l10n.t('over the classes, once per text');
      return { code: `softmax(W_o ${states} + b_o)`, note };
    }
  }
}

/** The equation of a layer above the first: y what it gives, h its states, x what it reads. */
function connectionFact(connections: RunConfig['connections']): Omit<Fact, 'name'> {
  const value = connectionsName(connections);
  switch (connections) {
    case 'none':
      return { value };
    case 'residual':
      return { code: 'y = h + x', value };
    case 'dense':
      return { code: 'x_l = [x_0, y_0 … y_(l−1)]', value };
    case 'highway':
      return { code: 'y = T∘h + (1−T)∘x, T = σ(x W_t + b_t)', value };
  }
}

function trainingFacts({ config, corpus, batch, snapshots, dataset }: RunRecord, formats: NumberFormats): Fact[] {
  const { optimizer, learningRate, clipNorm, sequenceLength, batchSize, epochs } = config;
  const rule = { adam: 'Adam', sgd: l10n.t('SGD with momentum'), rmsprop: 'RMSProp' }[optimizer];
  const { timesteps, lanes } = batch ?? { timesteps: sequenceLength, lanes: batchSize };
  const shape =
    lanes === 1
      ? l10n.t('1 sequence of {0} timesteps', formats.integer(timesteps))
      : l10n.t('{0} sequences of {1} timesteps', formats.integer(lanes), formats.integer(timesteps));
  const asked = l10n.t('{0} of {1} were asked for: the text or the memory is too small', batchSize, sequenceLength);
  const isSmaller = timesteps !== sequenceLength || lanes !== batchSize;
  return [
    {
      name: l10n.t('Optimizer'),
      value: l10n.t('{0}, learning rate {1}', rule, formats.exact(learningRate)),
    },
    {
      name: l10n.t('Clipping'),
      value: clipNorm > 0 ? l10n.t('global norm at most {0}', formats.exact(clipNorm)) : l10n.t('no clipping'),
    },
    config.task === 'language'
      ? {
          name: l10n.t('Batch'),
          value: shape,
          note: isSmaller ? asked : l10n.t('the state carried on from one to the next'),
        }
      : {
          name: l10n.t('Batch'),
          value: l10n.t('{0} sequences of at most {1} timesteps', formats.integer(lanes), formats.integer(timesteps)),
          note: l10n.t('of similar length, each read from a zero state'),
        },
    { name: l10n.t('Epochs'), value: l10n.t('{0} at most', formats.integer(epochs)) },
    ...(dataset ? [{ name: l10n.t('Examples'), value: splitExamples(dataset, formats) }] : []),
    ...(corpus === null || dataset ? [] : [{ name: l10n.t('Text'), value: splitText(corpus, formats) }]),
    ...snapshotFacts(snapshots ?? [], formats),
  ];
}

function snapshotFacts(steps: readonly number[], formats: NumberFormats): Fact[] {
  if (steps.length === 0) return [];
  return [
    {
      name: l10n.t('Snapshots'),
      value: l10n.t(
        '{0} kept, first of step {1}, last of step {2}',
        ...[steps.length, steps[0], steps[steps.length - 1]].map((n) => formats.integer(n)),
      ),
      note: l10n.t('close together at first, where most happens; the scrubber above looks at any of them'),
    },
  ];
}

function splitText(corpus: NonNullable<RunRecord['corpus']>, formats: NumberFormats): string {
  const [training, validation] = [corpus.trainingTokens, corpus.validationTokens].map((n) => formats.integer(n));
  return l10n.t('{0} tokens to train on, {1} held out', training, validation);
}

function splitExamples({ training, validation, test }: DatasetInfo, formats: NumberFormats): string {
  const counts = [training, validation, test].map((n) => formats.integer(n));
  return l10n.t('{0} to train on, {1} to decide when to stop, {2} for the scores', ...counts);
}

function engineFacts({ engine }: RunRecord): Fact[] {
  const { kernels, reason, threads, runtime, kernelsBefore } = engine;
  if (kernels === '') return [{ name: l10n.t('Kernels'), value: l10n.t('chosen when the network is built') }];
  return [
    { name: l10n.t('Kernels'), code: kernels, note: kernelsText(kernels) },
    ...(reason === '' ? [] : [{ name: l10n.t('Why, as logged'), code: reason }]),
    { name: l10n.t('Threads'), value: String(threads) },
    { name: l10n.t('Precision'), code: 'float32' },
    ...(runtime === undefined ? [] : [{ name: l10n.t('Runtime'), value: runtime }]),
    {
      name: l10n.t('Same bits again'),
      value:
        kernelsBefore === undefined
          ? l10n.t('with the same text, options, seed and kernels, on any number of threads')
          : l10n.t('not certain: trained with {0} kernels before it was resumed here', kernelsBefore),
    },
  ];
}

function threadsText(threads: number): string {
  return threads === 1 ? l10n.t('1 thread') : l10n.t('{0} threads', threads);
}

/** What a variant of the kernels is; nothing for one that is not known here. */
function kernelsText(kernels: string): string | undefined {
  switch (kernels) {
    case 'javascript':
      return l10n.t('plain JavaScript, without WebAssembly');
    case 'simd':
      return l10n.t('WebAssembly on 128-bit vectors, product and sum rounded each');
    case 'relaxed-simd':
      return l10n.t('WebAssembly on 128-bit vectors, a·b + c rounded once');
    case 'relaxed-simd-wide':
      return l10n.t('WebAssembly on 256-bit vectors, a·b + c rounded once');
    default:
      return undefined;
  }
}
