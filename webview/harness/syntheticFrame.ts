// A deterministic picture that behaves as a small network does: gates follow the text, the state follows the gates, the gradient fades.
import {
  encodeFrame,
  type FrameArrays,
  type FrameHeader,
  type GateInfo,
  type TokenInfo,
  type TraceFrame,
} from '../../src/protocol/traceFrame';
import { syntheticPlaces, syntheticShares } from './syntheticStack';
import { HARNESS_TEXT, seededRandom } from './syntheticText';

type Cell = 'lstm' | 'gru' | 'vanilla';

const gate = (
  key: GateInfo['key'],
  symbol: string,
  name: string,
  range: GateInfo['range'],
  equation: string,
): GateInfo => ({ key, symbol, name, range, equation });
const GATES: Record<Cell, GateInfo[]> = {
  lstm: [
    gate('f', 'f', 'forget', 'unit', 'f(t) = σ(W_f h(t−1) + U_f x(t) + b_f)'),
    gate('i', 'i', 'input', 'unit', 'i(t) = σ(W_i h(t−1) + U_i x(t) + b_i)'),
    gate('o', 'o', 'output', 'unit', 'o(t) = σ(W_o h(t−1) + U_o x(t) + b_o)'),
    gate('g', 'c̃', 'candidate', 'signed', 'c̃(t) = tanh(W_c h(t−1) + U_c x(t) + b_c)'),
    gate('c', 'c', 'cell', 'cell', 'c(t) = f(t) ∘ c(t−1) + i(t) ∘ c̃(t)'),
    gate('h', 'h', 'hidden', 'signed', 'h(t) = o(t) ∘ tanh c(t)'),
  ],
  gru: [
    gate('u', 'u', 'update', 'unit', 'u(t) = σ(W_u h(t−1) + U_u x(t) + b_u)'),
    gate('r', 'r', 'reset', 'unit', 'r(t) = σ(W_r h(t−1) + U_r x(t) + b_r)'),
    gate('g', 'h̃', 'candidate', 'signed', 'h̃(t) = tanh(W_h (r(t) ∘ h(t−1)) + U_h x(t) + b_h)'),
    gate('h', 'h', 'hidden', 'signed', 'h(t) = (1 − u(t)) ∘ h(t−1) + u(t) ∘ h̃(t)'),
  ],
  vanilla: [gate('h', 'h', 'hidden', 'signed', 'h(t) = tanh(W_h h(t−1) + W_x x(t) + b)')],
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function gateArrays(cell: Cell, tokens: TokenInfo[], units: number, random: () => number): FrameArrays {
  const steps = tokens.length;
  const arrays: FrameArrays = {};
  for (const { key } of GATES[cell])
    arrays[`gate.${key}`] = { shape: [steps, units], values: new Float32Array(steps * units) };
  const bias = Float64Array.from({ length: units }, () => random() * 5 - 1.5);
  const weight = Float64Array.from({ length: units * 128 }, () => random() * 4 - 2);
  const h = new Float64Array(units);
  const c = new Float64Array(units);
  for (let t = 0; t < steps; t++) {
    const code = (tokens[t]?.text.codePointAt(0) ?? 0) % 128;
    for (let unit = 0; unit < units; unit++) {
      const drive = (weight[unit * 128 + code] ?? 0) + (h[(unit + 1) % units] ?? 0);
      const keep = sigmoid((bias[unit] ?? 0) + 0.6 * drive);
      const write = cell === 'lstm' ? sigmoid(1 + drive) : 1 - keep;
      const open = sigmoid(0.3 - drive);
      const candidate = Math.tanh(1.5 * drive);
      c[unit] = keep * (c[unit] ?? 0) + write * candidate;
      h[unit] =
        cell === 'lstm'
          ? open * Math.tanh(c[unit] ?? 0)
          : cell === 'gru'
            ? (c[unit] ?? 0)
            : Math.tanh(drive + 0.5 * (h[unit] ?? 0));
      const values: Record<string, number> = {
        f: keep,
        u: write,
        i: write,
        r: open,
        o: open,
        g: candidate,
        c: c[unit] ?? 0,
        h: h[unit] ?? 0,
      };
      for (const { key } of GATES[cell]) {
        const array = arrays[`gate.${key}`];
        if (array) array.values[t * units + unit] = values[key] ?? 0;
      }
    }
  }
  return arrays;
}

function gradientArrays(cell: Cell, steps: number, lastKnown: boolean, random: () => number): FrameArrays {
  const square = (): Float32Array => new Float32Array(steps * steps);
  const decay = Float64Array.from(
    { length: steps },
    () => (cell === 'lstm' ? 0.86 : cell === 'gru' ? 0.9 : 0.72) * (0.75 + 0.5 * random()),
  );
  const strength = Float64Array.from({ length: steps }, () => 0.2 + 2.5 * random());
  const direct = Float64Array.from({ length: steps }, () => 0.7 + 0.3 * random());
  const out: Record<string, Float32Array> = {
    hidden: square(),
    input: square(),
    cell: square(),
    direct: square(),
    hiddenPath: square(),
  };
  for (let i = 0; i < steps; i++) {
    let through = strength[i] ?? 1;
    let alone = through * 0.5;
    for (let j = i; j >= 0; j--) {
      const known = i < steps - 1 || lastKnown;
      const at = i * steps + j;
      // A vanilla network's gradient stays under its bound.
      const noise = 0.6 + 0.8 * random();
      const jitter = cell === 'vanilla' && j === i ? 1.4 : noise;
      const values = {
        hidden: through * jitter,
        input: through * jitter * 0.4 * (0.3 + random()),
        cell: through * 1.3,
        direct: alone,
        hiddenPath: through * 0.7,
      };
      for (const [name, value] of Object.entries(values)) {
        const target = out[name];
        if (target) target[at] = known ? value : NaN;
      }
      through *= decay[j] ?? 0.8;
      alone *= direct[j] ?? 0.8;
    }
  }
  const names = cell === 'lstm' ? ['hidden', 'cell', 'direct', 'hiddenPath', 'input'] : ['hidden', 'input'];
  const arrays: FrameArrays = {};
  for (const name of names) arrays[`gradient.${name}`] = { shape: [steps, steps], values: out[name] ?? square() };
  arrays['gradient.weight'] = { shape: [steps], values: Float32Array.from({ length: steps }, () => 1 + 6 * random()) };
  return arrays;
}

export interface SyntheticFrameOptions {
  runId?: string;
  cell?: Cell;
  layers?: number;
  bidirectional?: boolean;
  connections?: FrameHeader['connections'];
  units?: number;
  columns?: number;
  step?: number;
  snapshot?: boolean;
  focus?: number;
  /** Of the gradients of pairs the focus row alone. */
  rowOnly?: boolean;
  text?: string;
  words?: boolean;
  origin?: FrameHeader['origin'];
}

/** What a trainer sends at once of a new place. */
function firstLook(arrays: FrameArrays, steps: number, focus: number): FrameArrays {
  const row = (values: Float32Array) => values.slice(focus * steps, (focus + 1) * steps);
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, values }]) => {
      if (name.startsWith('gradient.weight')) return [name, { shape, values: values.map(() => NaN) }];
      const isOfPairs = name.startsWith('gradient.') && shape.length === 2;
      return [name, isOfPairs ? { shape: [steps], values: row(values) } : { shape, values }];
    }),
  );
}

