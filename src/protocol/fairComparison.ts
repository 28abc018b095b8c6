// What the training of several models says on equal terms: their validation losses after as many steps and after as much time, each over
// several seeds, and which of them is told apart by that. The inspector and the command line reckon with the same functions.
import type { Metric } from './run';
import type { RunConfig } from './runConfig';

/** A validation loss, nats per token, and what the steps before it took; null where that was not measured. */
export interface LossPoint {
  step: number;
  seconds: number | null;
  loss: number;
}

/** Validation losses in the order of their steps. */
export function lossCurve(metrics: readonly Metric[]): LossPoint[] {
  return metrics.flatMap(({ step, seconds, validationLoss }) =>
    validationLoss === null ? [] : [{ step, seconds: step === 0 ? 0 : (seconds ?? null), loss: validationLoss }],
  );
}

/** Median over the recorded points of what a step took since the point before; null where that was not measured. */
export function secondsPerStep(metrics: readonly Metric[]): number | null {
  const each: number[] = [];
  let last: Metric | null = null;
  for (const metric of metrics) {
    if (last?.seconds !== undefined && metric.seconds !== undefined && metric.step > last.step)
      each.push((metric.seconds - last.seconds) / (metric.step - last.step));
    last = metric;
  }
  return each.length === 0 ? null : median(each);
}

/** The loss at a step or a time, between two points on the line that joins them; null outside of the curve. */
export function lossAt(curve: readonly LossPoint[], axis: 'step' | 'seconds', at: number): number | null {
  for (let k = 0; k < curve.length; k++) {
    const here = curve[k][axis];
    if (here === null) return null;
    if (here < at) continue;
    if (here === at) return curve[k].loss;
    const before = k === 0 ? null : curve[k - 1][axis];
    if (before === null) return null;
    const share = (at - before) / (here - before);
    return curve[k - 1].loss + share * (curve[k].loss - curve[k - 1].loss);
  }
  return null;
}

/** Over seeds. */
export interface Spread {
  mean: number;
  low: number;
  high: number;
  n: number;
}

/** null of nothing. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: Math.min(...values), high: Math.max(...values), n: values.length };
}

/** The histories of a model's seeds; of one that diverged nothing counts. */
export interface TrainedSeeds {
  name: string;
  seeds: readonly { metrics: readonly Metric[]; diverged: boolean }[];
}

export interface FairModel {
  name: string;
  /** Median of the seeds' medians. */
  secondsPerStep: number | null;
  atStep: Spread | null;
  atSeconds: Spread | null;
  /** The lowest loss of every seed, whenever it was. */
  lowest: Spread | null;
  diverged: number;
}

export interface FairComparison {
  /** As far as every seed of every model came; null where none came anywhere. */
  step: number | null;
  seconds: number | null;
  models: FairModel[];
}

export function fairComparison(models: readonly TrainedSeeds[]): FairComparison {
  const counted = models.map(({ seeds }) =>
    seeds.flatMap(({ metrics, diverged }) => {
      const curve = lossCurve(metrics);
      return diverged || curve.length < 2 ? [] : [{ metrics, curve }];
    }),
  );
  const ends = counted.flat().map(({ curve }) => curve[curve.length - 1]);
  const step = ends.length === 0 ? null : Math.min(...ends.map((end) => end.step));
  const times = ends.flatMap((end) => end.seconds ?? []);
  const seconds = times.length === 0 || times.length < ends.length ? null : Math.min(...times);
  return {
    ...{ step, seconds },
    models: models.map(({ name, seeds }, k) => {
      const at = (axis: 'step' | 'seconds', where: number | null): Spread | null =>
        spreadOf(where === null ? [] : counted[k].flatMap(({ curve }) => lossAt(curve, axis, where) ?? []));
      const speeds = counted[k].flatMap(({ metrics }) => secondsPerStep(metrics) ?? []);
      return {
        ...{ name, secondsPerStep: speeds.length === 0 ? null : median(speeds) },
        ...{ atStep: at('step', step), atSeconds: at('seconds', seconds) },
        lowest: spreadOf(counted[k].map(({ curve }) => Math.min(...curve.map(({ loss }) => loss)))),
        diverged: seeds.filter(({ diverged }) => diverged).length,
      };
    }),
  };
}

export interface Verdict {
  /** Of the lowest mean. */
  best: string;
  /** Models whose seeds' range meets that of the best; none: the best is told apart from all. */
  alike: string[];
  /** Seeds of the model that has fewest. */
  seeds: number;
  /** How often one of so many models that are all alike would have all of its seeds under all seeds of the others. */
  chance: number;
}

/** Which model's losses lie under those of the others; null where fewer than two are known. */
export function verdictOf(models: readonly { name: string; spread: Spread | null }[]): Verdict | null {
  const known = models.flatMap(({ name, spread }) => (spread === null ? [] : [{ name, spread }]));
  if (known.length < 2) return null;
  const [best, ...others] = [...known].sort((a, b) => a.spread.mean - b.spread.mean);
  const total = known.reduce((sum, { spread }) => sum + spread.n, 0);
  return {
    best: best.name,
    alike: others.filter(({ spread }) => spread.low <= best.spread.high).map(({ name }) => name),
    seeds: Math.min(...known.map(({ spread }) => spread.n)),
    chance: known.reduce((sum, { spread }) => sum + 1 / choose(total, spread.n), 0),
  };
}

/** Which models are told apart, and the advice "an LSTM by default, a GRU for efficiency" asked of the person's own text. */
export interface FairVerdicts {
  /** Of all cells. */
  atStep: Verdict | null;
  atSeconds: Verdict | null;
  /** Of LSTM and GRU alone; absent where not both were trained. */
  advice?: {
    /** What a step of the GRU takes beside one of the LSTM: 0.8 is four fifths. */
    stepTime: number | null;
    atStep: Verdict | null;
    atSeconds: Verdict | null;
  };
}

/** Of a comparison whose models know their cells. */
export interface CellComparison extends FairComparison {
  models: (FairModel & { cell: RunConfig['cell'] })[];
}

export function fairVerdicts({ models }: CellComparison): FairVerdicts {
  const by = (some: readonly FairModel[], key: 'atStep' | 'atSeconds'): Verdict | null =>
    verdictOf(some.map((model) => ({ name: model.name, spread: model[key] })));
  const both = { atStep: by(models, 'atStep'), atSeconds: by(models, 'atSeconds') };
  const [lstm, gru] = (['lstm', 'gru'] as const).map((cell) => models.find((model) => model.cell === cell));
  if (!lstm || !gru) return both;
  const stepTime =
    lstm.secondsPerStep === null || gru.secondsPerStep === null ? null : gru.secondsPerStep / lstm.secondsPerStep;
  const pair = [lstm, gru];
  return { ...both, advice: { stepTime, atStep: by(pair, 'atStep'), atSeconds: by(pair, 'atSeconds') } };
}

function choose(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return count;
}

/** The mean of the middle two where there is no middle. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
