// The shared time axis: whole pixels, columns found again, room for Korean and for words.
import assert from 'node:assert/strict';
import { columnAt, columnX, columnsThatFit, drawnUnit, timeAxis } from '../../../webview/geometry/timeAxis';

describe('the time axis', () => {
  it('shows 53 steps at 520 px and 104 at 1000 px, as the design says', () => {
    assert.equal(columnsThatFit(520, 'characters'), 53);
    assert.equal(columnsThatFit(1000, 'characters'), 104);
  });

  it('places every column on a whole pixel', () => {
    for (const width of [360, 521, 777, 1000, 1399, 1400, 1801]) {
      const axis = timeAxis(width, 90, 'characters');
      for (let t = axis.first; t < axis.first + axis.count; t++) assert.ok(Number.isInteger(columnX(axis, t)));
    }
  });

  it('leaves a rail of at least 336 px beside the pictures of a wide panel, and none in others', () => {
    for (const unit of ['characters', 'wideCharacters', 'words'] as const)
      for (const width of [1400, 1500, 1800, 2000, 2560]) {
        const axis = timeAxis(width, 400, unit);
        assert.ok(axis.rail >= 336 && axis.rail < 336 + 30, `${unit} at ${width}: ${axis.rail}`);
        assert.equal(axis.rail + axis.width, width - 16);
        assert.equal(axis.width, axis.left + axis.steps * axis.column + axis.right);
      }
    for (const width of [320, 520, 1000, 1399]) assert.equal(timeAxis(width, 400, 'characters').rail, 0);
    assert.equal(timeAxis(1800, 400, 'characters').column, 12);
  });

  it('finds the column under the pointer again, and none in the gutters', () => {
    const axis = timeAxis(1000, 60, 'characters');
    for (const t of [0, 1, 31, 59]) {
      assert.equal(columnAt(axis, columnX(axis, t)), t);
      assert.equal(columnAt(axis, columnX(axis, t) + axis.column - 1), t);
    }
    assert.equal(columnAt(axis, axis.left - 1), null);
    assert.equal(columnAt(axis, columnX(axis, 60)), null);
  });

  it('never draws over the right gutter', () => {
    for (let width = 200; width < 2400; width += 37)
      for (const unit of ['characters', 'wideCharacters', 'words'] as const) {
        const axis = timeAxis(width, 500, unit);
        assert.ok(axis.left + axis.count * axis.column + axis.right <= Math.max(axis.width, 200), `${width} ${unit}`);
      }
  });

  it('keeps wide characters clear of the read-outs', () => {
    for (const width of [360, 520, 1000, 1800]) {
      const [narrow, wide] = (['characters', 'wideCharacters'] as const).map((unit) => timeAxis(width, 500, unit));
      assert.ok(narrow && wide && wide.right >= narrow.right + 8, `${width}`);
      assert.equal(wide.count, columnsThatFit(width, 'wideCharacters'));
    }
  });

  it('keeps the focus in sight when the frame is wider than the panel', () => {
    for (const width of [0, 120, 200, 280, 380, 520])
      for (const focus of [0, 10, 50, 99]) {
        const axis = timeAxis(width, 100, 'characters', focus);
        assert.ok(focus >= axis.first && focus < axis.first + axis.count, `${focus} at ${width}`);
      }
  });

  it('gives Korean text wider columns than English, and words wider ones still', () => {
    assert.equal(drawnUnit('characters', '등대지기는 등불을 켠다'), 'wideCharacters');
    assert.equal(drawnUnit('characters', 'The keeper lights the lamp'), 'characters');
    assert.equal(drawnUnit('words', '등대지기는'), 'words');
    assert.ok(columnsThatFit(1000, 'words') < columnsThatFit(1000, 'wideCharacters'));
  });
});
