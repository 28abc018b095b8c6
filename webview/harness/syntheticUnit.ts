// What the harness answers about one unit: terms that add up to the gates of the picture shown, and drivers out of its text.
import { FIRST_PLACE } from '../../src/protocol/layerPlace';
import type { UnitTerms } from '../../src/protocol/questions';
import type { UnitDrivers } from '../../src/protocol/unitDrivers';
import { decodeFrame, type FrameHeader } from '../../src/protocol/traceFrame';
import { gateTermsAt, weightedGates, activationOf } from '../geometry/cellTermNumbers';
import { placedFrame } from '../networkPlace';
import { syntheticFrame } from './syntheticFrame';
import { seededRandom } from './syntheticText';

/** z of what came out of an activation; at most ±15 where it is saturated. */
function inverse(activation: string, value: number): number {
  if (activation === 'relu') return value > 0 ? value : -0.3;
  const z = activation === 'tanh' ? Math.atanh(value) : Math.log(value / (1 - value));
  return Math.max(-15, Math.min(15, z));
}

export function syntheticTerms(unit: number, header: FrameHeader, place = FIRST_PLACE): UnitTerms {
  const random = seededRandom(unit + 1);
  const gates = weightedGates(header);
  const words = header.tokens.some(({ text }) => text.length > 2);
  const texts = [...header.tokens.map(({ text }) => text), header.next ?? ''];
  const { cell, hiddenUnits, step, tokens } = header;
  const frame = syntheticFrame({
    ...{ cell: cell as 'lstm', units: hiddenUnits, step, words, columns: tokens.length },
    ...{ layers: header.layers, bidirectional: header.bidirectional },
    text: texts.join(words ? ' ' : ''),
  });
  const { arrays } = placedFrame(frame.header, decodeFrame(frame), place);
  const bias = Float32Array.from(gates, () => random() - 0.3);
  const recurrent = new Float32Array(tokens.length * gates.length);
  const input = new Float32Array(tokens.length * gates.length);
  for (let t = 0; t < tokens.length; t++)
    gates.forEach((gate, block) => {
      const z = inverse(activationOf(gate), arrays[`gate.${gate.key}`].values[t * hiddenUnits + unit]);
      const at = t * gates.length + block;
      input[at] = (z - bias[block]) * (0.2 + 0.7 * random());
      recurrent[at] = z - bias[block] - input[at];
    });
  const terms = { recurrent, input, bias, recurrentBias: 0.05, initialHidden: 0, initialCell: 0 };
  // With the reset gate after the product it is the product that must be found.
  for (let t = 0; t < tokens.length; t++)
    gateTermsAt(header, terms, t, { r: arrays['gate.r']?.values[t * hiddenUnits + unit] }).forEach((one, block) => {
      if (one.resetsAfter) recurrent[t * gates.length + block] = one.values.past / one.values.reset - one.values.second;
    });
  return terms;
}

export function syntheticDrivers(unit: number, header: FrameHeader): UnitDrivers {
  const random = seededRandom(unit + 11);
  const texts = [...new Set(header.tokens.map(({ text }) => text))];
  const kinds = texts
    .map((text) => ({ text, mean: 1.8 * random() - 0.9, count: Math.round(9000 * random()) + 12 }))
    .sort((a, b) => b.mean - a.mean);
  const place = (k: number, value: number): UnitDrivers['highPlaces'][number] => {
    const at = 12 + ((k * 17) % Math.max(1, header.tokens.length - 20));
    const text = (from: number, to: number): string =>
      header.tokens
        .slice(from, to)
        .map((token) => token.text)
        .join('');
    return {
      position: 9100 * k + at,
      value,
      before: text(Math.max(0, at - 28), at),
      token: header.tokens[at].text,
      after: text(at + 1, at + 11),
    };
  };
  return {
    ...{ count: 60_928, textTokens: 1_115_394, stretches: 16, occurrences: 5 },
    ...{ mean: 0.08, deviation: 0.43, explained: 0.37, kinds: texts.length },
    high: kinds.slice(0, 6),
    low: kinds.slice(-6).reverse(),
    highPlaces: [0, 1, 2, 3].map((k) => place(k, 0.98 - 0.01 * k)),
    lowPlaces: [4, 5, 6, 7].map((k) => place(k, -0.97 + 0.01 * k)),
  };
}
