// Runs, curves and host states for the harness, deterministic.
import { INSPECTOR_VERSION, type InspectorState } from '../../src/protocol/inspectorMessages';
import type { CorpusInfo, Metric, RunRecord } from '../../src/protocol/run';
import { DEFAULT_CONFIG } from '../../src/protocol/runConfig';
import { HARNESS_TEXT, seededRandom } from './syntheticText';

export const HARNESS_CORPUS: CorpusInfo = {
  encoding: 'utf-8',
  bytes: 1_115_394,
  tokens: 1_115_394,
  characters: 1_115_394,
  vocabulary: 65,
  trainingTokens: 1_003_854,
  validationTokens: 111_540,
  unigramEntropy: 3.31,
  hash: '0'.repeat(64),
};

/** A falling loss with noise, a gradient norm that now and then passes the threshold; one point every `every` steps, up to `step`. */
export function syntheticMetrics(
  step: number,
  every = 20,
  options: { seed?: number; start?: number; end?: number; secondsPerStep?: number } = {},
): Metric[] {
  const { seed = 3, start = 4.17, end = 1.46, secondsPerStep = 0.0117 } = options;
  const random = seededRandom(seed);
  const metrics: Metric[] = [];
  let clippedSteps = 0;
  for (let at = every; at <= step; at += every) {
    const fall = end + (start - end) * (0.55 * Math.exp(-at / 70) + 0.45 * Math.exp(-at / 900));
    const norm = (0.42 + 0.8 * Math.exp(-at / 60)) * (0.8 + 0.4 * random()) * (random() > 0.985 ? 2.6 : 1);
    if (norm > 1) clippedSteps += 1;
    const validated = at % (every * 5) === 0;
    metrics.push({
      step: at,
      trainingLoss: fall * (0.98 + 0.04 * random()),
      validationLoss: validated ? fall * 1.06 + 0.04 : null,
      gradientNorm: norm,
      clippedNorm: Math.min(1, norm),
      updateRatio: 2e-3,
      clippedSteps,
      seconds: at * secondsPerStep,
    });
  }
  return metrics;
}

/** Steps whose weights a run keeps. */
const SNAPSHOT_STEPS = [
  0, 1, 2, 4, 8, 10, 13, 18, 24, 32, 42, 56, 75, 100, 133, 178, 237, 316, 422, 562, 750, 1000, 1334, 1778,
];

export function syntheticRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    id: 'lstm-harness',
    createdAt: '2025-01-01T00:00:00.000Z',
    config: DEFAULT_CONFIG,
    source: { uri: 'file:///lamps.txt', name: 'lamps.txt', path: '/lamps.txt', part: { kind: 'whole' } },
    corpus: HARNESS_CORPUS,
    phase: 'training',
    step: 2400,
    plannedSteps: 4000,
    parameters: 111_681,
    lastMetric: null,
    bestValidationLoss: null,
    batch: { timesteps: 64, lanes: 32 },
    engine: {
      kernels: 'relaxed-simd-wide',
      reason: 'GFLOP/s simd 76, relaxed-simd 72, relaxed-simd-wide 109; self-test error 1.2e-7',
      threads: 2,
      runtime: 'Node.js 24.21.0',
    },
    snapshots: SNAPSHOT_STEPS.filter((step) => step <= (changes.step ?? 2400)),
    divergence: null,
    failure: null,
    ...changes,
  };
}

/** A full state of the host; nothing trained unless `run` is given. */
export function syntheticState(changes: Partial<InspectorState> = {}): InspectorState {
  return {
    version: INSPECTOR_VERSION,
    document: { name: 'lamps.txt', uri: 'file:///lamps.txt', preview: HARNESS_TEXT },
    defaults: DEFAULT_CONFIG,
    estimate: null,
    run: null,
    progress: null,
    metrics: [],
    stale: null,
    failure: null,
    runs: [],
    comparison: null,
    continuation: null,
    cursor: null,
    snapshot: null,
    treesImported: 0,
    ...changes,
  };
}
