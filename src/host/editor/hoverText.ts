// What the hover says of a token, in Markdown: its surprisal, what was expected instead, and how open the gates were when it was read.
import type { RunRecord } from '../../protocol/run';
import { decodeFrame, type FrameArrays, type TraceFrame } from '../../protocol/traceFrame';
import type { Translate } from '../translate';
import { codeOf, decimal, percent, quoted, scientific, weightsLine } from './aidWords';

/** What the shading under the hover says of the same token. */
export interface HoveredInfluence {
  norm: number;
  target: string;
}

/** `frame`: a window whose focus is the token, with the one before it where there is one. */
export function hoverText(
  frame: TraceFrame,
  record: RunRecord,
  influence: HoveredInfluence | null,
  t: Translate,
  language: string,
): string {
  const { header } = frame;
  const arrays = decodeFrame(frame);
  const token = header.tokens[header.focus];
  const bits = arrays.surprisal.values[header.focus];
  const heading = [`**${codeOf(token.text)}**`];
  if (Number.isFinite(bits)) heading.push(t('{0} bits of surprisal', bits.toFixed(1)));
  if (!token.known) heading.push(t('read as the unknown token'));
  const expected = header.predictions[header.focus - 1] ?? [];
  const lines = [
    heading.join(' · '),
    expected.length > 0 ? `${t('Expected here:')} ${predictions(expected, token.text)}` : null,
    ...gateLines(frame, arrays, t),
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

/** A line for every direction of every layer: the mean of each gate over its units. */
function gateLines({ header }: TraceFrame, arrays: FrameArrays, t: Translate): string[] {
  const suffixes = Object.keys(arrays).flatMap((name) => /^gate\.h(?<suffix>.*)$/.exec(name)?.groups?.suffix ?? []);
  return suffixes.map((suffix) => {
    const means = header.gates.flatMap(({ key, symbol }) => {
      const gate = arrays[`gate.${key}${suffix}`];
      return gate ? [`${codeOf(symbol)} ${decimal(meanOf(gate, header.focus))}`] : [];
    });
    const units = header.hiddenUnits;
    const layer = Number(/^_l(\d+)/.exec(suffix)?.[1] ?? 0) + 1;
    const title =
      suffixes.length === 1
        ? t('Gates, mean of {0} units:', units)
        : suffix.endsWith('_reverse')
          ? t('Layer {0} backward, mean of {1} units:', layer, units)
          : t('Layer {0}, mean of {1} units:', layer, units);
    return `${title} ${means.join(' · ')}`;
  });
}

function meanOf({ shape: [, units], values }: FrameArrays[string], step: number): number {
  const row = values.subarray(step * units, (step + 1) * units);
  return row.reduce((sum, value) => sum + value, 0) / units;
}
