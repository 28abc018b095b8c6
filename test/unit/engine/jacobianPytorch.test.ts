// Jacobian products and the spectrum of W_h against PyTorch's numbers, as test/fixtures/jacobians/write_jacobians.py wrote them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { forEachJacobianProduct, withCommonScale } from '../../../src/engine/inspection/jacobianProducts';
import { jacobianSpectrum } from '../../../src/engine/inspection/jacobianSpectrum';
import { timesPowerOfTwo } from '../../../src/engine/inspection/orderOne';
import { recurrentSpectrum } from '../../../src/engine/inspection/recurrentSpectrum';
import { singularValues } from '../../../src/engine/inspection/singularValues';
import type { OracleShape } from '../../oracle/float64Network';
import { randomIds, randomParameters } from '../../oracle/smallNetworks';
import { ALL_VARIANTS } from './kernelsUnderTest';
import { disposeModels } from './smallTraining';
import { tracedWindow } from './tracedWindows';

interface Fixture {
  hiddenUnits: number;
  embeddingSize: number;
  vocabulary: number;
  steps: number;
  parameterSeed: number;
  textSeed: number;
  scale: number;
  cells: Record<
    OracleShape['cell'],
    {
      /** Singular values of ∂h(i)/∂h(j) by lag; `state` of the LSTM's ∂(h, c)(i)/∂(h, c)(j). */
      hidden: Record<string, number[]>;
      state?: Record<string, number[]>;
      eigenvalues: Record<string, { real: number[]; imaginary: number[] }>;
    }
  >;
}

const file = path.resolve(__dirname, '../../fixtures/jacobians/jacobians.json');
const fixture = JSON.parse(fs.readFileSync(file, 'utf8')) as Fixture;
const last = fixture.steps - 1;

/** To 1e-4 of the largest, and those near it to 1e-4 of themselves. */
function assertSingularValues(actual: Float64Array, expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, k) => {
    const bound = 1e-4 * Math.min(expected[0], Math.max(value, 1e-2 * expected[0]));
    assert.ok(Math.abs(actual[k] - value) <= bound, `${what}, σ${k}: ${actual[k]}, PyTorch says ${value}`);
  });
}

describe('PyTorch agrees', () => {
  afterEach(disposeModels);

  for (const cell of ['vanilla', 'lstm', 'gru'] as const) {
    const { hidden, state, eigenvalues } = fixture.cells[cell];
    const { hiddenUnits, embeddingSize, vocabulary } = fixture;
    const sizes = { hiddenUnits, embeddingSize, vocabulary };
    const shape: OracleShape = { cell, activation: 'tanh', resetGate: 'after', ...sizes };
    const parameters = randomParameters(shape, fixture.parameterSeed, fixture.scale);
    const ids = randomIds(vocabulary, fixture.steps, fixture.textSeed);

    it(`about the singular values of the ${cell}'s Jacobian products at every lag`, async () => {
      for (const name of ALL_VARIANTS) {
        const { kernels, layer } = await tracedWindow(shape, parameters, ids, name);
        const lags = Object.keys(hidden).map(Number);
        const spectra = jacobianSpectrum(kernels, layer, last, lags);
        assert.equal(spectra.length, last);
        for (const { lag, singularValues: values } of spectra)
          assertSingularValues(values, hidden[lag], `${name}, lag ${lag}`);
      }
    });

    if (state)
      it(`about those of the ${cell}'s whole state`, async () => {
        const { kernels, layer } = await tracedWindow(shape, parameters, ids);
        forEachJacobianProduct(kernels, layer, last, last, 'state', (product) => {
          const expected = state[product.lag];
          if (!expected) return;
          const { scaled, exponent } = withCommonScale(product);
          const values = singularValues(scaled, product.rows, product.columns);
          const unscaled = values.map((value) => timesPowerOfTwo(value, exponent));
          assertSingularValues(unscaled, expected, `lag ${product.lag}`);
        });
      });

    it(`about the eigenvalues of the ${cell}'s recurrent weights`, () => {
      const spectra = recurrentSpectrum(cell, hiddenUnits, Float32Array.from(parameters.W_h));
      assert.deepEqual(
        spectra.map(({ gate }) => gate),
        Object.keys(eigenvalues),
      );
      for (const { gate, eigenvalues: own, spectralRadius } of spectra) {
        const { real, imaginary } = eigenvalues[gate];
        real.forEach((re, k) => {
          const apart = Math.hypot(own.real[k] - re, own.imaginary[k] - imaginary[k]);
          assert.ok(apart <= 1e-7 * spectralRadius, `${gate}, λ${k}: ${own.real[k]} + ${own.imaginary[k]}i`);
        });
      }
    });
  }
});
