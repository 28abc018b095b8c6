// A tidy table and its text as CSV (RFC 4180): a header row, one row per number, every number as the shortest text that reads back as it.
import { csvFormatRows } from 'd3-dsv';

/** null and NaN are written as nothing: not known. */
export type TableValue = string | number | null;

export interface Table {
  columns: readonly string[];
  /** Made while it is written: a heatmap has hundreds of thousands of rows. */
  rows: Iterable<readonly TableValue[]>;
}

/** Rows turned to text at once. */
const PIECE = 4096;

/** The table as CSV, lines ended by "\n", the last one too. */
export function csvText({ columns, rows }: Table): string {
  const pieces: string[] = [];
  let piece: TableValue[][] = [[...columns]];
  const flush = (): void => {
    if (piece.length > 0) pieces.push(csvFormatRows(piece.map((row) => row.map(cellText))), '\n');
    piece = [];
  };
  for (const row of rows) {
    piece.push([...row]);
    if (piece.length === PIECE) flush();
  }
  flush();
  return pieces.join('');
}

function cellText(value: TableValue): string {
  return value === null || (typeof value === 'number' && Number.isNaN(value)) ? '' : String(value);
}

/** A float32 as the shortest decimal that rounds to it: 0.1, not 0.10000000149011612; null for NaN. */
export function float32Text(value: number): string | null {
  if (Number.isNaN(value)) return null;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** The same table with the same values before every row. */
export function withConstants(constants: Record<string, TableValue>, table: Table): Table {
  const values = Object.values(constants);
  return {
    columns: [...Object.keys(constants), ...table.columns],
    rows: {
      *[Symbol.iterator]() {
        for (const row of table.rows) yield [...values, ...row];
      },
    },
  };
}
