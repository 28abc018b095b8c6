// The same measured of a network as it is and with its W_h scaled to other spectral radii.
import { inPieces } from '../../engine/inspection/pieces';
import { gateSpectrumSteps, gatesWithBlocks } from '../../engine/inspection/recurrentSpectrum';
import type { LanguageModel } from '../../engine/network/languageModel';
import { layerPlaces, layerSuffix } from '../../engine/network/networkConfig';

/**
 * `measure` of the weights as they are first, then of every radius; all layers are scaled by the same factor, the first one to the radius.
 * Weights that are all zero have no radius that could be scaled. Afterwards the weights are as they were.
 */
export async function atRadii<Measured>(
  model: LanguageModel,
  radii: readonly number[],
  pause: () => Promise<void>,
  measure: () => Promise<Measured>,
): Promise<(Measured & { radius: number })[]> {
  const own = await spectralRadius(model, pause);
  const recurrent = layerPlaces(model.config).map((place) => model.parameters.get(`W_h${layerSuffix(place)}`).values);
  const asTrained = recurrent.map((values) => values.slice());
  const measured: (Measured & { radius: number })[] = [];
  for (const radius of own > 0 ? [own, ...radii] : [own]) {
    const factor = own > 0 ? radius / own : 1;
    recurrent.forEach((values, k) => values.set(asTrained[k].map((value) => factor * value)));
    measured.push({ radius, ...(await measure()) });
  }
  recurrent.forEach((values, k) => values.set(asTrained[k]));
  return measured;
}

/** The largest |λ| of any gate's block of the first layer's W_h. */
async function spectralRadius({ config, parameters }: LanguageModel, pause: () => Promise<void>): Promise<number> {
  const { values } = parameters.get('W_h');
  let largest = 0;
  for (const gate of gatesWithBlocks(config.cell)) {
    const steps = gateSpectrumSteps(config.cell, config.hiddenUnits, values, gate);
    largest = Math.max(largest, (await inPieces(steps, pause)).spectralRadius);
  }
  return largest;
}
