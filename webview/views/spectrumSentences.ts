// What may be concluded from W_h and from the Jacobians of a window, and what may not: sentences with the numbers in them.
import * as l10n from '@vscode/l10n';
import type { JacobianLags } from '../../src/protocol/spectra';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { departureFromNormality, spectralRadius, type PlaneSpectrum } from '../chart/eigenvaluePlane';
import { lagUnder } from '../chart/lagChart';
import { scientific } from '../shownText';

/** "0.97", for numbers that are compared with 1. */
export const nearOne = (value: number): string =>
  value >= 0.995 && value < 1.005 ? value.toFixed(4) : scientific(value);

/** Of a vanilla network's W_h: γσ_max < 1 is sufficient for vanishing, σ_max > 1/γ only necessary for exploding. */
export function boundSentence({ slope, singularValues }: PlaneSpectrum): string {
  const product = slope * singularValues[0];
  const numbers = `γ σ_max = ${slope} · ${scientific(singularValues[0])} = ${nearOne(product)}`;
  if (product < 1)
    return l10n.t(
      '{0} < 1: no step lets more than this part of any change through, so the gradient vanishes whatever the text. This is sufficient for vanishing.',
      numbers,
    );
  return l10n.t(
    '{0}: a step may let a change grow by as much, or not. σ_max > 1/γ is necessary for exploding, not sufficient: slopes are mostly below γ, and directions turn.',
    numbers,
  );
}

/** Of a block of W_h of a cell with gates. */
export function gatedSentence(cell: string): string {
  return cell === 'lstm'
    ? l10n.t(
        'No bound follows from a block of W_h alone: the gates scale it at every step, and f leads around it through the cell. What passes is measured in the singular values of ∂h(i)/∂h(j).',
      )
    : l10n.t(
        'No bound follows from a block of W_h alone: the gates scale it at every step, and 1 − u leads around it. What passes is measured in the singular values of ∂h(i)/∂h(j).',
      );
}

/** What ρ says, and how far W_h is from where ρ would say more. */
export function radiusSentence(spectrum: PlaneSpectrum): string {
  const rho = spectralRadius(spectrum);
  const sigma = spectrum.singularValues[0];
  const departure = departureFromNormality(spectrum);
  const numbers = [nearOne(rho), nearOne(sigma), departure.toFixed(2)];
  return departure < 0.01
    ? l10n.t(
        'ρ = {0}, σ_max = {1}: this block is close to normal (departure {2} of at most 1), so ρ is nearly what one step can do.',
        ...numbers,
      )
    : l10n.t(
        'ρ = {0} says where powers of the block end; one step can do σ_max = {1}. The block is not normal (departure {2} of at most 1), so ρ alone guarantees nothing.',
        ...numbers,
      );
}

/** What the median of σ₁ does with the lag. */
export function lagSentence(lags: JacobianLags): string {
  const first = lags.curves[0]?.values[0];
  const last = lags.curves[lags.curves.length - 1];
  const end = last?.values[0];
  if (!first || !end || !last) return l10n.t('The window is too short to tell.');
  const start = scientific(10 ** first.median);
  const under = lagUnder(lags, -2);
  if (under !== null)
    return l10n.t(
      'σ₁ is {0} over one step; from lag {1} on its median is under {2}: there every direction of h has lost 99 %.',
      start,
      under,
      powerOfTen(-2),
    );
  if (end.median > 0)
    return l10n.t(
      'σ₁ is {0} over one step and {1} over {2}: some change of h grows on the way.',
      start,
      scientific(10 ** end.median),
      last.lag,
    );
  return l10n.t(
    'σ₁ is {0} over one step and still {1} over {2}, the longest lag here: some direction of h is kept that far.',
    start,
    scientific(10 ** end.median),
    last.lag,
  );
}
