// What bounds a vanilla network's gradient from above, before a single loss is known:
//   ‖∂J(i)/∂h(j)‖ ≤ ‖∂J(i)/∂h(i)‖ (γ σ_max)^(i−j),  γ the largest slope of the activation, σ_max the norm of W_h.
// Cells with gates have no such bound: their paths around W_h, f and 1 − u, are not in it.
import type { Activation } from '../cells/cellDescription';
import type { LanguageModel } from '../network/languageModel';
import { largestSingularValues } from './largestSingularValues';

/** γ: the largest |φ′|. */
export function largestSlope(activation: Activation): number {
  return activation === 'sigmoid' ? 0.25 : 1;
}

/** γ and σ_max of the first layer's W_h; null for cells with gates, and where a weight is not finite. */
export function gradientBound({ config, parameters }: LanguageModel): { slope: number; norm: number } | null {
  if (config.cell !== 'vanilla') return null;
  const { values } = parameters.get('W_h');
  if (!values.every(Number.isFinite)) return null;
  return { slope: largestSlope(config.activation), norm: largestSingularValues(values, config.hiddenUnits, 1)[0] };
}
