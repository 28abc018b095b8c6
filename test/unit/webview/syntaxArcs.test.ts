// Where arcs over the text or under it begin and end, that nothing lies over anything else, and how they are told apart at one word.
import assert from 'node:assert/strict';
import {
  arcPath,
  arrowheadPath,
  layOutArcs,
  levelY,
  openEndPath,
  type ArcRoom,
  type TreeArc,
} from '../../../webview/geometry/syntaxArcs';
import { wordExtents } from '../../../webview/geometry/syntaxWords';
import { timeAxis } from '../../../webview/geometry/timeAxis';
import { seededRandom } from '../../../webview/harness/syntheticText';

const places = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }));
const TEXT = 'Scientists study whales from space.';
const words = places(TEXT, /\p{L}+|\./gu);
/** study, root; its two arguments and the full stop; from. */
const HEADS = [2, 0, 2, 5, 2, 2];
const arcsOf = (heads: readonly number[]): TreeArc[] =>
  heads.flatMap((head, dependent) => (head === 0 ? [] : [{ head: head - 1, dependent, label: 'obl' }]));
const room = (left: number, right: number, change: Partial<ArcRoom> = {}): ArcRoom => ({
  ...{ left, right, comfortable: 999, most: 999 },
  roots: new Set(),
  labelWidth: (label) => 6 * label.length,
  ...change,
});
const layOut = (heads: readonly number[], column = 24, change: Partial<ArcRoom> = {}) => {
  const extents = heads.map((_, k) => ({
    ...{ side: 0 as const, left: k * column, right: (k + 1) * column, middle: (k + 0.5) * column },
    ...{ columns: { first: k, last: k }, isColumn: true },
  }));
  return layOutArcs(extents, arcsOf(heads), room(0, heads.length * column, change));
};

describe('words on the time axis', () => {
  it('are one column each for a model of words', () => {
    const axis = timeAxis(1000, words.length, 'words');
    const extents = wordExtents(words, words, axis);
    extents.forEach(({ left, right, middle, isColumn, columns }, k) => {
      assert.deepEqual([left, right], [axis.left + k * axis.column, axis.left + (k + 1) * axis.column]);
      assert.equal(middle, (left + right) / 2);
      assert.ok(isColumn);
      assert.deepEqual(columns, { first: k, last: k });
    });
  });

  it('span their characters for a model of characters, with arcs at the middle of the word', () => {
    const characters = places(TEXT, /[\s\S]/gu);
    const axis = timeAxis(1000, characters.length, 'characters');
    const [scientists, study] = wordExtents(words, characters, axis);
    assert.deepEqual([scientists.left, scientists.right], [axis.left, axis.left + 10 * axis.column]);
    assert.equal(study.middle, axis.left + 13.5 * axis.column);
    assert.deepEqual(study.columns, { first: 11, last: 15 });
    assert.ok(!study.isColumn);
  });

  it('share a token that holds several of them, each its part', () => {
    const token = { text: 'doesn’t', start: 0, end: 7 };
    const axis = timeAxis(1000, 1, 'words');
    const [does, not] = wordExtents(
      [
        { start: 0, end: 4 },
        { start: 4, end: 7 },
      ],
      [token],
      axis,
    );
    assert.ok(does.middle < not.middle && does.right === not.left);
    assert.equal(not.right, axis.left + axis.column);
  });

  it('stand beyond an edge when the drawn columns do not hold them', () => {
    const axis = { ...timeAxis(1000, words.length, 'words'), first: 1, count: 2 };
    const extents = wordExtents(words, words, axis);
    assert.deepEqual(
      extents.map(({ side }) => side),
      [-1, 0, 0, 1, 1, 1],
    );
    const outside = wordExtents([{ start: 90, end: 95 }], words, axis);
    assert.equal(outside[0].side, 1);
    assert.equal(outside[0].columns, null);
  });
});

