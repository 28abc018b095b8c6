// The facts of a window in words: what is seen, and what it is held against.
import * as l10n from '@vscode/l10n';
import { FIRST_PLACE, type LayerPlace } from '../../src/protocol/layerPlace';
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';
import { mirroredPairs } from '../geometry/gradientScale';
import { hasPlaces, placeText } from '../networkPlace';
import { quoted, shareText } from '../shownText';
import { stepsText } from '../stepsText';
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
export function readingsOf(
  header: FrameHeader,
  arrays: FrameArrays,
  focus: number,
  place: LayerPlace = FIRST_PLACE,
): Reading[] {
  const { tokens, next, gates, hiddenUnits, bidirectional } = header;
  const T = tokens.length;
  const target = tokens[focus + 1]?.text ?? next;
  const valuesOf = (name: string): Float32Array | null => arrays[name]?.values ?? null;
  const [hidden, input] = [valuesOf('gradient.hidden'), valuesOf('gradient.input')];
  const [total, direct, rest] = ['cell', 'direct', 'hiddenPath'].map((name) => valuesOf(`gradient.${name}`));
  // Read from the right, the past is on the other side: the same facts hold of the mirrored matrices.
  const seen = (norms: Float32Array): Float32Array => (place.reverse ? mirroredPairs(norms, T) : norms);
  const memory = hidden && memoryFact(seen(hidden), T, place.reverse ? T - 1 - focus : focus);
  const leaning = input && !bidirectional ? leaningFact(input, T, focus) : null;
  const path = total && direct && rest && pathFact({ total: seen(total), direct: seen(direct), rest: seen(rest) }, T);
  const keeping = gates.find(({ key }) => key === 'f' || key === 'u');
  const values = keeping ? valuesOf(`gate.${keeping.key}`) : null;
  const saturation = values && saturationFact(values, hiddenUnits);
  const of = ({ said, against }: Reading): Reading =>
    hasPlaces(header) ? { said: `${capitalised(placeText(place, header))}: ${said}`, against } : { said, against };
  const readings = [
    memory && target !== null ? of(memoryReading(memory, quoted(tokens[focus].text), quoted(target), place)) : null,
    leaning && target !== null ? leaningReading(leaning, quoted(tokens[leaning.column].text), quoted(target)) : null,
    path ? of(pathReading(path, place)) : null,
    saturation && keeping ? of(saturationReading(saturation, keeping.key === 'f')) : null,
  ];
  return readings.filter((reading) => reading !== null).slice(0, MOST);
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function memoryReading(
  { reach, open, typical, longest }: MemoryFact,
  last: string,
  target: string,
  { reverse }: LayerPlace,
): Reading {
  const [low, median, high] = [typical.low, typical.median, typical.high].map((steps) => Math.round(steps));
  const atLeast = (steps: number): string => (steps >= longest ? l10n.t('{0} or more', longest) : String(steps));
  const half = reverse ? l10n.t('the window’s first half') : l10n.t('the window’s second half');
  const of = [typical.n, half];
  return {
    said: memorySentence(open, reverse, target, last, reach),
    against:
      low >= longest
        ? l10n.t('Against: of the {0} loss steps of {1}, three in four or more reach {2}.', ...of, atLeast(low))
        : low === high
          ? l10n.t(
              'Against: the median over the {0} loss steps of {1}, {2}, and the middle half of them is there too.',
              ...[...of, median],
            )
          : l10n.t(
              'Against: the median over the {0} loss steps of {1}, {2}; the middle half of them lies between {3} and {4}.',
              ...[...of, atLeast(median), low, atLeast(high)],
            ),
  };
}

function memorySentence(open: boolean, reverse: boolean, target: string, last: string, reach: number): string {
  const said = [target, last, open ? reach : stepsText(reach)];
  if (reverse)
    return open
      ? l10n.t(
          'To predict {0} after {1}, the loss sends more than 1 % of its gradient ahead over all {2} steps of this window.',
          ...said,
        )
      : l10n.t(
          'To predict {0} after {1}, the loss sends its gradient {2} ahead before it falls under 1 % of where it began.',
          ...said,
        );
  return open
    ? l10n.t(
        'To predict {0} after {1}, the loss sends more than 1 % of its gradient back over all {2} steps of this window.',
        ...said,
      )
    : l10n.t(
        'To predict {0} after {1}, the loss sends its gradient back {2} before it falls under 1 % of where it began.',
        ...said,
      );
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

function pathReading({ lag, direct, rest }: PathFact, { reverse }: LayerPlace): Reading {
  const numbers = [lag, shareText(direct.median)];
  return {
    said: reverse
      ? l10n.t(
          'In the median over this window, {0} steps ahead the direct path ∏ f alone has {1} of the size of the gradient at the cell.',
          ...numbers,
        )
      : l10n.t(
          'In the median over this window, {0} steps back the direct path ∏ f alone has {1} of the size of the gradient at the cell.',
          ...numbers,
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
