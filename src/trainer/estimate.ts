// What training on a text would cost, found out in about a second: a count of its beginning and a few real steps.
import { parameterShapes } from '../engine/network/networkConfig';
import { GatescopeError } from '../protocol/failures';
import type { RunConfig } from '../protocol/runConfig';
import type { Estimate, TrainerRequestOf } from '../protocol/trainerMessages';
import type { BatchShape } from '../text/batches';
import { MINIMUM_TOKENS, splitTokens } from '../text/split';
import { createTokenizer } from '../text/tokenize';
import { TokenCounter } from '../text/vocabulary';
import { threadChoice, type EngineOptions } from './readyRun';
import { openSource } from './sourceReader';
import { TrainedModel } from './trainedModel';
import { networkConfig, planShape } from './trainingPlan';

const COUNTING_MILLISECONDS = 600;
const MEASURING_MILLISECONDS = 400;
const MEASURED_TIMESTEPS = 16;
/** Networks larger than this are not built for the measurement; a smaller one is, and the time scaled. */
const MEASURED_PARAMETERS = 1_000_000;
const SMALL_UNITS = 96;
const PREVIEW_UNITS = 2000;

/** @throws GatescopeError as readCorpus, for a text that cannot be trained on. */
export async function estimateTraining(
  request: TrainerRequestOf<'estimate'>,
  options: EngineOptions,
): Promise<Estimate> {
  const { source } = request;
  // What a task's step costs is nearly what a language model of the same network costs.
  const config: RunConfig = { ...request.config, task: 'language' };
  const reader = await openSource(source, request.text);
  try {
    const began = performance.now();
    const counter = new TokenCounter();
    const tokenizer = createTokenizer(config.unit);
    const clusters = createTokenizer('characters');
    let [preview, characters, read] = ['', 0, 0];
    const add = (text: string, start: number, end: number) => counter.add(text, start, end);
    const countCharacter = () => {
      characters++;
    };
    for await (const { text, fraction } of reader.pieces()) {
      if (preview.length < PREVIEW_UNITS) preview += text.slice(0, PREVIEW_UNITS - preview.length);
      tokenizer.push(text, add);
      clusters.push(text, countCharacter);
      read = fraction;
      if (performance.now() - began > COUNTING_MILLISECONDS) break;
    }
    tokenizer.end(add);
    clusters.end(countCharacter);
    const { name } = source;
    if (characters === 0) throw new GatescopeError('emptyText', { name });
    const tokens = Math.round(counter.tokens / read);
    if (tokens < MINIMUM_TOKENS) throw new GatescopeError('textTooShort', { name, tokens, needed: MINIMUM_TOKENS });
    if (counter.distinct === 1)
      throw new GatescopeError('oneSymbol', { name, symbol: counter.mostFrequent?.text ?? '' });
    const { training } = splitTokens(tokens);
    const vocabulary = counter.vocabulary(config.unit).size;
    const shape = planShape(config, networkConfig(config, vocabulary), training.length, options.memoryMegabytes);
    const steps = config.epochs * Math.max(1, Math.floor((training.length - 1) / (shape.lanes * shape.timesteps)));
    const secondsPerToken = await measure(config, vocabulary, shape, options, request.threads);
    return {
      bytes: reader.bytes,
      characters: Math.round(characters / read),
      distinct: counter.distinct,
      sampled: read < 1,
      encoding: reader.encoding,
      steps,
      seconds: steps * shape.lanes * shape.timesteps * secondsPerToken,
      preview: preview.replace(/[\ud800-\udbff]$/, ''),
    };
  } finally {
    await reader.close();
  }
}

/** Seconds per token of training, from a few steps of this network or of a smaller one of its kind. */
async function measure(
  config: RunConfig,
  vocabulary: number,
  { timesteps, lanes }: BatchShape,
  options: EngineOptions,
  threads: number | undefined,
): Promise<number> {
  const isLarge = costPerToken(config, vocabulary) > MEASURED_PARAMETERS;
  const { hiddenUnits, embeddingSize } = config;
  const measured: RunConfig = isLarge
    ? {
        ...config,
        hiddenUnits: Math.min(hiddenUnits, SMALL_UNITS),
        embeddingSize: Math.min(embeddingSize, SMALL_UNITS),
      }
    : config;
  const shape = { timesteps: Math.min(timesteps, MEASURED_TIMESTEPS), lanes };
  const trained = await TrainedModel.create(
    measured,
    vocabulary,
    shape,
    options.kernelsWasm,
    threadChoice(options, threads),
  );
  const ids = Int32Array.from({ length: shape.timesteps * lanes }, (_, at) => at % vocabulary);
  trained.advance(ids, ids);
  const began = performance.now();
  let steps = 0;
  do {
    trained.advance(ids, ids);
    steps++;
  } while (steps < 5 && performance.now() - began < MEASURING_MILLISECONDS);
  const seconds = (performance.now() - began) / 1000 / (steps * ids.length);
  trained.model.dispose();
  return (seconds * costPerToken(config, vocabulary)) / costPerToken(measured, vocabulary);
}

/** Multiplications per token and pass: the weights that every token meets, which the embedding's rows are not. */
function costPerToken(config: RunConfig, vocabulary: number): number {
  return parameterShapes(networkConfig(config, vocabulary))
    .filter(({ name, shape }) => name !== 'embedding' && shape.length === 2)
    .reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
}
