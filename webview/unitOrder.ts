// Which unit stands on which row: one order for all gates, so that a row is the same unit in every heatmap.
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import { similarUnitsTogether } from './geometry/similarUnits';
import { keptShares, meanPerUnit } from './geometry/timeConstants';
import type { SavedChoices } from './savedChoices';

/** Under this name the order is one of the choices of sections. */
export const ORDER_CHOICE = 'gates.order';

/** By time constant, longest on top; by number; similar units together; or `mean.<key>`: by the mean of a gate or state. */
export type OrderChoice = 'timeConstant' | 'index' | 'similarity' | `mean.${string}`;

/** Every order there is for a cell's gates, the usual one first. */
export function orderChoices({ gates }: FrameHeader): OrderChoice[] {
  return ['timeConstant', 'similarity', ...gates.map(({ key }): OrderChoice => `mean.${key}`), 'index'];
}

/** The order chosen; the usual one where none was, or where this cell does not have it. */
export function orderChoice(sections: SavedChoices['sections'], header: FrameHeader): OrderChoice {
  const choices = orderChoices(header);
  return choices.find((choice) => choice === sections[ORDER_CHOICE]) ?? choices[0];
}

/** What an order was made from. */
export interface OrderBasis {
  choice: OrderChoice;
  runId: string;
  step: number;
  units: number;
  /** Offset of the window's first token, and how many tokens it holds. */
  start: number;
  tokens: number;
}

/** The basis of a frame's order. */
export function orderBasis({ runId, step, hiddenUnits, tokens }: FrameHeader, choice: OrderChoice): OrderBasis {
  return { choice, runId, step, units: hiddenUnits, start: tokens[0]?.start ?? 0, tokens: tokens.length };
}

/**
 * Whether rows stay where they are for a new frame: always in the same window while a training goes on, until its steps have
 * doubled; otherwise as long as weights and window are the same, so that a run looks the same whenever it is opened.
 */
export function keepsOrder(before: OrderBasis, now: OrderBasis, training: boolean): boolean {
  if (before.choice !== now.choice || before.runId !== now.runId || before.units !== now.units) return false;
  if (before.start !== now.start || before.tokens !== now.tokens) return false;
  return before.step === now.step || (training && now.step > before.step && now.step < 2 * before.step);
}

/** Display row → unit. Equal units stay in the order of the model. */
export function unitOrder(header: FrameHeader, arrays: FrameArrays, choice: OrderChoice = 'timeConstant'): Uint16Array {
  const units = header.hiddenUnits;
  if (choice === 'index') return Uint16Array.from({ length: units }, (_, unit) => unit);
  const slowest = sorted(keptShares(header, arrays));
  if (choice === 'timeConstant') return slowest;
  if (choice === 'similarity') {
    const rank = new Float64Array(units);
    slowest.forEach((unit, row) => (rank[unit] = row));
    const hidden = arrays['gate.h']?.values ?? new Float32Array(units);
    return Uint16Array.from(similarUnitsTogether(hidden, units, rank));
  }
  const gate = arrays[`gate.${choice.slice('mean.'.length)}`];
  return gate ? sorted(meanPerUnit(gate.values, units)) : slowest;
}

/** Units by value, largest first. */
function sorted(values: Float64Array): Uint16Array {
  return Uint16Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
}
