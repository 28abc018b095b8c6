// A network trained elsewhere: its configuration as far as its file says, which token each id stands for, and its weights in our layout.
import * as v from 'valibot';
import { decodeTorchWeights, TorchWeightsError, type TorchWeights } from '../engine/formats/torchWeights';
import type { OwnParameter } from '../engine/formats/torchParameters';
import { GatescopeError } from '../protocol/failures';
import { runConfigSchema, type RunConfig } from '../protocol/runConfig';
import type { TrainerRequestOf } from '../protocol/trainerMessages';
import type { TokenCounter, Vocabulary } from '../text/vocabulary';
import type { TrainedModel } from './trainedModel';

export interface ImportedNetwork {
  /** Name of the file. */
  name: string;
  weights: TorchWeights;
  config: RunConfig;
  /** Whether the file tells how the network was trained; else all but its shape is that of the settings. */
  configured: boolean;
  step: number;
  /** Token of every id; null where the file does not say. */
  tokens: string[] | null;
}

/** How others write the token that stands for all that are unknown. */
const UNKNOWN = /^(\ufffd|<unk>|\[unk\]|<\|unk\|>)$/i;
/** Logit of an unknown token where the network has none: its probability rounds to 0. */
const NEVER = -100;

/** @throws GatescopeError weightsUnusable, weightsBothWays */
export function readImported(
  { name, bytes }: NonNullable<TrainerRequestOf<'train'>['weights']>,
  defaults: RunConfig,
): ImportedNetwork {
  const unusable = (reason: string) => new GatescopeError('weightsUnusable', { name, reason });
  const weights = decoded(name, bytes);
  const { metadata, network } = weights;
  const { cell, hiddenUnits, embeddingSize, layers } = network;
  const plain = { layers, bidirectional: false, connections: 'none', task: 'language' } as const;
  const told = v.safeParse(v.pipe(v.string(), v.parseJson(), runConfigSchema), metadata.config);
  const configured = told.success && told.output.cell === cell;
  const base = configured ? told.output : { ...defaults, activation: activationOf(metadata) };
  const unit = metadata.unit === 'characters' || metadata.unit === 'words' ? metadata.unit : base.unit;
  const resetGate = cell === 'gru' ? 'after' : base.resetGate;
  const config = v.safeParse(runConfigSchema, { ...base, ...plain, cell, hiddenUnits, embeddingSize, unit, resetGate });
  if (!config.success) {
    const [issue] = config.issues;
    throw unusable(`${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  }
  const step = Number(metadata.step ?? 0);
  const tokens = tokensOf(metadata.vocabulary, unusable);
  if (tokens !== null && tokens.length !== network.vocabulary)
    throw unusable(`the vocabulary has ${tokens.length} tokens, embedding.weight ${network.vocabulary} rows`);
  return { name, weights, config: config.output, configured, step: Number.isSafeInteger(step) ? step : 0, tokens };
}

function decoded(name: string, bytes: Uint8Array): TorchWeights {
  try {
    return decodeTorchWeights(bytes);
  } catch (error) {
    if (!(error instanceof TorchWeightsError)) throw error;
    throw new GatescopeError(error.readsBothWays ? 'weightsBothWays' : 'weightsUnusable', {
      name,
      reason: error.message,
    });
  }
}

const activationOf = ({ nonlinearity }: Record<string, string>) => (nonlinearity === 'relu' ? 'relu' : 'tanh');

function tokensOf(text: string | undefined, unusable: (reason: string) => Error): string[] | null {
  if (text === undefined) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), text);
  if (!parsed.success) throw unusable('the vocabulary in the metadata is not a JSON list of texts');
  const twice = parsed.output.find((token, at) => parsed.output.indexOf(token) !== at);
  if (twice !== undefined) throw unusable(`the vocabulary has ${JSON.stringify(twice)} twice`);
  return parsed.output;
}

/**
 * The network's vocabulary, with the text's counts: as the file says; else all of the text's tokens in code point order, as
 * `sorted(set(text))` makes them; else as we number them. Where it has no unknown token, one is put before the others.
 * @throws GatescopeError weightsVocabulary where neither has the right size.
 */
export function importedVocabulary(
  { name, weights, config, tokens }: ImportedNetwork,
  counter: TokenCounter,
  text: string,
): Vocabulary {
  const size = weights.network.vocabulary;
  const known = tokens ?? (counter.distinct === size ? counter.inCodePointOrder() : null);
  if (known !== null) return counter.vocabularyOf(config.unit, UNKNOWN.test(known[0]) ? known.slice(1) : known);
  const vocabulary = counter.vocabulary(config.unit);
  if (vocabulary.size === size) return vocabulary;
  throw new GatescopeError('weightsVocabulary', { name, size, text, distinct: counter.distinct });
}

/** Puts the weights in place of the initial ones. */
export function takeImported({ weights, step }: ImportedNetwork, { model, position }: TrainedModel): void {
  const { vocabulary } = weights.network;
  const added = model.config.vocabulary - vocabulary;
  for (const { name, values } of model.parameters.all) {
    const given = weights.parameters.get(name);
    if (given) values.set(added > 0 ? withUnknown(name, given, vocabulary) : given.values);
  }
  position.step = step;
}

/** Row 0 of the embedding all zeros, column 0 of the output never predicted. */
function withUnknown(name: string, { values }: OwnParameter, vocabulary: number): Float32Array {
  if (name === 'b_o') return Float32Array.of(NEVER, ...values);
  if (name === 'embedding') {
    const row = values.length / vocabulary;
    const padded = new Float32Array(values.length + row);
    padded.set(values, row);
    return padded;
  }
  if (name !== 'W_o') return values;
  const padded = new Float32Array((values.length / vocabulary) * (vocabulary + 1));
  for (let row = 0; row * vocabulary < values.length; row++)
    padded.set(values.subarray(row * vocabulary, (row + 1) * vocabulary), row * (vocabulary + 1) + 1);
  return padded;
}
