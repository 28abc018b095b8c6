// What bounds a vanilla network's gradient from above, before a single loss is known:
//   ‖∂J(i)/∂h(j)‖ ≤ ‖∂J(i)/∂h(i)‖ (γ σ_max)^(i−j),  γ the largest slope of the activation, σ_max the norm of W_h.
// Cells with gates have no such bound: their paths around W_h, f and 1 − u, are not in it.
import type { Activation } from '../cells/cellDescription';
import type { LanguageModel } from '../network/languageModel';
import { layerSuffix } from '../network/networkConfig';
import { largestSingularValues } from './largestSingularValues';

/** γ: the largest |φ′|. */
export function largestSlope(activation: Activation): number {
  return activation === 'sigmoid' ? 0.25 : 1;
}

/**
 * γ and σ_max of the top layer's W_h, whose states lead to later losses through it alone; below, other layers lead around it. Null for
 * cells with gates, for a direction that is not there, and where a weight is not finite.
 */
export function gradientBound(
  { config, parameters }: LanguageModel,
  reverse = false,
): { slope: number; norm: number } | null {
  if (config.cell !== 'vanilla' || (reverse && !config.bidirectional)) return null;
  const { values } = parameters.get(`W_h${layerSuffix({ layer: config.layers - 1, reverse })}`);
  if (!values.every(Number.isFinite)) return null;
  return { slope: largestSlope(config.activation), norm: largestSingularValues(values, config.hiddenUnits, 1)[0] };
}
