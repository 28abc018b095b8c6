// The facts of a window in words: what is seen, and what it is held against.
import * as l10n from '@vscode/l10n';
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';
import { quoted, shareText } from '../shownText';
import {
  leaningFact,
  memoryFact,
  pathFact,
  saturationFact,
  type LeaningFact,
  type MemoryFact,
  type PathFact,
  type SaturationFact,
} from './windowFacts';

export interface Reading {
  said: string;
  against: string;
}

const MOST = 3;

/** At most three, those that the window has the numbers for. */
export function readingsOf(header: FrameHeader, arrays: FrameArrays, focus: number): Reading[] {
  const { tokens, next, gates, hiddenUnits } = header;
  const T = tokens.length;
  const target = tokens[focus + 1]?.text ?? next;
  const valuesOf = (name: string): Float32Array | null => arrays[name]?.values ?? null;
  const [hidden, input] = [valuesOf('gradient.hidden'), valuesOf('gradient.input')];
  const [total, direct, rest] = ['cell', 'direct', 'hiddenPath'].map((name) => valuesOf(`gradient.${name}`));
  const memory = hidden && memoryFact(hidden, T, focus);
  const leaning = input && leaningFact(input, T, focus);
  const path = total && direct && rest && pathFact({ total, direct, rest }, T);
  const keeping = gates.find(({ key }) => key === 'f' || key === 'u');
  const values = keeping ? valuesOf(`gate.${keeping.key}`) : null;
  const saturation = values && saturationFact(values, hiddenUnits);
  const readings = [
    memory && target !== null ? memoryReading(memory, quoted(tokens[focus].text), quoted(target)) : null,
    leaning && target !== null ? leaningReading(leaning, quoted(tokens[leaning.column].text), quoted(target)) : null,
    path ? pathReading(path) : null,
    saturation && keeping ? saturationReading(saturation, keeping.key === 'f') : null,
  ];
  return readings.filter((reading) => reading !== null).slice(0, MOST);
}

function memoryReading({ reach, open, typical, longest }: MemoryFact, last: string, target: string): Reading {
  const { n } = typical;
  const [low, median, high] = [typical.low, typical.median, typical.high].map((steps) => Math.round(steps));
  const atLeast = (steps: number): string => (steps >= longest ? l10n.t('{0} or more', longest) : String(steps));
  return {
    said: open
      ? l10n.t(
          'To predict {0} after {1}, the loss sends more than 1 % of its gradient back over all {2} steps of this window.',
          target,
          last,
          reach,
        )
      : l10n.t(
          'To predict {0} after {1}, the loss sends its gradient back {2} steps before it falls under 1 % of where it began.',
          target,
          last,
          reach,
        ),
    against: l10n.t(
      'Against: the median over the {0} loss steps of the window’s second half, {1}; the middle half of them lies between {2} and {3}.',
      ...[n, atLeast(median), low, atLeast(high)],
    ),
  };
}

function leaningReading({ lag, share, others, smaller }: LeaningFact, token: string, target: string): Reading {
  return {
    said: l10n.t(
      'Apart from the token just read, the loss of {0} is most sensitive to {1}, {2} steps before it: {3} of all its sensitivity.',
      ...[target, token, lag + 1, shareText(share)],
    ),
    against: l10n.t(
      'Against: tokens as far back from the {0} other loss steps of this window, median {1}; {2} of them have less.',
      ...[others.n, shareText(others.median), smaller],
    ),
  };
}

function pathReading({ lag, direct, rest }: PathFact): Reading {
  return {
    said: l10n.t(
      '{0} steps back, the direct path ∏ f alone has {1} of the size of the gradient at the cell.',
      ...[lag, shareText(direct.median)],
    ),
    against: l10n.t(
      'Against: the rest, ‖total − direct‖, is {0} of that size, and would be 0 if the direct path were everything; medians over {1} loss steps, the middle half of the first between {2} and {3}.',
      ...[shareText(rest.median), direct.n, shareText(direct.low), shareText(direct.high)],
    ),
  };
}

function saturationReading({ open, shut, steps, units }: SaturationFact, forget: boolean): Reading {
  const shares = [shareText(open), shareText(shut)];
  return {
    said: forget
      ? l10n.t('The forget gate is open (over .9) in {0} of its values and shut (under .1) in {1}.', ...shares)
      : l10n.t('The update gate is open (over .9) in {0} of its values and shut (under .1) in {1}.', ...shares),
    against: l10n.t('Against: a gate spread evenly from 0 to 1, 10 % each; {0} steps of {1} units.', steps, units),
  };
}
