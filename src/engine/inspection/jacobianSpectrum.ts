// Singular values of ∂h(i)/∂h(j) against the lag |i − j|: by how much some change of a state is amplified, and by how much most are lost.
import type { MatrixKernels } from '../kernels/matrixKernels';
import { forEachJacobianProduct, withCommonScale } from './jacobianProducts';
import { timesPowerOfTwo } from './orderOne';
import { singularValues } from './singularValues';
import type { TracedLayer } from './tracedLayer';

export interface JacobianSpectrum {
  lag: number;
  /** [H], largest first; 0 below 1e-308. */
  singularValues: Float64Array;
  /** Their natural logarithms, which no lag is too long for; −Infinity where no path leads from h(j) to h(i). */
  logarithms: Float64Array;
}

/**
 * Of step i and every lag in `lags` that the window holds, in ascending order. The products are float32 and their singular
 * values float64: each is exact to about 1e-6 of the largest, so one that is 1e-2 of it to 1e-4, and below 1e-6 of it they are rounding.
 * Throws RangeError for a step outside the window or a product that is not finite, naming its lag. The arena is left as it was.
 */
export function jacobianSpectrum(
  kernels: MatrixKernels,
  layer: TracedLayer,
  i: number,
  lags: Iterable<number>,
): JacobianSpectrum[] {
  const wanted = new Set(lags);
  const H = layer.config.hiddenUnits;
  const spectra: JacobianSpectrum[] = [];
  forEachJacobianProduct(kernels, layer, i, Math.max(-1, ...wanted), 'hidden', (product) => {
    if (!wanted.has(product.lag)) return;
    const { scaled, exponent } = withCommonScale(product, H);
    if (!scaled.every(Number.isFinite)) throw new RangeError(`the Jacobian over ${product.lag} steps is not finite`);
    const values = singularValues(scaled, H, H);
    spectra.push({
      lag: product.lag,
      singularValues: values.map((value) => timesPowerOfTwo(value, exponent)),
      logarithms: values.map((value) => Math.log(value) + exponent * Math.LN2),
    });
  });
  return spectra;
}
