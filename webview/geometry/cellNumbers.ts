// The numbers of one unit's cell at one step, as they are written: with so many decimals that whoever computes c(t) and h(t) again from
// what is written comes to what is written.
import { FIRST_PLACE } from '../../src/protocol/layerPlace';
import type { FrameArrays, FrameHeader } from '../../src/protocol/traceFrame';
import { stepBefore } from '../networkPlace';

/** What the equations of a cell speak of: gates and states by key, previousH, previousC. */
export type CellValues = Record<string, number>;

export interface CellRule {
  /** Key of the result: c, h. */
  result: string;
  inputs: string[];
  compute(values: CellValues): number;
}

const { tanh } = Math;

/** How the states come of the gates, in the order in which they are computed; none for a vanilla cell, whose h is its activation. */
export const CELL_RULES: Record<string, CellRule[]> = {
  lstm: [
    { result: 'c', inputs: ['f', 'previousC', 'i', 'g'], compute: (v) => v.f * v.previousC + v.i * v.g },
    { result: 'h', inputs: ['o', 'c'], compute: (v) => v.o * tanh(v.c) },
  ],
  gru: [{ result: 'h', inputs: ['u', 'previousH', 'g'], compute: (v) => (1 - v.u) * v.previousH + v.u * v.g }],
  vanilla: [],
};

/** States before the window's first token (its last, where it is read backward), where they are known. */
export interface StatesBefore {
  hidden: number;
  cell: number;
}

/** The values of `unit` at step t; states before the first token read of the window are `before`, left out where that is not known. */
export function cellValues(
  { gates, hiddenUnits, cell }: FrameHeader,
  arrays: FrameArrays,
  t: number,
  unit: number,
  before: StatesBefore | null,
  place = FIRST_PLACE,
): CellValues {
  const values: CellValues = {};
  const at = (key: string, step: number): number => arrays[`gate.${key}`].values[step * hiddenUnits + unit];
  for (const { key } of gates) values[key] = at(key, t);
  const past = stepBefore(place, t);
  if (past >= 0 && past * hiddenUnits < arrays['gate.h'].values.length) {
    values.previousH = at('h', past);
    if (cell === 'lstm') values.previousC = at('c', past);
  } else if (before) {
    values.previousH = before.hidden;
    if (cell === 'lstm') values.previousC = before.cell;
  }
  return values;
}

/** "−0.430" for −0.43 and three decimals; no minus before zero. */
export function decimal(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Decimals of what goes into an equation and of what comes out of it. */
export interface Decimals {
  inputs: number;
  results: number;
}

const FEWEST: Decimals = { inputs: 3, results: 2 };
const MOST: Decimals = { inputs: 8, results: 5 };

/** The number that stands there: what a reader computes with. */
export const written = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Equations that are written with the numbers of one cell or one gate. */
export interface WrittenRules {
  rules: readonly CellRule[];
  values: CellValues;
}

/**
 * The fewest decimals, common to all, with which every rule whose inputs are known, computed from inputs as they are written, gives its
 * result as it is written. First more decimals of the inputs are tried, then of the results. Where a number is not finite, the fewest.
 */
export function agreeingDecimals(...all: WrittenRules[]): Decimals {
  for (let results = FEWEST.results; results <= MOST.results; results++)
    for (let inputs = FEWEST.inputs; inputs <= MOST.inputs; inputs++)
      if (all.every((one) => agree(one, { inputs, results }))) return { inputs, results };
  return MOST;
}

function agree({ rules, values }: WrittenRules, decimals: Decimals): boolean {
  const rounded: CellValues = {};
  for (const [key, value] of Object.entries(values)) rounded[key] = written(value, decimals.inputs);
  return rules.every(({ inputs, result, compute }) => {
    if (![...inputs, result].every((key) => Number.isFinite(values[key]))) return true;
    return decimal(compute(rounded), decimals.results) === decimal(values[result], decimals.results);
  });
}
