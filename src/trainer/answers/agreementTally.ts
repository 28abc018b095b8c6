// How often a model was right, by number of attractors and by construction, with intervals.
import type { GrammaticalNumber } from '../../labs/agreement/agreementItem';
import type { AgreementCell } from '../../protocol/agreement';
import { wilsonInterval } from '../tasks/scores';

/** One item that was judged. */
export interface JudgedItem {
  attractors: number | null;
  strict: boolean;
  number: GrammaticalNumber | null;
  condition: string;
  hit: boolean;
  /** Whether the form that the training text holds more often is the right one: 1, 0 or ½; null or left out where that is not known. */
  frequent?: number | null;
}

/** From this many attractors on, items are counted together: there are few of each. */
export const MANY_ATTRACTORS = 6;

/** `majority` is the number that is always said by whoever knows nothing but which is the more frequent in the whole set. */
export function cellOf(
  items: readonly Pick<JudgedItem, 'hit' | 'number' | 'frequent'>[],
  attractors: number | null,
  majority: GrammaticalNumber | null,
): AgreementCell {
  const n = items.length;
  const hits = items.filter(({ hit }) => hit).length;
  const [low, high] = wilsonInterval(hits, n);
  const always = majority && n > 0 ? items.filter(({ number }) => number === majority).length / n : null;
  return { attractors, n, hits, accuracy: hits / n, low, high, majority: always, frequent: frequentShare(items) };
}

/** Null unless it is known of every item. */
function frequentShare(items: readonly Pick<JudgedItem, 'frequent'>[]): number | null {
  let right = 0;
  for (const { frequent } of items) {
    if (frequent === undefined || frequent === null) return null;
    right += frequent;
  }
  return items.length > 0 ? right / items.length : null;
}

/** A cell for every number of attractors that occurs, ascending. */
export function cellsByAttractors(
  items: readonly JudgedItem[],
  majority: GrammaticalNumber | null,
  together = MANY_ATTRACTORS,
): AgreementCell[] {
  const groups = new Map<number | null, JudgedItem[]>();
  for (const item of items) {
    const group = item.attractors === null ? null : Math.min(item.attractors, together);
    const own = groups.get(group);
    if (own) own.push(item);
    else groups.set(group, [item]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a ?? -1) - (b ?? -1));
  return sorted.map(([attractors, group]) => cellOf(group, attractors, majority));
}

export function cellsByCondition(
  items: readonly JudgedItem[],
  majority: GrammaticalNumber | null,
): { name: string; cell: AgreementCell }[] {
  const names = [...new Set(items.map(({ condition }) => condition))].filter((name) => name !== '');
  return names.map((name) => {
    const own = items.filter(({ condition }) => condition === name);
    return { name, cell: cellOf(own, null, majority) };
  });
}