/** A frame of `columns` tokens of the harness text. */
export function syntheticFrame(options: SyntheticFrameOptions = {}): TraceFrame {
  const {
    runId = 'lstm-harness',
    cell = 'lstm',
    layers = 1,
    bidirectional = false,
    connections = 'none',
    units = 128,
    step = 2400,
    text = HARNESS_TEXT,
    words = false,
  } = options;
  const all = [...text.matchAll(words ? /\p{L}+|[^\p{L}\s]/gu : /[\s\S]/gu)];
  const columns = Math.min(options.columns ?? 104, all.length);
  const tokens = all
    .slice(0, columns)
    .map((m) => ({ text: m[0], start: m.index, end: m.index + m[0].length, known: true }));
  const next = all[columns]?.[0] ?? null;
  const random = seededRandom(7);
  const surprisal = Float32Array.from(tokens, (token, t) =>
    t === 0
      ? NaN
      : /\s/.test(tokens[t - 1]?.text ?? '')
        ? 2 + 5 * random()
        : 3 * random() * random() + (/\s/.test(token.text) ? 0.2 : 0.6),
  );
  const loss = Float32Array.from(tokens, (_, t) =>
    t + 1 < columns ? (surprisal[t + 1] ?? 0) * Math.LN2 : next === null ? NaN : 1.1,
  );
  const predictions = tokens.map((_, t) => {
    const right = t + 1 < columns ? (tokens[t + 1]?.text ?? 'e') : (next ?? 'e');
    const first = Math.exp(-(loss[t] ?? 1));
    const others = [right, 'e', ' ', 't', 'a', 'o', '\n'].filter((s, k, list) => list.indexOf(s) === k).slice(0, 5);
    return others
      .map((s, k) => ({ text: s, probability: k === 0 ? first : (1 - first) * 0.5 ** k * 0.8 }))
      .sort((a, b) => b.probability - a.probability);
  });
  const arraysAt = (index: number): FrameArrays => {
    const own = index === 0 ? random : seededRandom(7 + 10 * index);
    return {
      ...gateArrays(cell, tokens, units, own),
      ...gradientArrays(cell, columns, next !== null, own),
    };
  };
  const focus = options.focus ?? Math.max(0, columns - 9);
  const { rowOnly } = options;
  const places = syntheticPlaces({ layers, bidirectional }, columns, arraysAt);
  return encodeFrame(
    {
      version: 1,
      runId,
      step,
      ...(options.snapshot ? { snapshot: true } : {}),
      cell,
      hiddenUnits: units,
      ...{ layers, bidirectional, connections },
      gates: GATES[cell],
      bound: cell === 'vanilla' ? { slope: 1, norm: 0.93 } : null,
      reverseBound: cell === 'vanilla' && bidirectional ? { slope: 1, norm: 0.95 } : null,
      tokens,
      ...(rowOnly ? { rowOnly } : {}),
      focus,
      next,
      warmUp: 0,
      startsText: true,
      predictions,
      origin: options.origin ?? 'document',
      documentVersion: 1,
      milliseconds: 31,
    },
    {
      ...(rowOnly ? firstLook(places, columns, focus) : places),
      ...(connections === 'none' ? {} : syntheticShares(layers, columns, seededRandom(23))),
      loss: { shape: [columns], values: loss },
      surprisal: { shape: [columns], values: surprisal },
    },
  );
}
