// Pure geometry of the training chart: loss over gradient norm on one step axis that reaches to the planned end.
import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Metric } from '../../src/protocol/run';
import { accuracyCurve, type AccuracyInput } from './accuracyCurve';
import { endBaselines } from './endBaselines';
import { LINE, placeLabels, type LabelRequest, type PlacedLabel, type Point } from './labelPlacement';
import { logTicks, lossDomain, normDomain } from './logScales';
import { stepScale } from './scrubberLayout';
import { axisNumber, clipMarks, stepTicks, type StepTick, type Tick } from './trainingTicks';
import { curve, curveByMaximum, type Sample } from './samples';

export interface TrainingInput {
  width: number;
  /** Narrow panel: small gutters, short labels. */
  compact: boolean;
  metrics: readonly Metric[];
  step: number;
  plannedSteps: number;
  clipNorm: number;
  /** From nats per token to the unit drawn. */
  convert: (nats: number) => number;
  /** Least value the unit can have on a log axis: 1 for perplexity. */
  floor: number;
  /** Losses in nats of guessing evenly and of knowing the token frequencies only; null before the text was counted. */
  baselines: { untrained: number; unigram: number | null } | null;
  /** Of a network with a task. */
  accuracy?: AccuracyInput;
  /** Runs compared with this one: their validation losses. */
  comparisons: readonly { name: string; metrics: readonly Metric[]; convert: (nats: number) => number }[];
  /** Leave room for the scrubber's row above the steps. */
  scrubber: boolean;
  /** Step at which a number stopped being finite. */
  notFiniteStep: number | null;
  measure: (text: string) => number;
  words: {
    number: (value: number) => string;
    integer: (value: number) => string;
    training: (value: number) => string;
    validation: (value: number) => string;
    unigram: (value: number) => string;
    clip: (clippedSteps: number) => string[];
    notFinite: (step: number) => string;
    steps: (planned: string) => string;
  };
}

export interface TrainingLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  lossTicks: Tick[];
  normTicks: Tick[];
  stepTicks: StepTick[];
  training: string;
  validation: string;
  comparisons: string[];
  /** Of a network with a task: its curve, and the height of the majority's. */
  accuracy?: { curve: string; majority: number | null };
  norms: string;
  /** End points, drawn as dots so that a single measurement is seen. */
  ends: { training: Point | null; validation: Point | null; norm: Point | null };
  unigram: number | null;
  clip: number | null;
  clipMarks: number[];
  notFinite: number | null;
  labels: PlacedLabel[];
  /** Middle of the scrubber's row; null without one. */
  scrubber: number | null;
  baselines: { loss: number; norm: number; axis: number };
}

const TOP = 6;
const LOSS_HEIGHT = 56;
const GAP = 16;
const NORM_HEIGHT = 30;
const AXIS_HEIGHT = 20;
/** From the foot of the norms to the middle of the scrubber's row, which then is the step axis. */
const SCRUBBER_DROP = 14;
/** Nats of guessing evenly among some fifty symbols, until the text was counted. */
const UNTRAINED_GUESS = 4;

const drawn = line<Sample>(
  (p) => Math.round(p.x * 10) / 10,
  (p) => Math.round(p.y * 10) / 10,
);

