// An inspected window as JSON for programs and as a table for people.
import type { WindowInspection } from '../../engine/inspection/inspectWindow';
import type { RunConfig } from '../../protocol/runConfig';
import type { GateInfo, TokenInfo } from '../../protocol/traceFrame';
import { counted } from '../../text/counted';

export interface InspectedWindow {
  run: string;
  step: number;
  config: RunConfig;
  kernels: string;
  from: number;
  tokens: TokenInfo[];
  next: string | null;
  gates: GateInfo[];
  inspection: WindowInspection;
  /** Text of a token by its id. */
  textOf(id: number): string;
}

/** What stands behind the names of other directions than the first layer's forward one. */
const DIRECTION = /_l\d+(_reverse)?$/;

type Values = WindowInspection['arrays'][string];

/** All that float32 holds. */
const DIGITS = 7;
const rounded = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null);

/** Row-major values as nested lists; what is not a number is null. */
function nested({ shape, values }: Values): unknown[] {
  if (shape.length <= 1) return Array.from(values, rounded);
  const width = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, row) =>
    nested({ shape: shape.slice(1), values: values.subarray(row * width, (row + 1) * width) }),
  );
}

/** Arrays whose name begins with the prefix, by the rest of it. */
function arraysUnder(inspection: WindowInspection, prefix: string): [name: string, values: Values][] {
  return Object.entries(inspection.arrays).flatMap(([name, values]): [string, Values][] =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [],
  );
}

/** Plain data, as `gatescope inspect --help` describes it. */
export function inspectionAsData(window: InspectedWindow, units: boolean): unknown {
  const { run, step, config, kernels, from, tokens, next, inspection, textOf } = window;
  const { loss, surprisal, ...others } = inspection.arrays;
  const rest = Object.entries(others).filter(([name]) => !/^(gate|gradient)\./.test(name));
  return {
    ...{ run, step, config, kernels, from, tokens, next },
    loss: nested(loss),
    surprisal: nested(surprisal),
    predictions: inspection.predictions.map((step) =>
      step.map(({ id, probability }) => ({ text: textOf(id), probability: rounded(probability) })),
    ),
    gates: Object.fromEntries(
      arraysUnder(inspection, 'gate.').map(([key, values]) => {
        const { symbol, name, range } = gateOf(window, key);
        const summary = summarize(values, range);
        const perStep = Object.entries(summary).map(([what, steps]) => [what, steps.map(rounded)]);
        const all = units ? { values: nested(values) } : {};
        return [key, { symbol, name, range, ...Object.fromEntries(perStep), ...all }];
      }),
    ),
    gradients: Object.fromEntries(arraysUnder(inspection, 'gradient.').map(([name, values]) => [name, nested(values)])),
    measures: Object.fromEntries(rest.map(([name, values]) => [name, nested(values)])),
  };
}

function gateOf({ gates }: InspectedWindow, key: string): Pick<GateInfo, 'symbol' | 'name' | 'range'> {
  const found = gates.find((gate) => gate.key === key.replace(DIRECTION, ''));
  if (!found) throw new Error(`no gate ${key}`);
  return found;
}

interface GateSummary {
  mean: number[];
  smallest: number[];
  largest: number[];
  open: number[];
  shut: number[];
}

/** Per step over the units, on the scale on which the inspector draws a gate: a cell state as tanh c, ReLU states up to 1. */
function summarize({ shape, values }: Values, range: GateInfo['range']): GateSummary {
  const [T, H] = shape;
  const summary: GateSummary = { mean: [], smallest: [], largest: [], open: [], shut: [] };
  for (let t = 0; t < T; t++) {
    const drawn = Array.from(values.subarray(t * H, (t + 1) * H), (value) =>
      range === 'cell' ? Math.tanh(value) : range === 'positive' ? Math.min(1, value) : value,
    );
    const share = (isMeant: (size: number) => boolean) => drawn.filter((value) => isMeant(Math.abs(value))).length / H;
    summary.mean.push(drawn.reduce((sum, value) => sum + value, 0) / H);
    summary.smallest.push(Math.min(...drawn));
    summary.largest.push(Math.max(...drawn));
    summary.open.push(share((size) => size > 0.9));
    summary.shut.push(share((size) => size < 0.1));
  }
  return summary;
}

/** One line per token: its surprisal, and of the first layer the mean of every gate and how much of the last known loss reaches h. */
export function inspectionAsText(window: InspectedWindow): string {
  const { run, step, config, tokens, inspection } = window;
  const ofFirst = arraysUnder(inspection, 'gate.').filter(([key]) => !DIRECTION.test(key));
  const gates = ofFirst.map(([key, values]) => {
    const { symbol, range } = gateOf(window, key);
    return { symbol, mean: summarize(values, range).mean };
  });
  const T = tokens.length;
  const focus = inspection.arrays.loss.values.findLastIndex(Number.isFinite);
  const gradient = inspection.arrays['gradient.hidden']?.values;
  const number = (value: number | undefined, text: (value: number) => string) =>
    value !== undefined && Number.isFinite(value) ? text(value) : '–';
  const rows = tokens.map(({ text }, t) => [
    String(window.from + t),
    JSON.stringify(text),
    number(inspection.arrays.surprisal.values[t], (bits) => bits.toFixed(2)),
    ...gates.map(({ mean }) => number(mean[t], (value) => value.toFixed(3))),
    focus < 0 ? '–' : number(gradient?.[focus * T + t], (norm) => norm.toExponential(2)),
  ]);
  const heading = [
    'token',
    '',
    'bits',
    ...gates.map(({ symbol }) => `mean ${symbol}`),
    `‖∂J(${window.from + focus})/∂h‖`,
  ];
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [`${run}: ${config.cell}, ${counted(config.hiddenUnits, 'unit')}, step ${step}`, '', ...lines].join('\n');
}
