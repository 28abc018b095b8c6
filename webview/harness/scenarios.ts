// Every state of the inspector by name, as the messages the host would send for it; those without a picture in startScenarios.ts.
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { DEFAULT_CONFIG } from '../../src/protocol/runConfig';
import { syntheticFrame, type SyntheticFrameOptions } from './syntheticFrame';
import { PLACE_SCENARIOS } from './placeScenarios';
import { TASK_SCENARIOS } from './taskScenarios';
import { START_SCENARIOS, state } from './startScenarios';
import { HARNESS_CORPUS, syntheticMetrics, syntheticRecord } from './syntheticRun';
import { comparisonUnderWay, syntheticComparison } from './syntheticComparison';
import { HARNESS_TEXT, KOREAN_TEXT } from './syntheticText';

const frame = (options: SyntheticFrameOptions = {}): ToInspector => ({
  kind: 'frame',
  sequence: 1,
  frame: syntheticFrame(options),
});
const working = { activity: null, fraction: null, tokensPerSecond: 52_000, secondsLeft: 42 };
const metrics = syntheticMetrics(2400);

const vanillaConfig = {
  ...DEFAULT_CONFIG,
  cell: 'vanilla' as const,
  activation: 'relu' as const,
  recurrentInitialisation: 'identity' as const,
  normalScale: 0.9,
  learningRate: 0.1,
  clipNorm: 0,
};
const wordCorpus = {
  ...HARNESS_CORPUS,
  tokens: 254_000,
  characters: 1_115_394,
  vocabulary: 11_456,
  unigramEntropy: 6.9,
};

const divergence = {
  step: 22,
  restoredStep: 20,
  what: 'loss' as const,
  parameter: null,
  batchText: 'are not afraid of the stairs.\n"Who counts the keeper?" they ask',
  norms: [
    2.1,
    420,
    0.7,
    0.66,
    0.63,
    0.6,
    0.62,
    0.66,
    0.7,
    0.9,
    160,
    0.52,
    0.5,
    0.49,
    0.5,
    0.52,
    0.54,
    0.55,
    0.6,
    0.84,
    2.4,
    4.8e6,
    null,
  ],
  proposedClip: 1,
  medianNorm: 0.5,
};

const crash = { code: 'trainerCrashed', args: { reason: 'SIGKILL' } };

