// Pictures of runs on tasks: a sentence that is classified, tokens that are tagged, a hidden word.
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { networkPlaces, placeSuffix } from '../../src/protocol/layerPlace';
import { defaultsOf } from '../../src/protocol/taskDefaults';
import type { DatasetInfo, Scores } from '../../src/protocol/taskRun';
import {
  decodeFrame,
  encodeFrame,
  type FrameArrays,
  type Prediction,
  type TaskPrediction,
} from '../../src/protocol/traceFrame';
import { state } from './startScenarios';
import { syntheticFrame } from './syntheticFrame';
import { syntheticMetrics, syntheticRecord } from './syntheticRun';

const SENTENCE = ['the', 'movie', 'was', 'terribly', 'exciting', '!'];
const FOCUS = 3;
const TAGS = ['DET', 'NOUN', 'AUX', 'ADV', 'ADJ', 'PUNCT'];

const told = (pairs: Record<string, number>): Prediction[] =>
  Object.entries(pairs).map(([text, probability]) => ({ text, probability }));

const PREDICTIONS: Record<TaskPrediction['task'], Partial<TaskPrediction>> = {
  classification: {
    ...{ at: null, likeliest: told({ positive: 0.91, negative: 0.09 }), outcomes: 2 },
    ...{ gold: { text: 'negative', probability: 0.09 }, target: 'negative', loss: 2.408 },
  },
  tagging: {
    ...{ at: FOCUS, likeliest: told({ ADV: 0.84, ADJ: 0.12, NOUN: 0.04 }), outcomes: 17, tags: TAGS },
    ...{ gold: { text: 'ADV', probability: 0.84 }, target: 'ADV', loss: 0.174 },
  },
  cloze: {
    ...{ at: FOCUS, likeliest: told({ very: 0.4, really: 0.22, terribly: 0.1, not: 0.06 }), outcomes: 4211 },
    ...{ gold: { text: 'terribly', probability: 0.1 }, target: 'terribly', loss: 2.303 },
  },
};

const SCORES: Scores = {
  ...{ part: 'test', step: 1800, examples: 120, n: 120, accuracy: 0.775, interval: [0.692, 0.841], macroF1: 0.774 },
  ...{ loss: 0.5, perplexity: null, majority: { label: 'negative', accuracy: 0.508 } },
  ...{ labels: ['negative', 'positive'] },
  confusion: [
    [49, 12],
    [15, 44],
  ],
};

const DATASET: DatasetInfo = {
  ...{ task: 'classification', source: { files: [{ path: '/reviews.tsv', label: null }] }, labels: SCORES.labels },
  ...{ training: 960, validation: 120, test: 120, emptyLines: 2, incomplete: 0, truncated: 3, singletons: 0 },
  ...{ unknownShare: 0.041, columns: ['1', '2'] },
};

function picture(task: TaskPrediction['task'], withTwin = false): ToInspector[] {
  const config = { ...defaultsOf(task), layers: task === 'classification' ? 1 : 2 };
  const { layers, bidirectional } = config;
  const base = syntheticFrame({ layers, bidirectional, units: 32, columns: SENTENCE.length });
  const offsets = SENTENCE.map((_, t) => SENTENCE.slice(0, t).join(' ').length + (t > 0 ? 1 : 0));
  const prediction: TaskPrediction = {
    ...{ task, at: null, likeliest: [], outcomes: 0, gold: null, target: '', loss: 0, tags: null, truncated: false },
    ...PREDICTIONS[task],
  };
  const gates = Object.entries(decodeFrame(base)).filter(([name]) => name.startsWith('gate.'));
  const row = (scale: number): FrameArrays[string] => ({
    shape: [SENTENCE.length],
    values: Float32Array.from(SENTENCE, (_, t) => scale * (t === 4 ? 0.9 : t === FOCUS ? 0.4 : 0.04 + 0.02 * t)),
  });
  const flows = networkPlaces({ layers, bidirectional }).map((place, k) => [
    `flow.hidden${placeSuffix(place)}`,
    row(1 / (k + 1)),
  ]);
  const arrays = Object.fromEntries([...gates, ...flows, ['flow.input', row(0.5)]]) as FrameArrays;
  const header = {
    ...base.header,
    tokens: SENTENCE.map((text, t) => ({ text, start: offsets[t], end: offsets[t] + text.length, known: true })),
    ...{ focus: FOCUS, next: null, warmUp: 0, startsText: true, prediction, origin: 'document' as const },
    predictions: SENTENCE.map((_, t) =>
      task === 'tagging' ? told({ [t === 2 ? 'VERB' : TAGS[t]]: 0.8, X: 0.1 }) : [],
    ),
  };
  const metrics = syntheticMetrics(2400, 20, { start: 0.7, end: 0.3 }).map((metric) => ({
    ...metric,
    validationAccuracy: metric.validationLoss === null ? null : 1 - 0.6 * metric.validationLoss,
  }));
  const run = syntheticRecord({
    ...{ config, phase: 'finished' as const, source: { ...syntheticRecord().source, name: 'reviews.tsv' } },
    dataset: { ...DATASET, task, labels: task === 'classification' ? DATASET.labels : task === 'tagging' ? TAGS : [] },
    ...(task === 'classification' ? { scores: SCORES } : {}),
  });
  const forwardOnly = { ...config, bidirectional: false };
  const scores: Scores = { ...SCORES, accuracy: 0.708, interval: [0.622, 0.782] };
  const twin = syntheticRecord({
    id: 'forward-only',
    config: forwardOnly,
    phase: 'finished',
    parameters: 60_000,
    scores,
  });
  const runs = [{ config: forwardOnly, record: twin, metrics: [], problem: null }];
  const comparison = withTwin ? { budget: 'units' as const, active: false, runs } : null;
  return [
    state({ run, metrics, cursor: header.tokens[FOCUS].end, comparison }),
    { kind: 'frame', sequence: 1, frame: encodeFrame(header, arrays) },
  ];
}

export const TASK_SCENARIOS = {
  classified: () => picture('classification'),
  twoDirections: () => picture('classification', true),
  tagged: () => picture('tagging'),
  hiddenWord: () => picture('cloze'),
} satisfies Record<string, () => ToInspector[]>;