describe('arcs', () => {
  it('lie on the lowest free level, shorter ones nearer to the text', () => {
    const { arcs } = layOut(HEADS, 60);
    const level = (dependent: number): number => arcs.find((arc) => arc.dependent === dependent)?.level ?? -1;
    assert.deepEqual([0, 2, 3, 4, 5].map(level), [0, 0, 0, 1, 2]);
  });

  it('never lie over each other, nor do their labels, whatever the tree', () => {
    const random = seededRandom(4);
    for (let round = 0; round < 12; round++) {
      const heads = Array.from({ length: 200 }, (_, k) => (k === 0 ? 0 : 1 + Math.floor(random() * 200)));
      heads.forEach((head, k) => head === k + 1 && (heads[k] = 1));
      const { arcs } = layOut(
        heads.slice(0, 20 + 15 * round).map((head, k, all) => (head > all.length ? (k ? 1 : 0) : head)),
      );
      for (const a of arcs)
        for (const b of arcs) {
          if (a === b || a.level !== b.level) continue;
          const [al, ar] = extentOf(a);
          const [bl, br] = extentOf(b);
          assert.ok(ar <= bl || br <= al, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
        }
    }
  });

  it('of one word end beside each other and do not cross', () => {
    const { arcs } = layOut([3, 3, 0, 3, 3], 60);
    const ends = arcs.map(({ headX }) => headX);
    assert.equal(new Set(ends).size, 4);
    const at = (dependent: number) => arcs.find((arc) => arc.dependent === dependent);
    const [far, near] = [at(0), at(1)];
    assert.ok(far && near && near.headX < far.headX && near.level < far.level);
    assert.ok(ends.every((x) => x > 120 && x < 180));
  });

  it('write only the labels that fit once there are too many levels, and keep to the levels there are', () => {
    const nested = Array.from({ length: 30 }, (_, k) => (k === 0 ? 0 : k < 15 ? 30 - k : 1));
    const compact = layOut(nested, 24, { comfortable: 4, most: 6 });
    assert.ok(compact.compact && compact.levels <= 6);
    for (const { left, right, labelX } of compact.arcs) assert.ok(labelX === null || right - left >= 18);
    assert.ok(compact.arcs.every(({ level }) => level < 6));
    assert.equal(compact.arcs.length, 29);
  });

  it('of 200 words are laid out in well under a frame', () => {
    const random = seededRandom(9);
    const heads = Array.from({ length: 200 }, (_, k) =>
      k === 0 ? 0 : 1 + Math.max(0, k - 1 - Math.floor(8 * random())),
    );
    layOut(heads);
    const from = performance.now();
    for (let k = 0; k < 10; k++) layOut(heads);
    // 2 ms on two shared cores; the bound leaves room for a busy machine.
    assert.ok((performance.now() - from) / 10 < 40);
  });

  it('that leave the drawn columns end at the edge, pointing outwards', () => {
    const axis = { ...timeAxis(1000, words.length, 'words'), first: 1, count: 2 };
    const edges = [axis.left, axis.left + 2 * axis.column] as const;
    const { arcs } = layOutArcs(wordExtents(words, words, axis), arcsOf(HEADS), room(...edges));
    assert.deepEqual(arcs.map(({ dependent, hidden }) => [dependent, hidden]).sort(), [
      [0, 'dependent'],
      [2, 'none'],
      [4, 'dependent'],
      [5, 'dependent'],
    ]);
    const space = arcs.find(({ dependent }) => dependent === 4);
    assert.ok(space);
    assert.equal(space.right, edges[1]);
    const box = { foot: 2, side: 1, first: 10, step: 12 } as const;
    assert.ok(arcPath(space, box).endsWith(`H${edges[1]}`));
    assert.match(arrowheadPath(space, box, 'dependent'), new RegExp(`L${edges[1]},${12 + 12 * space.level}L`));
    assert.equal(openEndPath(space, box), `M${edges[1]},${12 + 12 * space.level}h6`);
    const whole = arcs.find(({ hidden }) => hidden === 'none');
    assert.equal(whole && openEndPath(whole, box), '');
  });

  it('that leave the drawn columns have a label only where it fits into what is seen of them', () => {
    const axis = { ...timeAxis(1000, words.length, 'words'), first: 1, count: 4 };
    const edges = [axis.left, axis.left + 4 * axis.column] as const;
    const written = (width: number) => {
      const { arcs } = layOutArcs(
        wordExtents(words, words, axis),
        arcsOf(HEADS),
        room(...edges, { labelWidth: () => width }),
      );
      return arcs.filter(({ labelX }) => labelX !== null).map(({ dependent }) => dependent);
    };
    // Of the arc to “Scientists” half a column is seen, of that to the full stop more than three.
    assert.deepEqual(written(axis.column).sort(), [2, 3, 4, 5]);
    assert.deepEqual(written(4 * axis.column).sort(), [2, 3, 4]);
  });

  it('point at the dependent, or at the head', () => {
    const { arcs } = layOut([0, 1], 60);
    const box = { foot: 2, side: 1, first: 10, step: 12 } as const;
    assert.match(arrowheadPath(arcs[0], box, 'dependent'), /L90,2L/);
    assert.match(arrowheadPath(arcs[0], box, 'head'), /L30,2L/);
  });

  it('over the text are those under it, mirrored', () => {
    const { arcs } = layOut(HEADS, 24);
    const under = { foot: 2, side: 1, first: 10, step: 12 } as const;
    const over = { ...under, foot: 98, side: -1 } as const;
    assert.ok(arcs.some(({ raised }) => raised) && arcs.some(({ level }) => level > 0));
    for (const arc of arcs) {
      const [down, up] = [under, over].map((box) => cornersOf(arcPath(arc, box)));
      assert.deepEqual(
        up,
        down.map(([x, y]) => [x, 100 - y]),
      );
      assert.equal(levelY(over, arc.level), 100 - levelY(under, arc.level));
      const [below, above] = [under, over].map((box) => cornersOf(arrowheadPath(arc, box, 'dependent')));
      assert.deepEqual(
        above,
        below.map(([x, y]) => [x, 100 - y]),
      );
    }
  });
});

/** The corners that a path of M, L, V, H and q goes through. */
function cornersOf(path: string): number[][] {
  let at = [0, 0];
  return [...path.matchAll(/([MLVHq])([-\d., ]+)/g)].map(([, kind, rest]) => {
    const values = rest.trim().split(/[ ,]+/).map(Number);
    if (kind === 'V') at = [at[0], values[0]];
    else if (kind === 'H') at = [values[0], at[1]];
    else if (kind === 'q') at = [at[0] + values[2], at[1] + values[3]];
    else at = values;
    return at;
  });
}

function extentOf({
  left,
  right,
  labelX,
  label,
}: {
  left: number;
  right: number;
  labelX: number | null;
  label: string;
}) {
  if (labelX === null) return [left, right] as const;
  return [Math.min(left, labelX - 3 * label.length), Math.max(right, labelX + 3 * label.length)] as const;
}
