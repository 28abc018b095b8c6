// A comparison for the harness: three cells, three seeds of two of them, and what their runs answer about the window.
import type { Comparison, ComparedRun } from '../../src/protocol/inspectorMessages';
import type { Answers } from '../../src/protocol/questions';
import { DEFAULT_CONFIG, type RunConfig } from '../../src/protocol/runConfig';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { syntheticMetrics, syntheticRecord } from './syntheticRun';
import { seededRandom } from './syntheticText';

const SIZES = { lstm: [128, 111_681], gru: [151, 113_204], vanilla: [272, 110_932] } as const;

const SECONDS = { lstm: 0.0117, gru: 0.0093, vanilla: 0.0041 } as const;
/** Losses that they end at. */
const ENDS = { lstm: 1.46, gru: 1.36, vanilla: 1.62 } as const;
/** Of the part of the text that some are trained on as well, per cent. */
const SHARE = 10;

/** Ids are "gru-1" and the like: cell and seed; of those on a part of the text "gru-1-10". */
function compared(cell: RunConfig['cell'], seed: number, share?: number): ComparedRun {
  const [hiddenUnits, parameters] = SIZES[cell];
  const config = { ...DEFAULT_CONFIG, cell, hiddenUnits, seed };
  const step = share === undefined ? 4000 : 1000;
  const record = syntheticRecord({
    ...{
      id: [cell, seed, ...(share === undefined ? [] : [share])].join('-'),
      phase: 'finished',
      step,
      config,
      parameters,
    },
    bestValidationLoss: cell === 'gru' ? 1.42 : 1.6,
  });
  // With little text the seed decides more than the cell.
  const end = share === undefined ? ENDS[cell] + 0.03 * (seed - 2) : 1.9 + 0.1 * ((seed * 7) % 3);
  const metrics = syntheticMetrics(step, 20, { seed: 8 + seed, end, secondsPerStep: SECONDS[cell] });
  return { config, record, metrics, problem: null, ...(share !== undefined && { share }) };
}

/** Everything is trained. */
export function syntheticComparison(): Comparison {
  const seeds = [1, 2, 3];
  const others = seeds.flatMap((seed) => [compared('gru', seed), compared('vanilla', seed)]);
  const onPart = seeds.flatMap((seed) =>
    (['lstm', 'gru', 'vanilla'] as const).map((cell) => compared(cell, seed, SHARE)),
  );
  const runs = [compared('lstm', 2), compared('lstm', 3), ...others, ...onPart];
  return { budget: 'parameters', active: false, runs };
}

/** One trains, one failed, the others wait. */
export function comparisonUnderWay(): Comparison {
  const [first, ...rest] = syntheticComparison()
    .runs.filter(({ share }) => share === undefined)
    .slice(2);
  const waiting = rest.map(({ config }) => ({ config, record: null, metrics: [], problem: null }));
  const training = first.record && { ...first.record, phase: 'training' as const, step: 300 };
  const under = { ...first, record: training, metrics: first.metrics.slice(0, 15) };
  return {
    budget: 'parameters',
    active: true,
    runs: [under, { ...waiting[0], problem: 'The text is not there any more: lamps.txt.' }, ...waiting.slice(1)],
  };
}

/** How fast each cell forgets; the seed moves it a little. */
function gainOf(runId: string | undefined): number {
  const [cell, seed] = (runId ?? 'lstm-1').split('-');
  const gains: Record<string, number> = { lstm: 0.86, gru: 0.9, vanilla: 0.7 };
  return (gains[cell] ?? 0.86) + 0.012 * (Number(seed) - 2 || 0);
}

export function syntheticStateGradient(header: FrameHeader, runId?: string): Answers['stateGradient'] {
  const steps = header.tokens.length;
  const gain = gainOf(runId);
  const random = seededRandom(17);
  const norms = new Float32Array(steps * steps);
  for (let i = 0; i < steps; i++) {
    const start = 1 + 2 * random();
    for (let j = i; j >= 0; j--) norms[i * steps + j] = start * gain ** ((i - j) ** 0.92) * (0.8 + 0.4 * random());
  }
  const vanilla = runId?.startsWith('vanilla') ?? false;
  const gru = runId?.startsWith('gru') ?? false;
  const gate = header.gates.find(({ key }) => key === (vanilla ? 'h' : 'f')) ?? header.gates[0];
  const [units] = SIZES[vanilla ? 'vanilla' : gru ? 'gru' : 'lstm'];
  return {
    ...{ steps, start: header.tokens[0]?.start ?? 0, norms, units },
    gate: gru ? { ...gate, key: 'u', symbol: 'u', name: 'update' } : gate,
    gateValues: Float32Array.from({ length: steps * units }, () => random()),
  };
}

export function syntheticAblationByLag(header: FrameHeader, runId?: string): Answers['ablationByLag'] {
  const longest = header.tokens.length >> 1;
  const lags = [...new Set(Array.from({ length: 20 }, (_, k) => (k === 0 ? 0 : Math.round(longest ** (k / 19)))))];
  const random = seededRandom(23);
  const gain = gainOf(runId) - 0.1;
  return {
    lags,
    rows: Array.from({ length: 16 }, () => lags.map((lag) => 2 * gain ** lag * (0.3 + 1.4 * random()))),
  };
}
