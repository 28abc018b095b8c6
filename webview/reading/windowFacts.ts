// What the numbers of one window say about memory, each fact with what it is held against and how many positions it rests on; a fact
// without enough of them is not one.
import { gradientReach, lossRow } from '../geometry/gradientScale';

/** Fewer loss steps than this say nothing about what is typical. */
const FEWEST = 12;
const SHARE = 0.01;
/** How far back the LSTM's paths are compared. */
const PATH_LAG = 20;

/** A middle value and the half of all values around it. */
export interface Spread {
  low: number;
  median: number;
  high: number;
  n: number;
}

export interface MemoryFact {
  /** The most steps back from the focus at which 1 % of the gradient at the focus is left. */
  reach: number;
  /** There is as much at the window's first step: it may reach further. */
  open: boolean;
  /** The same at every loss step of the window's second half, none counted further back than the window's half. */
  typical: Spread;
  longest: number;
}

/** From ‖∂J(i)/∂h(j)‖ [T,T]; null where the loss at the focus is unknown or too few are known. */
export function memoryFact(norms: Float32Array, T: number, focus: number): MemoryFact | null {
  const reach = gradientReach(lossRow(norms, T, focus), SHARE);
  const longest = T >> 1;
  const reaches = laterSteps(T)
    .map((i) => gradientReach(lossRow(norms, T, i), SHARE))
    .filter((steps) => steps !== null)
    .map((steps) => Math.min(longest, steps));
  if (reach === null || focus === 0 || reaches.length < FEWEST) return null;
  return { reach, open: reach === focus, typical: spreadOf(reaches), longest };
}

export interface LeaningFact {
  /** The token that the loss at the focus is most sensitive to, the one just read left out. */
  column: number;
  lag: number;
  /** Of Σ ‖∂J(i)/∂x(j)‖ over all tokens up to the focus. */
  share: number;
  /** The share of the token equally far back, at the other loss steps of the window. */
  others: Spread;
  /** Of these, how many are smaller. */
  smaller: number;
}

/** From ‖∂J(i)/∂x(j)‖ [T,T]; null where nothing flows or too few other steps look as far back. */
export function leaningFact(norms: Float32Array, T: number, focus: number): LeaningFact | null {
  if (focus === 0) return null;
  const row = lossRow(norms, T, focus);
  let column = 0;
  for (let j = 1; j < focus; j++) if (row[j] > row[column]) column = j;
  const lag = focus - column;
  const share = shareAt(row, column);
  const others: number[] = [];
  for (let i = lag; i < T; i++) {
    const other = i === focus ? NaN : shareAt(lossRow(norms, T, i), i - lag);
    if (!Number.isNaN(other)) others.push(other);
  }
  if (others.length < FEWEST || !(share > 0)) return null;
  return { column, lag, share, others: spreadOf(others), smaller: others.filter((other) => other < share).length };
}

export interface PathFact {
  lag: number;
  /** ‖direct path‖ / ‖∂J(i)/∂c(i − lag)‖, over the loss steps of the window's second half. */
  direct: Spread;
  /** ‖total − direct path‖ / ‖total‖, the same. */
  rest: Spread;
}

/** From an LSTM's [T,T] arrays; null where too few steps know both. */
export function pathFact(
  { total, direct, rest }: Record<'total' | 'direct' | 'rest', Float32Array>,
  T: number,
): PathFact | null {
  const lag = Math.min(PATH_LAG, T >> 1);
  const at = laterSteps(T)
    .map((i) => i * T + i - lag)
    .filter((k) => total[k] > 0);
  if (lag === 0 || at.length < FEWEST) return null;
  const ratios = (part: Float32Array) => spreadOf(at.map((k) => part[k] / total[k]));
  return { lag, direct: ratios(direct), rest: ratios(rest) };
}

export interface SaturationFact {
  /** Shares of all values over .9 and under .1. */
  open: number;
  shut: number;
  steps: number;
  units: number;
}

/** From a gate's values [T,H] between 0 and 1. */
export function saturationFact(values: Float32Array, units: number): SaturationFact | null {
  const steps = values.length / units;
  if (steps < FEWEST) return null;
  let [open, shut] = [0, 0];
  for (const value of values) {
    if (value > 0.9) open++;
    if (value < 0.1) shut++;
  }
  return { open: open / values.length, shut: shut / values.length, steps, units };
}

/** Loss steps with at least half of the window behind them. */
function laterSteps(T: number): number[] {
  return Array.from({ length: T - (T >> 1) }, (_, k) => (T >> 1) + k);
}

/** What a column has of the sum of its row; NaN where that is nothing or unknown. */
function shareAt(row: Float32Array, column: number): number {
  let sum = 0;
  for (const value of row) sum += value;
  return sum > 0 ? row[column] / sum : NaN;
}

/** Quartiles, by linear interpolation between neighbours. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75), n: sorted.length };
}
