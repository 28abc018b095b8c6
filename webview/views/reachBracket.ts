// How far the gradient at the focus step reaches before 1 % of it is left, as a bracket over the bars.
import * as l10n from '@vscode/l10n';
import { svg } from '../dom';
import { gradientReaches, type Reach } from '../geometry/gradientScale';
import { columnX } from '../geometry/timeAxis';
import type { Picture } from '../picture';
import { stepsText } from '../stepsText';

/** Room the bracket's text needs, px. */
const REACH_TEXT = 130;

/** A bracket over the steps that still have 1 % of the gradient; its text stands before it, or on it where there is no room. */
export function reachBracket({ axis, focus, header }: Picture, row: Float32Array): SVGElement[] {
  const reach = gradientReaches(row, focus);
  if (reach === null || (focus === 0 && reach.ahead === 0)) return [];
  const [from, to] = [focus - reach.back, focus + reach.ahead];
  const end = axis.first + axis.count;
  const [opens, goesOn] = [from < axis.first, to >= end];
  const left = columnX(axis, opens ? axis.first : from);
  const right = columnX(axis, goesOn ? end : to + 1);
  const before = left - axis.left > REACH_TEXT;
  const x = before ? left - 6 : Math.max(axis.left + 4, Math.min(left + 10, columnX(axis, end) - REACH_TEXT));
  return [
    svg('path', { class: 'bracket', d: `M${left},${opens ? 9 : 15}V9H${right}V${goesOn ? 9 : 15}` }),
    svg('text', { class: before ? 'reach halo' : 'reach halo start', x, y: 13 }, reachText(reach, focus, header)),
  ];
}

/** A gradient that has not fallen by the window's first or last step may reach further than can be seen. */
function reachText({ back, ahead }: Reach, focus: number, { tokens }: Picture['header']): string {
  const isOpen = back === focus || (ahead > 0 && focus + ahead === tokens.length - 1);
  if (back > 0 && ahead > 0) return l10n.t('1 % reach: {0} back, {1} ahead', back, ahead);
  if (ahead > 0)
    return isOpen
      ? l10n.t('1 % reach: {0} ahead or more', stepsText(ahead))
      : l10n.t('1 % reach: {0} ahead', stepsText(ahead));
  return isOpen ? l10n.t('1 % reach: {0} or more', stepsText(back)) : l10n.t('1 % reach: {0}', stepsText(back));
}
