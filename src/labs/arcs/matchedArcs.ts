// Which pairs without an arc each arc is compared with: those at the same lag and of the same parts of speech anywhere in the file, or, where
// these are too few, of the same classes of words.
import type { ArcGroups } from './arcGroups';
import type { WordPairs } from './wordPairs';

/** So many pairs without an arc make a cell that arcs are compared with. */
const FEWEST_PAIRS = 5;
/** Pairs that are looked at between two pauses. */
const PIECE = 1 << 14;

/** Pairs in columns: the unit that is drawn anew each belongs to, its cell, and what passes between its words. */
export interface MatchedPairs {
  unit: Int32Array;
  cell: Int32Array;
  /** Logarithms of the norms, which go over many powers of ten. */
  value: Float64Array;
  share: Float64Array;
}

export interface MatchedArcs {
  /** `groups` has GROUPS_OF_AN_ARC entries an arc, -1 where it is in fewer. */
  arcs: MatchedPairs & { groups: Int32Array };
  nulls: MatchedPairs;
  cells: number;
  /** By cell: 1 where it is one of classes of words. */
  coarse: Uint8Array;
  /** Arcs with nothing to be compared with. */
  unmatched: number;
}

/** `unitOf` is by sentence. Yields between pieces of work. */
export function* matchArcs(
  tables: readonly WordPairs[],
  unitOf: Int32Array,
  groups: ArcGroups,
): Generator<void, MatchedArcs> {
  const counts = new Map<number, number>();
  yield* eachPair(tables, (table, pair) => {
    if (table.isArc(pair)) return;
    for (const cell of [table.cell(pair), table.coarseCell(pair)]) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  const cells = new Cells();
  const arcs = new Columns();
  const arcGroups: number[] = [];
  let unmatched = 0;
  yield* eachPair(tables, (table, pair) => {
    const arc = table.arc(pair);
    if (arc === null) return;
    const cell = [table.cell(pair), table.coarseCell(pair)].find((one) => (counts.get(one) ?? 0) >= FEWEST_PAIRS);
    if (cell === undefined) {
      unmatched++;
      return;
    }
    arcs.add(unitOf[table.sentence(pair)], cells.take(cell), logarithm(table.value(pair)), table.share(pair));
    arcGroups.push(...groups.of(arc, table.lag(pair)));
  });
  // A pair counts once in the cell of its parts of speech and once in that of their classes, where arcs are compared with them.
  const nulls = new Columns();
  yield* eachPair(tables, (table, pair) => {
    if (table.isArc(pair)) return;
    for (const cell of [table.cell(pair), table.coarseCell(pair)]) {
      const id = cells.ids.get(cell);
      if (id !== undefined)
        nulls.add(unitOf[table.sentence(pair)], id, logarithm(table.value(pair)), table.share(pair));
    }
  });
  return {
    arcs: { ...arcs.take(), groups: Int32Array.from(arcGroups) },
    nulls: nulls.take(),
    ...{ cells: cells.ids.size, coarse: Uint8Array.from(cells.coarse), unmatched },
  };
}

/** What has underflowed counts as the least of float32's full precision. */
const logarithm = (norm: number): number => Math.log(Math.max(norm, 2 ** -126));

function* eachPair(
  tables: readonly WordPairs[],
  visit: (table: WordPairs, pair: number) => void,
): Generator<void, void> {
  for (const table of tables)
    for (let pair = 0; pair < table.length; pair++) {
      if (pair % PIECE === 0) yield;
      visit(table, pair);
    }
}

/** Numbers of the cells that arcs are compared with. */
class Cells {
  readonly ids = new Map<number, number>();
  readonly coarse: number[] = [];

  take(cell: number): number {
    const known = this.ids.get(cell);
    if (known !== undefined) return known;
    this.ids.set(cell, this.coarse.length);
    return this.coarse.push(cell < 0 ? 1 : 0) - 1;
  }
}

class Columns {
  private readonly columns: number[][] = [[], [], [], []];

  add(...row: [unit: number, cell: number, value: number, share: number]): void {
    row.forEach((value, k) => this.columns[k].push(value));
  }

  take(): MatchedPairs {
    const [unit, cell, value, share] = this.columns;
    return {
      ...{ unit: Int32Array.from(unit), cell: Int32Array.from(cell) },
      ...{ value: Float64Array.from(value), share: Float64Array.from(share) },
    };
  }
}
