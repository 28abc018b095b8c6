// What the hover says of a token, in Markdown: its surprisal, what was expected instead, and how open the gates were when it was read.
import type { RunRecord } from '../../protocol/run';
import { decodeFrame, type FrameArrays, type TraceFrame } from '../../protocol/traceFrame';
import type { Translate } from '../translate';
import type { FocusUnit } from './shownText';
import { codeOf, decimal, percent, quoted, scientific, weightsLine } from './aidWords';

/** What the shading under the hover says of the same token. */
export interface HoveredInfluence {
  norm: number;
  target: string;
}

/** What is known of the token elsewhere: under the shading, and of the unit that the inspector singles out. */
export interface HoverAlso {
  influence: HoveredInfluence | null;
  focusUnit: FocusUnit | null;
}

/** `frame`: a window whose focus is the token, with the one before it where there is one. */
export function hoverText(
  frame: TraceFrame,
  record: RunRecord,
  { influence, focusUnit }: HoverAlso,
  t: Translate,
  language: string,
): string {
  const { header } = frame;
  const arrays = decodeFrame(frame);
  const token = header.tokens[header.focus];
  const bits = arrays.surprisal?.values[header.focus];
  const heading = [`**${codeOf(token.text)}**`];
  if (Number.isFinite(bits)) heading.push(t('{0} bits of surprisal', bits.toFixed(1)));
  if (!token.known) heading.push(t('read as the unknown token'));
  const expected = header.predictions[header.focus - 1] ?? [];
  const lines = [
    heading.join(' · '),
    expected.length > 0 ? `${t('Expected here:')} ${predictions(expected, token.text)}` : null,
    ...gateLines(frame, arrays, focusUnit, t),
    influence && `${t('‖∂J/∂x‖ = {0} for predicting {1}', scientific(influence.norm), quoted(influence.target, t))}`,
    `*${weightsLine(record, header.step, header.snapshot === true, t, language)}*`,
  ];
  return lines.filter((line) => line !== null).join('\n\n');
}

function predictions(expected: { text: string; probability: number }[], truth: string): string {
  return expected
    .map(({ text, probability }) => `${codeOf(text)} ${percent(probability)}${text === truth ? ' ✓' : ''}`)
    .join(' · ');
}

/** A line for every direction of every layer: the mean of each gate over its units; below it the focus unit's own gates. */
function gateLines({ header }: TraceFrame, arrays: FrameArrays, focusUnit: FocusUnit | null, t: Translate): string[] {
  const { hiddenUnits: units, focus } = header;
  const suffixes = Object.keys(arrays).flatMap((name) => /^gate\.h(?<suffix>.*)$/.exec(name)?.groups?.suffix ?? []);
  const line = (title: string, suffix: string, valueOf: (row: Float32Array) => number): string => {
    const values = header.gates.flatMap(({ key, symbol }) => {
      const row = arrays[`gate.${key}${suffix}`]?.values.subarray(focus * units, (focus + 1) * units);
      return row ? [`${codeOf(symbol)} ${decimal(valueOf(row))}`] : [];
    });
    return `${title} ${values.join(' · ')}`;
  };
  return suffixes.flatMap((suffix) => {
    const mean = line(meanTitle(suffix, suffixes.length, units, t), suffix, (row) => sum(row) / units);
    if (focusUnit?.suffix !== suffix || focusUnit.unit >= units) return [mean];
    return [mean, line(t('Unit {0}, as in the inspector:', focusUnit.unit), suffix, (row) => row[focusUnit.unit])];
  });
}

function meanTitle(suffix: string, places: number, units: number, t: Translate): string {
  if (places === 1) return t('Gates, mean of {0} units:', units);
  const layer = Number(/^_l(\d+)/.exec(suffix)?.[1] ?? 0) + 1;
  if (suffix.endsWith('_reverse')) return t('Layer {0} backward, mean of {1} units:', layer, units);
  return t('Layer {0}, mean of {1} units:', layer, units);
}

function sum(row: Float32Array): number {
  return row.reduce((total, value) => total + value, 0);
}
