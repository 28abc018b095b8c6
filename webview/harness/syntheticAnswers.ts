// Answers of the harness to questions, one entry per kind, deterministic; a kind that is missing here stays unanswered.
import { networkPlaces, placeSuffix } from '../../src/protocol/layerPlace';
import type { Answers, Question, QuestionAbout, QuestionOf } from '../../src/protocol/questions';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { syntheticAblationByLag, syntheticStateGradient } from './syntheticComparison';
import { syntheticAgreement, syntheticAgreementSet } from './syntheticAgreement';
import { syntheticJoined } from './syntheticMeasures';
import { syntheticAnnotatedProbes, syntheticProbes } from './syntheticProbes';
import { syntheticSyntax } from './syntheticSyntax';
import { seededRandom } from './syntheticText';
import { syntheticDrivers, syntheticTerms } from './syntheticUnit';

type Answering = {
  [A in QuestionAbout]?: (question: QuestionOf<A>, header: FrameHeader, runId?: string) => Answers[A];
};

const ANSWERS: Answering = {
  weights({ bins }, { hiddenUnits: H, gates, layers, bidirectional }) {
    const [vocabulary, embeddingSize] = [65, 64];
    const columns = gates.filter(({ equation }) => /W_\S/.test(equation)).length * H;
    const shapes: [name: string, shape: number[], deviation: number][] = [
      ['embedding', [vocabulary, embeddingSize], 1],
      ...networkPlaces({ layers, bidirectional }).flatMap((place): [string, number[], number][] => {
        const suffix = placeSuffix(place);
        const width = place.layer === 0 ? embeddingSize : bidirectional ? 2 * H : H;
        return [
          [`W_x${suffix}`, [width, columns], 0.12],
          [`W_h${suffix}`, [H, columns], 0.1],
          [`b${suffix}`, [columns], 0.4],
        ];
      }),
      ['W_o', [bidirectional ? 2 * H : H, vocabulary], 0.2],
      ['b_o', [vocabulary], 0.1],
    ];
    const parameters = shapes.map(([name, shape, deviation]) => {
      const bell = (k: number) => Math.exp(-0.5 * ((k - bins / 2) / (bins / 7)) ** 2);
      const count = shape.reduce((a, b) => a * b, 1);
      const counts = Array.from({ length: bins }, (_, k) => Math.round((count / bins) * 2.8 * bell(k)));
      return {
        name,
        shape,
        mean: deviation / 50,
        deviation,
        smallest: -3.5 * deviation,
        largest: 3.4 * deviation,
        counts,
      };
    });
    return { parameters };
  },
  cellTerms: ({ unit, place }, header) => syntheticTerms(unit, header, place),
  drivers: ({ unit }, header) => syntheticDrivers(unit, header),
  spectrum({ gate, place }, { hiddenUnits }) {
    const random = seededRandom(gate.charCodeAt(0) + 17 * (place?.layer ?? 0) + (place?.reverse ? 5 : 0));
    const reach = gate === 'h' ? 0.9 : 1.25;
    const pairs = Array.from({ length: hiddenUnits >> 1 }, () => {
      const [radius, angle] = [reach * Math.sqrt(random()), Math.PI * random()];
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    }).sort((a, b) => Math.hypot(...b) - Math.hypot(...a));
    return {
      real: Float64Array.from(pairs.flatMap(([real]) => [real, real])),
      imaginary: Float64Array.from(pairs.flatMap(([, imaginary]) => [imaginary, -imaginary])),
      singularValues: Float64Array.from({ length: hiddenUnits }, (_, k) =>
        gate === 'h' ? 0.93 * (1 - (0.3 * k) / hiddenUnits) : reach * (1.65 - (1.6 * k) / hiddenUnits),
      ),
      slope: gate === 'g' || gate === 'h' ? 1 : 0.25,
    };
  },
  jacobians({ count }, { tokens, cell }) {
    const random = seededRandom(5);
    const longest = Math.floor((tokens.length * 2) / 3);
    const lags = [...new Set(Array.from({ length: 20 }, (_, k) => Math.round(longest ** (k / 19))))];
    const decay = cell === 'vanilla' ? -0.2 : -0.06;
    return {
      positions: Array.from({ length: Math.min(32, tokens.length - longest) }, (_, k) => longest + k),
      curves: lags.map((lag) => ({
        lag,
        values: Array.from({ length: count }, (_, k) => {
          const median = 0.1 + decay * lag * (1 + 0.25 * k) - 0.12 * k + 0.08 * random();
          return k > 0 && median < -7 ? null : { low: median - 0.3, median, high: median + 0.25 };
        }),
      })),
    };
  },
  influence({ method, focus }) {
    const random = seededRandom(3 + focus);
    const values = Float64Array.from(
      { length: focus + 1 },
      (_, j) => (random() - 0.35) * 1.6 * 0.93 ** (focus - j) * (j % 5 === 0 ? 2 : 1),
    );
    const whole = values.reduce((sum, value) => sum + value, 0) * (method === 'integrated' ? 1.02 : 0.7);
    const delta = Math.abs(1 / (method === 'integrated' ? 1.02 : 0.7) - 1);
    return { method, focus, values, logit: 4 + whole, baseline: 4, delta, steps: method === 'integrated' ? 32 : 0 };
  },
  attribution({ method, target }, { tokens, prediction }, runId) {
    // The network that only reads forward takes “terribly” for what it mostly is.
    const [terribly, exciting] = runId === 'forward-only' ? [-2.4, 1.1] : [-0.8, 2.1];
    const values = Float64Array.from(tokens, (_, t) => (t === 4 ? exciting : t === 3 ? terribly : 0.1));
    const whole = values.reduce((sum, value) => sum + value, 0);
    const steps = method === 'integrated' ? 32 : 0;
    const name = target ?? prediction?.likeliest[0].text ?? '';
    const likeliest = prediction?.likeliest ?? [];
    const sums = { values, logit: whole, baseline: 0, delta: 0 };
    return { method, target: name, at: prediction?.at ?? null, likeliest, ...sums, steps };
  },
  tokenStates({ pinned }, { tokens, focus }) {
    const kinds = ['forward', 'backward', 'both'] as const;
    const neighbours = kinds.map((kind, k) => ({
      kind,
      found: ['bright', 'dull', 'fine', 'terribly'].map((token, n) => ({
        ...{ before: 'the movie was', token, after: 'made and acted', label: n === k ? 'negative' : 'positive' },
        cosine: 0.95 - 0.06 * n - 0.01 * k,
      })),
      senses: [
        { label: 'positive', count: 7 - k },
        { label: 'negative', count: 5 + k },
      ],
    }));
    const places = [false, true].map((reverse) => ({
      ...{ place: { layer: 0, reverse }, identical: !reverse, distance: reverse ? 1.84 : 0, norm: 2.2 },
      cosine: reverse ? 0.41 : 1,
    }));
    const differences = pinned ? { token: tokens[focus].text, places } : null;
    return { token: tokens[focus].text, at: focus, examined: 4100, neighbours, differences };
  },
  ablation({ focus, nearest }) {
    const random = seededRandom(3 + focus);
    const columns = Array.from({ length: Math.min(nearest, focus + 1) }, (_, k) => focus - k);
    const logit = Float64Array.from(columns, (_, k) => (random() - 0.35) * 1.6 * 0.93 ** k);
    return { focus, columns, logit, loss: logit.map((change) => change * (0.2 + 0.3 * random())) };
  },
  stateGradient: (_question, header, runId) => syntheticStateGradient(header, runId),
  ablationByLag: (_question, header, runId) => syntheticAblationByLag(header, runId),
  lyapunov({ count }) {
    const steps = [0, 1, 2, 4, 8, 18, 42, 100, 237, 562, 1334, 2400];
    const points = steps.map((step) => ({
      step,
      exponents: Float64Array.from({ length: count }, (_, k) => -0.02 - 0.11 * Math.exp(-step / 40) - 0.013 * k),
    }));
    return { points, damaged: [], units: 256, start: 1_003_854, steps: 256, burnIn: 64, heldOut: true };
  },
  fading({ radii }) {
    const steps = 256;
    const curves = [0.93, ...radii].map((radius) => {
      const median = Float64Array.from({ length: steps + 1 }, (_, t) =>
        radius > 1.1 ? 0.45 + 0.55 * 0.9 ** t : (0.93 * radius) ** t,
      );
      return {
        radius,
        low: median.map((value, t) => (t ? value * 0.8 : 1)),
        median,
        high: median.map((value, t) => (t ? value * 1.2 : 1)),
      };
    });
    return { start: 1_003_854, steps, heldOut: true, curves };
  },
  agreement: (question, header, runId) => syntheticAgreement(question, header, runId),
  agreementSet: (question, _header, runId) => syntheticAgreementSet(question, runId),
  joined: ({ sentences }, { prediction }, runId) => syntheticJoined(sentences, runId, prediction !== undefined),
  syntax: (_question, header) => syntheticSyntax(header),
  memoryCapacity({ radii }, { hiddenUnits }) {
    const curves = [0.93, ...radii].map((radius) => {
      const reach = radius > 1.1 ? 5 : 24 * radius ** 3;
      const byLag = Float64Array.from({ length: 200 }, (_, k) => 1 / (1 + Math.exp((k - reach) / (1 + reach / 8))));
      return { radius, byLag, total: byLag.reduce((sum, share) => sum + share, 0) };
    });
    return { units: hiddenUnits, states: 2000, curves };
  },
  probes: (_, { layers }) => syntheticProbes(layers ?? 1),
  annotatedProbes: (_, { layers, bidirectional }) =>
    syntheticAnnotatedProbes(layers ?? 1, bidirectional ? ['forward', 'reverse'] : ['forward']),
  weightItemised({ place }, { tokens }) {
    const random = seededRandom(11);
    const steps = tokens.length;
    const norms = new Float32Array(steps * steps);
    const together = new Float32Array(steps);
    for (let t = 0; t < steps; t++)
      for (let i = place?.reverse ? 0 : t; i < (place?.reverse ? t + 1 : steps); i++) {
        const norm = (0.3 + 2 * random()) * 0.75 ** Math.abs(i - t);
        norms[i * steps + t] = norm;
        together[t] += norm * (0.3 + 0.3 * random());
      }
    return { steps, norms, together };
  },
};

/** What a trainer might answer about the picture with this header; null where the harness has no answer. */
export function syntheticAnswer<A extends QuestionAbout>(
  question: QuestionOf<A>,
  header: FrameHeader,
  runId?: string,
): Answers[A] | null {
  const about = question.about as A;
  const answer = ANSWERS[about] as
    ((question: Question, header: FrameHeader, runId?: string) => Answers[A]) | undefined;
  return answer?.(question, header, runId) ?? null;
}
