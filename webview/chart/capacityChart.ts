// Geometry of memory capacity by lag: lags linear, shares from 0 to 1, a key beside them, in the order in which they fall.
import { line } from 'd3-shape';
import type { CapacityCurve } from '../../src/protocol/spectra';
import { stepTicks } from './fadingChart';

export interface CapacityChart {
  left: number;
  right: number;
  bottom: number;
  lags: number[];
  /** `key`: the middle of a sample of the line, with room for words behind it. */
  lines: { radius: number; total: number; own: boolean; path: string; key: { x: number; y: number } }[];
  x(lag: number): number;
  y(share: number): number;
}

const MARGIN = { left: 40, right: 150, top: 12, bottom: 36 };
/** Lags behind the last one at which anything is found say nothing more. */
const FOUND = 0.01;
const LEAST_LAGS = 10;
const KEY_HEIGHT = 18;

/** @param curves the network as it is first */
export function capacityChart(curves: readonly CapacityCurve[], width: number, height: number): CapacityChart {
  const [left, right] = [MARGIN.left, Math.max(MARGIN.left + 40, width - MARGIN.right)];
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const known = Math.max(0, ...curves.map(({ byLag }) => byLag.length - 1));
  const reached = Math.max(0, ...curves.map(({ byLag }) => byLag.findLastIndex((share) => share >= FOUND)));
  const end = Math.max(1, Math.min(known, Math.max(LEAST_LAGS, reached + 2)));
  const x = (lag: number): number => left + (lag / end) * (right - left);
  const y = (share: number): number => bottom - share * (bottom - top);
  const order = [...curves.keys()].sort((a, b) => curves[b].total - curves[a].total);
  const lines = curves.map(({ radius, byLag, total }, k) => {
    const path = line<number>(
      (_, lag) => round(x(lag)),
      (share) => round(y(share)),
    )(Array.from(byLag.subarray(0, end + 1)));
    const key = { x: right + 12, y: top + KEY_HEIGHT * (order.indexOf(k) + 0.5) };
    return { radius, total, own: k === 0, path: path ?? '', key };
  });
  return { left, right, bottom, lags: stepTicks(end), lines, x, y };
}

const round = (value: number): number => Math.round(value * 10) / 10;
