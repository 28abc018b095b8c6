// Singular values of ∂h(i)/∂h(j) against the lag |i − j|: by how much some change of a state is amplified, and by how much most are lost.
import type { MatrixKernels } from '../kernels/matrixKernels';
import { forEachJacobianProduct, withCommonScale, type JacobianProduct } from './jacobianProducts';
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

/** A Jacobian as singular values need it: scaled·2^exponent. */
export interface LaggedJacobian {
  lag: number;
  /** [H,H], row-major. */
  scaled: Float64Array;
  exponent: number;
}

/**
 * ∂h(i)/∂h(j) of step i for every lag in `lags` that the window holds, in ascending order.
 * Throws RangeError for a step outside the window or a product that is not finite, naming its lag. The arena is left as it was.
 */
export function laggedJacobians(
  kernels: MatrixKernels,
  layer: TracedLayer,
  i: number,
  lags: Iterable<number>,
): LaggedJacobian[] {
  const wanted = new Set(lags);
  const H = layer.config.hiddenUnits;
  const products: LaggedJacobian[] = [];
  forEachJacobianProduct(kernels, layer, i, Math.max(-1, ...wanted), 'hidden', (product) => {
    if (wanted.has(product.lag)) products.push(laggedJacobian(product, H));
  });
  return products;
}

/** Throws RangeError for a product that is not finite, naming its lag. */
export function laggedJacobian(product: JacobianProduct, hiddenUnits: number): LaggedJacobian {
  const { lag } = product;
  const { scaled, exponent } = withCommonScale(product, hiddenUnits);
  if (!scaled.every(Number.isFinite)) throw new RangeError(`the Jacobian over ${lag} steps is not finite`);
  return { lag, scaled, exponent };
}

/**
 * The products are float32 and their singular values float64: each is exact to about 1e-6 of the largest, so one that is 1e-2
 * of it to 1e-4, and below 1e-6 of it they are rounding.
 */
export function spectrumOf({ lag, scaled, exponent }: LaggedJacobian): JacobianSpectrum {
  const H = Math.round(Math.sqrt(scaled.length));
  const values = singularValues(scaled, H, H);
  return {
    lag,
    singularValues: values.map((value) => timesPowerOfTwo(value, exponent)),
    logarithms: values.map((value) => Math.log(value) + exponent * Math.LN2),
  };
}

/** The singular values of laggedJacobians, all at once. */
export function jacobianSpectrum(
  kernels: MatrixKernels,
  layer: TracedLayer,
  i: number,
  lags: Iterable<number>,
): JacobianSpectrum[] {
  return laggedJacobians(kernels, layer, i, lags).map(spectrumOf);
}