export const SCENARIOS = {
  ...START_SCENARIOS,
  ...PLACE_SCENARIOS,
  ...TASK_SCENARIOS,
  start: () => [
    state({ run: syntheticRecord({ phase: 'training', step: 0 }), progress: { ...working, secondsLeft: null } }),
    frame({ step: 0 }),
  ],
  pictureComing: () => [
    state({ run: syntheticRecord({ step: 1 }), metrics: syntheticMetrics(1, 1), progress: working }),
  ],
  training: () => [state({ run: syntheticRecord(), metrics, progress: working, cursor: 96 }), frame()],
  snapshot: () => [
    state({ run: syntheticRecord(), metrics, progress: working, cursor: 96, snapshot: 24 }),
    frame({ step: 24, snapshot: true }),
  ],
  paused: () => [state({ run: syntheticRecord({ phase: 'paused' }), metrics, progress: null, cursor: 96 }), frame()],
  finished: () => [
    state({ run: syntheticRecord({ phase: 'finished', step: 4000 }), metrics: syntheticMetrics(4000), cursor: 96 }),
    frame({ step: 4000 }),
  ],
  gru: () => [
    state({
      run: syntheticRecord({ config: { ...DEFAULT_CONFIG, cell: 'gru' } }),
      metrics,
      progress: working,
      cursor: 60,
    }),
    frame({ cell: 'gru' }),
  ],
  vanilla: () => [
    state({
      run: syntheticRecord({ config: { ...DEFAULT_CONFIG, cell: 'vanilla' } }),
      metrics,
      progress: working,
      cursor: 60,
    }),
    frame({ cell: 'vanilla' }),
  ],
  korean: () => [
    state({ run: syntheticRecord(), metrics, progress: working }),
    frame({ text: KOREAN_TEXT, focus: 14 }),
  ],
  words: () => [
    state({
      run: syntheticRecord({ config: { ...DEFAULT_CONFIG, unit: 'words' }, corpus: wordCorpus }),
      metrics: syntheticMetrics(2400, 20, { start: 9.3, end: 4.9 }),
      progress: working,
    }),
    frame({ words: true, columns: 16 }),
  ],
  comparison: () => [
    state({
      run: syntheticRecord(),
      metrics,
      progress: working,
      cursor: 96,
      comparison: syntheticComparison(),
    }),
    frame(),
  ],
  comparing: () => [
    state({ run: syntheticRecord(), metrics, progress: working, cursor: 96, comparison: comparisonUnderWay() }),
    frame(),
  ],
  stale: () => [
    state({
      run: syntheticRecord({ phase: 'finished', step: 4000 }),
      metrics: syntheticMetrics(4000),
      cursor: 96,
      stale: { reason: 'edited', edit: { start: 52, end: 59, characters: 7 } },
    }),
    frame({ step: 4000 }),
  ],
  staleSample: () => [
    state({
      document: null,
      run: syntheticRecord({ phase: 'finished', step: 4000 }),
      metrics: syntheticMetrics(4000),
      stale: { reason: 'edited', edit: { start: 52, end: 59, characters: 7 } },
    }),
    frame({ step: 4000, origin: 'sample' }),
  ],
  deleted: () => [
    state({
      document: null,
      run: syntheticRecord({ phase: 'finished', step: 4000 }),
      metrics: syntheticMetrics(4000),
      stale: { reason: 'deleted', edit: null },
    }),
    frame({ step: 4000 }),
  ],
  differentText: () => [
    state({
      document: { name: 'ships.txt', uri: 'file:///ships.txt', preview: HARNESS_TEXT },
      run: syntheticRecord({ phase: 'paused' }),
      metrics,
      stale: { reason: 'differentText', edit: null },
    }),
    frame(),
  ],
  otherEncoding: () => [
    state({
      run: syntheticRecord({ phase: 'finished', step: 4000 }),
      metrics: syntheticMetrics(4000),
      stale: { reason: 'otherEncoding', edit: null, encodings: { editor: 'UTF-8', trained: 'EUC-KR' } },
    }),
    frame({ step: 4000, origin: 'sample' }),
  ],
  diverged: () => [
    state({
      run: syntheticRecord({ phase: 'diverged', step: 20, config: vanillaConfig, divergence }),
      metrics: syntheticMetrics(20, 1),
      cursor: 60,
    }),
    frame({ cell: 'vanilla', step: 20 }),
  ],
  divergedAtOnce: () => [
    state({
      run: syntheticRecord({
        phase: 'diverged',
        step: 0,
        config: vanillaConfig,
        divergence: { ...divergence, step: 1, restoredStep: 0, norms: [null], medianNorm: 0 },
      }),
      metrics: [],
      cursor: 60,
    }),
    frame({ cell: 'vanilla', step: 0 }),
  ],
  crashed: () => [
    state({
      run: syntheticRecord({ phase: 'failed', step: 2400, failure: crash }),
      metrics,
      failure: {
        failure: crash,
        resumable: true,
        message:
          'The training process ended unexpectedly (SIGKILL); the last checkpoint is kept. Resume to go on from it; the log says more.',
      },
    }),
  ],
  notice: () => [
    state({ run: syntheticRecord(), metrics, progress: working }),
    frame(),
    { kind: 'error', message: 'The picture could not be computed: the trainer did not answer.' },
  ],
  continuing: () => [
    state({
      run: syntheticRecord(),
      metrics,
      progress: working,
      cursor: 96,
      continuation: { pending: true, temperature: 0.8 },
    }),
    frame(),
  ],
  continuation: () => [
    state({
      run: syntheticRecord({ phase: 'paused' }),
      metrics,
      cursor: 96,
      continuation: {
        text: 'rty lit, and the sea counts the boys\nwho are home. The keeper of the ships never asks "is it dark?"\nand writes the oil in the harbour all night.',
        readTokens: 96,
        temperature: 0.8,
        step: 2400,
        prefixEnd: 'lives above the harbour counts them every night.\nShe writes "fo',
      },
    }),
    frame(),
  ],
} satisfies Record<string, () => ToInspector[]>;

export type ScenarioName = keyof typeof SCENARIOS;
