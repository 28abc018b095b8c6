// What is drawn of the joined measure: a curve for every direction of the arcs of one model, or one for every model that is compared.
import * as l10n from '@vscode/l10n';
import {
  FEW_ARCS,
  JOINED_DISTANCES,
  type ArcMeasure,
  type AskedWord,
  type JoinedAnswer,
  type JoinedCurve,
} from '../src/protocol/joined';
import type { ClassCurve, ClassValue } from './chart/intervalChart';
import type { SavedChoices } from './savedChoices';
import { scientific } from './shownText';

/** `ratio`: norms at arcs over those at pairs without one; `share`: the same of shares; `norm`: both as they are. */
export const JOINED_SHOWN = ['ratio', 'share', 'norm'] as const;
export type JoinedShown = (typeof JOINED_SHOWN)[number];
export const JOINED_ORDERS = ['both', 'headFirst', 'dependentFirst'] as const;
type Order = JoinedCurve['order'];

/** Names of the choices. */
export const SHOWN = 'joined.shown';
export const ORDER = 'joined.order';
export const ASKED = 'joined.asked';

export interface JoinedChoice {
  shown: JoinedShown;
  order: Order;
  asked: AskedWord;
}

export function joinedChoice(sections: SavedChoices['sections']): JoinedChoice {
  return {
    shown: JOINED_SHOWN.find((name) => name === sections[SHOWN]) ?? 'ratio',
    order: JOINED_ORDERS.find((name) => name === sections[ORDER]) ?? 'both',
    asked: sections[ASKED] === 'earlier' ? 'earlier' : 'later',
  };
}

export const orderName = (order: Order): string =>
  ({
    both: l10n.t('both directions'),
    headFirst: l10n.t('head first'),
    dependentFirst: l10n.t('dependent first'),
  })[order];

/** "4–5", "13+" words apart. */
export const distanceNames = (): string[] =>
  JOINED_DISTANCES.map(({ from, to }) => (to === null ? `${from}+` : to === from ? String(from) : `${from}–${to}`));

export interface MeasuredArcs {
  name: string;
  value: Pick<JoinedAnswer, 'curves'>;
}

/** Of one model all directions, of several the chosen one. */
export function joinedCurves(models: readonly MeasuredArcs[], { shown, order, asked }: JoinedChoice): ClassCurve[] {
  const wanted: { name: string; index: number; curve: JoinedCurve | undefined }[] = [];
  const find = (value: MeasuredArcs['value'], of: Order): JoinedCurve | undefined =>
    value.curves.find((curve) => curve.order === of && curve.asked === asked);
  if (models.length === 1)
    JOINED_ORDERS.forEach((of, index) => wanted.push({ name: orderName(of), index, curve: find(models[0].value, of) }));
  else models.forEach(({ name, value }, index) => wanted.push({ name, index, curve: find(value, order) }));
  return wanted.flatMap(({ name, index, curve }) => {
    if (!curve) return [];
    const values = curve.points.flatMap((point, at) => classValues(name, point, at, shown));
    const of = (isNull: boolean): ClassCurve => ({
      ...{ name: isNull ? '' : name, index, isNull },
      values: values.flatMap(({ arc, none }) => (isNull ? none : arc) ?? []),
    });
    // Of three directions the nulls are nearly the same: one of them will do.
    const withNull = shown === 'norm' && (models.length > 1 || index === 0);
    return withNull ? [of(false), of(true)] : [of(false)];
  });
}

function classValues(
  name: string,
  point: ArcMeasure,
  at: number,
  shown: JoinedShown,
): { arc: ClassValue; none: ClassValue | null }[] {
  const found = shown === 'share' ? point.share : point.value;
  if (found === null) return [];
  const { arc, none, ratio, low, high } = found;
  const few = point.n < FEW_ARCS;
  const where = l10n.t('{0}, {1} words apart', name, distanceNames()[at]);
  const arcs = point.n === 1 ? l10n.t('n = 1 arc') : l10n.t('n = {0} arcs', point.n);
  const sample = few ? l10n.t('{0}: too few to lean on', arcs) : arcs;
  const compared = l10n.t('{0} times as much as without an arc (95 %: {1}–{2})', ...[ratio, low, high].map(scientific));
  const both =
    shown === 'share'
      ? l10n.t('share of the gradient: {0} at arcs, {1} without', percent(arc), percent(none))
      : l10n.t('‖∂J/∂x‖: {0} at arcs, {1} without', scientific(arc), scientific(none));
  const said = [where, compared, both, sample].join('\n');
  if (shown === 'norm')
    return [
      {
        arc: { at, value: arc, low: null, high: null, few, said },
        none: { at, value: none, low: null, high: null, few, said: [l10n.t('without an arc'), said].join('\n') },
      },
    ];
  return [{ arc: { at, value: ratio, low, high, few, said }, none: null }];
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
