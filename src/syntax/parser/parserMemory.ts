// How much of an arena a parser takes, for parsing and for training.
import { allocateBackwardTrace } from '../../engine/network/backward';
import { countFloats } from '../../engine/network/countFloats';
import { allocateTrace } from '../../engine/network/forward';
import { parameterShapes } from '../../engine/network/networkConfig';
import { headShapes, labelColumns, perceptronColumns, recurrentConfig, type ParserConfig } from './parserConfig';

/** Words of the longest sentence that can be parsed, and positions that are read at a time. */
export const LONGEST_SENTENCE = 1024;

/** What packing, alignment and odds and ends may take. */
const SLACK_FLOATS = 1 << 20;

/** Of each parameter while training: value, gradient, two moments. */
const TRAINED_COPIES = 4;

/** Bytes for the parameters and a pass over `positions`, with its way back where the parser is trained. */
export function parserBytes(config: ParserConfig, positions: number, training: boolean): number {
  const { units: H, arcWidth: A } = config;
  const recurrent = recurrentConfig(config, training ? 0.3 : 0);
  const shapes = [...headShapes(config), ...parameterShapes(recurrent)];
  const parameters = shapes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1) + 16, 0);
  const pass = countFloats({ ...recurrent, vocabulary: positions }, (plan) => {
    // The states' first rows are the lanes': as many as positions where all sentences have one word.
    allocateTrace(plan, 1, positions, training);
    if (training) allocateBackwardTrace(plan, 1, positions);
  });
  const rows = 2 * positions;
  const { width } = perceptronColumns(config);
  const scorers = rows * (2 * H + 2 * width + A + labelColumns(config)) * (training ? 2 : 1);
  const squares = (positions + 1) ** 2;
  const copies = training ? TRAINED_COPIES : 1;
  return 4 * (copies * parameters + pass + scorers + squares + SLACK_FLOATS);
}
