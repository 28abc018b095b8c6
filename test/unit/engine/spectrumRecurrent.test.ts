// The spectrum of W_h gate by gate: the right block, its spectral radius and its largest singular value.
import assert from 'node:assert/strict';
import { CELL_DESCRIPTIONS, type CellKind } from '../../../src/engine/cells/cellDescription';
import { recurrentSpectrum } from '../../../src/engine/inspection/recurrentSpectrum';
import { orthogonalMatrix } from '../../oracle/knownMatrices';

const GATES: Record<CellKind, string[]> = { vanilla: ['h'], lstm: ['f', 'i', 'o', 'g'], gru: ['u', 'r', 'g'] };
const H = 8;

/** W_h [H,G·H] with block b as given. */
function weightsOf(cell: CellKind, block: (b: number, row: number, column: number) => number): Float32Array {
  const columns = CELL_DESCRIPTIONS[cell].blocks * H;
  return Float32Array.from({ length: H * columns }, (_, at) => {
    const column = at % columns;
    return block(Math.floor(column / H), Math.floor(at / columns), column % H);
  });
}

describe('the spectrum of the recurrent weights', () => {
  for (const cell of ['vanilla', 'lstm', 'gru'] as const) {
    it(`of the ${cell} is that of every gate's own block`, () => {
      const turn = orthogonalMatrix(H, 11);
      const spectra = recurrentSpectrum(
        cell,
        H,
        weightsOf(cell, (b, row, column) => (b + 0.5) * turn[row * H + column]),
      );
      assert.deepEqual(
        spectra.map(({ gate }) => gate),
        GATES[cell],
      );
      spectra.forEach(({ spectralRadius, singularValues, eigenvalues }, b) => {
        assert.ok(Math.abs(spectralRadius - (b + 0.5)) < 1e-6, `ρ ${spectralRadius}`);
        for (const value of singularValues) assert.ok(Math.abs(value - (b + 0.5)) < 1e-6, `σ ${value}`);
        assert.equal(eigenvalues.real.length, H);
      });
    });
  }

  it('tells the gain of a non-normal matrix from its spectral radius', () => {
    const [{ spectralRadius, singularValues }] = recurrentSpectrum('vanilla', 2, Float32Array.of(0, 5, 0, 0));
    assert.equal(spectralRadius, 0);
    assert.deepEqual(singularValues, Float64Array.of(5, 0));
  });

  it('refuses weights that are not finite, naming the gate, and a matrix of another shape', () => {
    const exploded = weightsOf('lstm', (b, row) => (b === 2 && row === 3 ? Infinity : 1));
    assert.throws(() => recurrentSpectrum('lstm', H, exploded), /W_h of gate o is not finite/);
    assert.throws(() => recurrentSpectrum('gru', H, new Float32Array(H * H)), /a gru of 8 units needs 192/);
  });
});
