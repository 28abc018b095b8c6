// What the keys do in the pictures.
import assert from 'node:assert/strict';
import type { Picture } from '../../../webview/picture';
import { gradientKey, timeZoneKey } from '../../../webview/views/timeZoneKeys';

const text = 'a big cat';
const picture = (focus: number): Picture =>
  ({
    header: { tokens: [...text].map((letter) => ({ text: letter, start: 0, end: 0, known: true })) },
    focus,
    unit: 7,
    order: Uint16Array.of(3, 7, 5),
  }) as unknown as Picture;
const press = (key: string, focus: number, shiftKey = false) =>
  timeZoneKey({ key, shiftKey, altKey: false, ctrlKey: false, metaKey: false }, picture(focus));

describe('keys in the pictures', () => {
  it('move the focus by a step and stop at the ends', () => {
    assert.deepEqual(press('ArrowRight', 3), { kind: 'focus', column: 4 });
    assert.deepEqual(press('ArrowLeft', 0), { kind: 'focus', column: 0 });
    assert.deepEqual(press('ArrowRight', 8), { kind: 'focus', column: 8 });
  });

  it('move by words with Shift, and to the ends with Home and End', () => {
    assert.deepEqual(press('ArrowRight', 0, true), { kind: 'focus', column: 4 });
    assert.deepEqual(press('ArrowLeft', 8, true), { kind: 'focus', column: 4 });
    assert.deepEqual(press('Home', 5), { kind: 'focus', column: 0 });
    assert.deepEqual(press('End', 5), { kind: 'focus', column: 8 });
  });

  it('move the unit along the rows on screen, not along the model', () => {
    assert.deepEqual(press('ArrowUp', 0), { kind: 'unit', unit: 3 });
    assert.deepEqual(press('ArrowDown', 0), { kind: 'unit', unit: 5 });
  });

  it('leave all other keys to VS Code', () => {
    assert.equal(press('F1', 0), null);
    assert.equal(
      timeZoneKey({ key: 'ArrowLeft', shiftKey: false, altKey: false, ctrlKey: true, metaKey: false }, picture(3)),
      null,
    );
  });

  it('go along the states that the gradient reaches, and in the triangle from loss step to loss step', () => {
    const pressed = (key: string, hover: number | null, rowsAreSteps: boolean) =>
      gradientKey(
        { key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false },
        { ...picture(5), hover } as Picture,
        rowsAreSteps,
      );
    assert.deepEqual(pressed('ArrowLeft', null, false), { kind: 'hover', column: 4 });
    assert.deepEqual(pressed('ArrowRight', 5, false), { kind: 'hover', column: 5 }, 'no loss reaches later states');
    assert.deepEqual(pressed('Home', 3, false), { kind: 'hover', column: 0 });
    assert.equal(pressed('ArrowUp', 3, false), null, 'units, as everywhere');
    assert.deepEqual(pressed('ArrowUp', 3, true), { kind: 'focus', column: 4 });
    assert.deepEqual(pressed('ArrowDown', 3, true), { kind: 'focus', column: 6 });
  });
});
