// How fast the network forgets the state it began with, on a stretch of text: with its weights, and with W_h scaled to other spectral radii.
import { fading, FADING_PAIRS } from '../../engine/inspection/fadingMemory';
import { inPieces } from '../../engine/inspection/pieces';
import { gateSpectrumSteps, gatesWithBlocks } from '../../engine/inspection/recurrentSpectrum';
import type { LanguageModel } from '../../engine/network/languageModel';
import { layerPlaces, layerSuffix } from '../../engine/network/networkConfig';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { FadingCurve } from '../../protocol/spectra';
import type { AnswerContext } from './answerContext';
import { exponentStretch } from './lyapunov';

/** Of the states that are begun with: the same for every radius. */
const SEED = 1;
/** Places of the quartiles among the pairs in order. */
const QUARTILES = [0.25, 0.5, 0.75].map((share) => Math.round(share * (FADING_PAIRS - 1)));

/** The copy's W_h are scaled meanwhile; every question is answered with weights put into it anew. @throws GatescopeError runDamaged */
export async function answerFading(
  { model, corpus, tokens, pause }: AnswerContext,
  { radii }: QuestionOf<'fading'>,
): Promise<Answers['fading']> {
  const { start, steps, heldOut } = exponentStretch(corpus);
  const read = new Uint16Array(steps);
  tokens().read(start, read);
  const ids = Int32Array.from(read);
  const own = await spectralRadius(model, pause);
  const recurrent = layerPlaces(model.config).map((place) => model.parameters.get(`W_h${layerSuffix(place)}`).values);
  const asTrained = recurrent.map((values) => values.slice());
  const curves: FadingCurve[] = [];
  // Weights that are all zero have no radius that could be scaled.
  for (const radius of own > 0 ? [own, ...radii] : [own]) {
    const factor = own > 0 ? radius / own : 1;
    recurrent.forEach((values, k) => values.set(asTrained[k].map((value) => factor * value)));
    curves.push({ radius, ...quartiles(await fading(model, ids, SEED, pause)) });
  }
  recurrent.forEach((values, k) => values.set(asTrained[k]));
  return { start, steps, heldOut, curves };
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

function quartiles(pairs: Float64Array[]): Omit<FadingCurve, 'radius'> {
  const sorted = Array.from(pairs[0], (_, t) => Float64Array.from(pairs, (distances) => distances[t]).sort());
  const [low, median, high] = QUARTILES.map((at) => Float64Array.from(sorted, (ordered) => ordered[at]));
  return { low, median, high };
}