/** The layout in px; y grows downwards, x = left at step 0 and right at the planned end. */
export function trainingLayout(input: TrainingInput): TrainingLayout {
  const { width, compact, metrics, words, convert } = input;
  const left = compact ? 36 : 96;
  const right = Math.max(left + 40, width - (compact ? 12 : 24));
  const end = Math.max(input.plannedSteps, input.step, 1);
  const x = stepScale(left, right, input.plannedSteps, input.step);
  // Every label of a curve more needs a line.
  const lossBottom = TOP + LOSS_HEIGHT + LINE * (input.comparisons.length + (input.accuracy ? 2 : 0));
  const normTop = lossBottom + GAP;
  const normBottom = normTop + NORM_HEIGHT;
  const axis = input.scrubber ? normBottom + SCRUBBER_DROP : normBottom;

  const losses = metrics.flatMap((m) => [m.validationLoss, m.trainingLoss]).filter((v): v is number => v !== null);
  const others = input.comparisons.map(({ name, metrics: all, convert: told }) => ({
    name,
    // Whatever the others did after the end of this run's axis is not drawn.
    losses: all.flatMap(({ step, validationLoss }) =>
      validationLoss === null || step > end ? [] : [{ step, loss: told(validationLoss) }],
    ),
  }));
  const otherLosses = others.flatMap((one) => one.losses.map(({ loss }) => loss));
  const untrained = convert(input.baselines?.untrained ?? UNTRAINED_GUESS);
  const domain = lossDomain([...losses.map(convert), ...otherLosses], untrained, input.floor);
  const yLoss = scaleLog(domain, [lossBottom, TOP]).clamp(true);
  const norms = metrics.map((m) => m.gradientNorm).filter((v): v is number => v !== null && Number.isFinite(v));
  const rangeOfNorms = normDomain(norms, input.clipNorm);
  const yNorm = scaleLog(rangeOfNorms, [normBottom, normTop]).clamp(true);

  const training = curve(
    metrics,
    (m) => m.step,
    (m) => m.trainingLoss,
    x,
    (v) => yLoss(convert(v)),
  );
  const validation = curve(
    metrics,
    (m) => m.step,
    (m) => m.validationLoss,
    x,
    (v) => yLoss(convert(v)),
  );
  const norm = curveByMaximum(
    metrics,
    (m) => m.step,
    (m) => m.gradientNorm,
    x,
    (v) => yNorm(v),
  );
  const compared = others.map(({ losses: measured }) =>
    curve(
      measured,
      (m) => m.step,
      (m) => m.loss,
      x,
      (v) => yLoss(v),
    ),
  );
  const unigramLoss = input.baselines?.unigram ?? null;
  const unigram = unigramLoss === null ? null : yLoss(convert(unigramLoss));
  const clip = input.clipNorm > 0 ? yNorm(input.clipNorm) : null;
  const notFinite = input.notFiniteStep === null ? null : x(input.notFiniteStep);

  const xEnd = Math.max(x(input.step), training.at(-1)?.x ?? left, validation.at(-1)?.x ?? left) + 8;
  const lossBand: [number, number] = [TOP + 8, lossBottom];
  const requests: LabelRequest[] = [];
  const ask = (
    id: string,
    texts: string[],
    y: number,
    band: [number, number],
    { at = xEnd, ...named }: { at?: number } & Pick<LabelRequest, 'line' | 'target'> = {},
  ): void => {
    requests.push({ id, texts, x: at, y, band, ...named });
  };
  const lastValidation = metrics.findLast((m) => m.validationLoss !== null)?.validationLoss;
  const lastTraining = metrics.findLast((m) => m.trainingLoss !== null)?.trainingLoss;
  if (notFinite !== null && input.notFiniteStep !== null)
    ask('notFinite', [words.notFinite(input.notFiniteStep)], TOP + 8, lossBand, { at: notFinite + 6 });
  const validationEnd = validation.at(-1);
  const trainingEnd = training.at(-1);
  const beside = endBaselines(validationEnd?.y ?? null, trainingEnd?.y ?? null, lossBand);
  if (validationEnd && typeof lastValidation === 'number')
    ask(
      'validation',
      [words.validation(convert(lastValidation)), words.number(convert(lastValidation))],
      beside.validation,
      lossBand,
      { target: validationEnd },
    );
  if (trainingEnd && typeof lastTraining === 'number')
    ask('training', [words.training(convert(lastTraining))], beside.training, lossBand, { target: trainingEnd });
  others.forEach(({ name, losses: measured }, k) => {
    const last = compared[k].at(-1);
    const newest = measured.at(-1);
    if (last && newest)
      ask(`comparison-${k}`, [`${name} ${words.number(newest.loss)}`, name], last.y + 4, lossBand, {
        at: Math.max(xEnd, last.x + 8),
        target: last,
      });
  });
  const framed = { x, top: TOP, bottom: lossBottom, right, end: xEnd, measure: input.measure };
  const accuracy = input.accuracy && accuracyCurve(metrics, input.accuracy, framed);
  for (const label of accuracy?.labels ?? []) requests.push({ ...label, band: lossBand });
  if (unigram !== null && unigramLoss !== null)
    ask('unigram', [words.unigram(convert(unigramLoss))], unigram - 3, lossBand, {
      at: right - input.measure(words.unigram(convert(unigramLoss))),
      line: unigram,
    });
  ask(
    clip === null ? 'noClip' : 'clip',
    words.clip(metrics.at(-1)?.clippedSteps ?? 0),
    clip === null ? normTop + 10 : clip - 4,
    [normTop + 3, normBottom],
    clip === null ? {} : { line: clip },
  );
  const obstacles: Point[] = [...training, ...validation, ...(accuracy?.points ?? []), ...compared.flat(), ...norm];
  for (let at = left; at <= right; at += 6) {
    if (unigram !== null) obstacles.push({ x: at, y: unigram });
    if (clip !== null) obstacles.push({ x: at, y: clip });
  }

  return {
    width,
    height: axis + AXIS_HEIGHT + (input.scrubber ? 6 : 0),
    left,
    right,
    lossTicks: apart(logTicks(domain, yLoss, 12), yLoss, lossBottom).map((v) => ({
      at: yLoss(v),
      label: axisNumber(v, words.integer),
    })),
    normTicks: logTicks(rangeOfNorms, yNorm, 13, clip === null ? [] : [input.clipNorm]).map((v) => ({
      at: yNorm(v),
      label: axisNumber(v, words.integer),
    })),
    stepTicks: stepTicks(input, end, x),
    training: drawn(training) ?? '',
    validation: drawn(validation) ?? '',
    comparisons: compared.map((samples) => drawn(samples) ?? ''),
    ...(accuracy && { accuracy: { curve: drawn(accuracy.points) ?? '', majority: accuracy.majority } }),
    norms: drawn(norm) ?? '',
    ends: { training: trainingEnd ?? null, validation: validationEnd ?? null, norm: norm.at(-1) ?? null },
    unigram,
    clip,
    clipMarks: clip === null ? [] : clipMarks(metrics, x),
    notFinite,
    labels: placeLabels(requests, obstacles, { left: left + 4, right }, input.measure),
    scrubber: input.scrubber ? axis : null,
    baselines: { loss: lossBottom, norm: normBottom, axis },
  };
}

/** Loss ticks without the one at the axis' foot, which reads as the first of the norm axis below; two are always kept. */
function apart(ticks: number[], position: (value: number) => number, foot: number): number[] {
  return ticks.length > 2 && position(ticks[0]) > foot - 6 ? ticks.slice(1) : ticks;
}
