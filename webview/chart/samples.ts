// Turns measured points into at most one drawn point per pixel, keeping what a reader must not miss.

export interface Sample {
  x: number;
  y: number;
}

type Reduce = (y: number[]) => number;

function perPixel<T>(
  rows: readonly T[],
  step: (row: T) => number,
  value: (row: T) => number | null,
  x: (step: number) => number,
  y: (value: number) => number,
  reduce: Reduce,
): Sample[] {
  const samples: Sample[] = [];
  let pixel = NaN;
  let held: { x: number; ys: number[] } | null = null;
  const flush = (): void => {
    if (held) samples.push({ x: held.x, y: reduce(held.ys) });
  };
  for (const row of rows) {
    const measured = value(row);
    if (measured === null || !Number.isFinite(measured)) continue;
    const at = x(step(row));
    if (Math.round(at) !== pixel || held === null) {
      flush();
      pixel = Math.round(at);
      held = { x: at, ys: [y(measured)] };
    } else {
      held.x = at;
      held.ys.push(y(measured));
    }
  }
  flush();
  return samples;
}

/** A curve through the mean of what falls on each pixel; null and non-finite values are skipped. */
export function curve<T>(
  rows: readonly T[],
  step: (row: T) => number,
  value: (row: T) => number | null,
  x: (step: number) => number,
  y: (value: number) => number,
): Sample[] {
  return perPixel(rows, step, value, x, y, (ys) => ys.reduce((a, b) => a + b, 0) / ys.length);
}

/** A curve through the largest value (smallest y) on each pixel, so that no spike is averaged away. */
export function curveByMaximum<T>(
  rows: readonly T[],
  step: (row: T) => number,
  value: (row: T) => number | null,
  x: (step: number) => number,
  y: (value: number) => number,
): Sample[] {
  return perPixel(rows, step, value, x, y, (ys) => Math.min(...ys));
}
