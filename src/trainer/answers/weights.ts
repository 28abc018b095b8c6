// How the values of every parameter are spread: moments and a histogram.
import type { ParameterSpread } from '../../protocol/parameterSpread';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';

export async function answerWeights(
  { model, pause }: AnswerContext,
  { bins }: QuestionOf<'weights'>,
): Promise<Answers['weights']> {
  const parameters: ParameterSpread[] = [];
  for (const { name, shape, values } of model.parameters.all) {
    parameters.push({ name, shape, ...spreadOf(values, bins) });
    await pause();
  }
  return { parameters };
}

/** Moments in float64; the largest value falls into the last bin. */
export function spreadOf(values: Float32Array, bins: number): Omit<ParameterSpread, 'name' | 'shape'> {
  let [smallest, largest, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    sum += value;
  }
  const mean = sum / values.length;
  const counts = new Array<number>(bins).fill(0);
  const width = (largest - smallest) / bins;
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    counts[width > 0 ? Math.min(bins - 1, Math.floor((value - smallest) / width)) : 0]++;
  }
  return { mean, deviation: Math.sqrt(squares / values.length), smallest, largest, counts };
}
