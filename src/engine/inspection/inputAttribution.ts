// Which inputs a logit rests on, with sign: gradient × input, and integrated gradients along the straight line from zero embeddings.
import type { LanguageModel } from '../network/languageModel';
import { EmbeddedLanes, lanesAtATime, type LookedAt } from './embeddedLanes';

export interface Attribution {
  /** What every input adds to F, the logit looked at [T]; positive raises it. */
  values: Float64Array;
  /** F of the window as it is, and with all its embeddings zero; the state before the window is the same in both. */
  logit: number;
  baseline: number;
  /** Completeness: |Σ values − (F − F₀)| / |F − F₀|. */
  delta: number;
  /** Steps of the integral; 0 where there is none. */
  steps: number;
}

/** Steps of the first try; doubled while delta is larger than wanted. */
const FIRST_STEPS = 16;
const MOST_STEPS = 1024;
/** The largest delta that integrated gradients are taken for complete with. */
export const LARGEST_DELTA = 0.05;

type Pause = () => Promise<void>;

/** ∂F/∂x(j) · x(j) of every input j. The arena is left as it was. */
export async function gradientTimesInput(model: LanguageModel, lookedAt: LookedAt, pause: Pause): Promise<Attribution> {
  const line = new Line(model, lookedAt, pause);
  return line.attributionOf(await line.at([0, 1]), ([, values]) => values, 0);
}

/**
 * Σ over the embedding of x(j) · ∫₀¹ ∂F(αx)/∂x(j) dα for every input j, by the trapezoidal rule; its steps are doubled, which keeps
 * what is there, until the values add up to F − F₀ within 5 % or there are 1,024. Every α begins from the same state.
 */
export async function integratedGradients(
  model: LanguageModel,
  lookedAt: LookedAt,
  pause: Pause,
): Promise<Attribution> {
  const line = new Line(model, lookedAt, pause);
  const ends = await line.at([0, 1]);
  const T = lookedAt.ids.length;
  const inner = new Float64Array(T);
  for (let steps = FIRST_STEPS; ; steps *= 2) {
    const first = steps === FIRST_STEPS;
    const places = Array.from({ length: steps - 1 }, (_, k) => k + 1).filter((k) => first || k % 2 === 1);
    const { slopes } = await line.at(places.map((k) => k / steps));
    for (const slope of slopes) slope.forEach((value, j) => (inner[j] += value));
    const attribution = line.attributionOf(
      ends,
      ([from, to]) => inner.map((sum, j) => (sum + (from[j] + to[j]) / 2) / steps),
      steps,
    );
    if (attribution.delta <= LARGEST_DELTA || steps >= MOST_STEPS) return attribution;
  }
}

interface Slopes {
  /** Σ over the embedding of x(j) · ∂F(αx)/∂x(j), by α: [T] each. */
  slopes: Float64Array[];
  logits: number[];
}

/** The straight line αx from zero embeddings to the window's own. */
class Line {
  constructor(
    private readonly model: LanguageModel,
    private readonly lookedAt: LookedAt,
    private readonly pause: Pause,
  ) {}

  async at(alphas: readonly number[]): Promise<Slopes> {
    const found: Slopes = { slopes: [], logits: [] };
    const lanes = Math.min(alphas.length, lanesAtATime(this.model, this.lookedAt.ids.length));
    for (let from = 0; from < alphas.length; from += lanes) {
      this.some(alphas.slice(from, from + lanes), lanes, found);
      await this.pause();
    }
    return found;
  }

  /** Takes its memory for one piece of work only: others use the arena between two. */
  private some(alphas: readonly number[], lanes: number, found: Slopes): void {
    const { kernels, config } = this.model;
    const E = config.embeddingSize;
    const mark = kernels.mark();
    try {
      const read = new EmbeddedLanes(this.model, this.lookedAt, lanes);
      read.read(alphas.map((alpha) => read.inputs.map((value) => alpha * value)));
      const dx = read.gradients();
      alphas.forEach((_, lane) => {
        found.logits.push(read.logit(lane));
        found.slopes.push(
          Float64Array.from(this.lookedAt.ids, (_, t) => {
            let sum = 0;
            for (let e = 0; e < E; e++) sum += dx[(t * lanes + lane) * E + e] * read.inputs[t * E + e];
            return sum;
          }),
        );
      });
    } finally {
      kernels.release(mark);
    }
  }

  attributionOf(
    { slopes, logits: [baseline, logit] }: Slopes,
    combine: (slopes: Float64Array[]) => Float64Array,
    steps: number,
  ): Attribution {
    const values = combine(slopes);
    const sum = values.reduce((total, value) => total + value, 0);
    const apart = Math.abs(sum - (logit - baseline));
    const delta = apart === 0 ? 0 : apart / Math.abs(logit - baseline);
    return { values, logit, baseline, delta, steps };
  }
}
