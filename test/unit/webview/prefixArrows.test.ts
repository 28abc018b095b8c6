// Arrows from the words of a prefix into the prediction after it: how wide, on which side, which words keep their number, where keys lead.
import assert from 'node:assert/strict';
import { MOST_ARROWS, prefixMove, prefixRow, wordWidths } from '../../../webview/geometry/prefixArrows';

const letters = (text: string): number => 8 * text.length;
const number = (): number => 30;
const row = (values: readonly number[], width: number, largest = Math.max(...values.map(Math.abs))) => {
  const words = values.map((value) => ({ name: 'w', value }));
  const right = width * values.length;
  const place = { right, target: right + 14, largest };
  return prefixRow(
    words,
    values.map(() => width),
    place,
    number,
  );
};
/** Width of a crescent where it begins: its path goes from one edge to the other. */
const footOf = (path: string): number => {
  const [, from] = /^M(-?[\d.]+),/.exec(path) ?? [];
  const [, to] = /(-?[\d.]+),-?[\d.]+Z$/.exec(path) ?? [];
  return Number(to) - Number(from);
};

describe('arrows from a prefix into the prediction', () => {
  it('stand above for what speaks for the first continuation, as wide as it is large', () => {
    const { arrows, coverage } = row([0.4, -0.2, 0], 50);
    assert.deepEqual(
      arrows.map(({ at, isAbove, share }) => [at, isAbove, Number(share.toFixed(3))]),
      [
        [0, true, 0.667],
        [1, false, 0.333],
      ],
    );
    assert.ok(Math.abs(footOf(arrows[0].path) - 2 * footOf(arrows[1].path)) < 0.05);
    assert.ok(Math.abs(coverage - 1) < 1e-12);
  });

  it('are as wide for a model as for another that says the same', () => {
    const [own, beside] = [row([0.2, 0.1], 50, 0.8), row([0.8, 0.2], 50, 0.8)];
    assert.ok(Math.abs(footOf(own.arrows[0].path) - footOf(beside.arrows[1].path)) < 0.05);
  });

  it('draw the strongest of many, and say what part of all that is', () => {
    const { arrows, coverage } = row(
      Array.from({ length: 100 }, (_, at) => at + 1),
      13,
    );
    assert.equal(arrows.length, MOST_ARROWS);
    assert.ok(coverage > 0.6 && coverage < 0.7, String(coverage));
  });

  it('give every word room for its number, and letters only where numbers do not touch', () => {
    const words = ['The', 'writer', 'of'].map((name) => ({ name, value: 0.1 }));
    const widths = wordWidths(words, true, letters, number);
    assert.deepEqual(widths, [37, 55, 37]);
    const wide = prefixRow(words, widths, { right: 135, target: 149, largest: 0.1 }, number);
    assert.ok(wide.words.every(({ hasNumber }) => hasNumber));
    const narrow = row([0.1, 0.9, 0.2, 0.3, 0.15, 0.5], 13).words;
    const numbered = [...narrow.keys()].filter((at) => narrow[at].hasNumber);
    assert.ok(numbered.length >= 1 && numbered.every((at, k) => k === 0 || 13 * (at - numbered[k - 1]) >= 34));
  });

  it('are gone through from the last word on, and from model to model', () => {
    const press = (key: string, from: { row: number; at: number } | null, altKey = false) =>
      prefixMove({ key, altKey, ctrlKey: false, metaKey: false }, [5, 12], from);
    assert.deepEqual(press('ArrowLeft', null), { row: 0, at: 4 });
    assert.deepEqual(press('ArrowDown', { row: 0, at: 4 }), { row: 1, at: 11 }, 'as far from the end');
    assert.deepEqual(press('ArrowUp', { row: 1, at: 2 }), { row: 0, at: 0 });
    assert.deepEqual(press('ArrowUp', { row: 0, at: 2 }), { row: 0, at: 2 });
    assert.deepEqual(press('Home', { row: 1, at: 7 }), { row: 1, at: 0 });
    assert.equal(press('Tab', null), null);
    assert.equal(press('ArrowLeft', null, true), null);
  });
});
