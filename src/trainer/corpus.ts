// Reads a text twice, streaming: once to count its tokens, once to write it as ids of the vocabulary.
import { createHash } from 'node:crypto';
import { GatescopeError } from '../protocol/failures';
import type { CorpusInfo, TextSource } from '../protocol/run';
import { MINIMUM_TOKENS, splitTokens } from '../text/split';
import { createTokenizer, type TokenUnit } from '../text/tokenize';
import { unigramEntropy } from '../text/unigramEntropy';
import { TokenCounter, type Vocabulary } from '../text/vocabulary';
import { openSource, type SourceReader } from './sourceReader';
import { TokenFileWriter } from './tokenFile';

/** Of larger texts, only this many bytes from the beginning are counted for the vocabulary. */
export const COUNTED_BYTES = 64 * 1024 * 1024;
/** UTF-16 units kept of the text's beginning, to be inspected when no editor shows the text. */
const SAMPLE_UNITS = 4000;

export interface Corpus {
  vocabulary: Vocabulary;
  info: CorpusInfo;
  /** The beginning of the text. */
  sample: string;
  /** Undecodable places, each read as U+FFFD. */
  replaced: number;
  /** Bytes the vocabulary was counted on, when that was not the whole text. */
  countedBytes: number | null;
}

export interface CorpusRequest {
  source: TextSource;
  text: string | null;
  unit: TokenUnit;
  /** The vocabulary of what was counted; that of the text itself where it is left out. */
  vocabularyOf?(counter: TokenCounter): Vocabulary;
  /** File that receives the ids. */
  tokenPath: string;
  report(activity: 'counting' | 'reading', fraction: number): void;
  /** Asked between pieces; true gives the reading up. */
  isCancelled(): boolean;
}

/**
 * Builds vocabulary and token file of a text; null when cancelled.
 * @throws GatescopeError emptyText, textTooShort, oneSymbol, fileChangedWhileReading and what openSource throws.
 */
export async function readCorpus(request: CorpusRequest): Promise<Corpus | null> {
  const reader = await openSource(request.source, request.text);
  try {
    const counter = await countTokens(reader, request);
    if (counter === null) return null;
    const vocabulary = request.vocabularyOf?.(counter) ?? counter.vocabulary(request.unit);
    const encoded = await writeTokens(reader, request, vocabulary);
    if (encoded === null) return null;
    await reader.checkUnchanged();
    const countedBytes = reader.bytes > COUNTED_BYTES ? COUNTED_BYTES : null;
    return { vocabulary, replaced: reader.replaced, countedBytes, ...encoded };
  } finally {
    await reader.close();
  }
}

async function countTokens(reader: SourceReader, request: CorpusRequest): Promise<TokenCounter | null> {
  const { name } = request.source;
  const counter = new TokenCounter();
  const tokenizer = createTokenizer(request.unit);
  const add = (text: string, start: number, end: number) => counter.add(text, start, end);
  let units = 0;
  for await (const { text, fraction } of reader.pieces(COUNTED_BYTES)) {
    if (request.isCancelled()) return null;
    tokenizer.push(text, add);
    units += text.length;
    request.report('counting', Math.min(1, (fraction * reader.bytes) / Math.min(reader.bytes, COUNTED_BYTES)));
  }
  tokenizer.end(add);
  if (units === 0) throw new GatescopeError('emptyText', { name });
  const { tokens } = counter;
  if (tokens >= MINIMUM_TOKENS && counter.distinct === 1)
    throw new GatescopeError('oneSymbol', { name, symbol: counter.mostFrequent?.text ?? '' });
  if (tokens < MINIMUM_TOKENS) throw new GatescopeError('textTooShort', { name, tokens, needed: MINIMUM_TOKENS });
  return counter;
}

async function writeTokens(
  reader: SourceReader,
  request: CorpusRequest,
  vocabulary: Vocabulary,
): Promise<{ info: CorpusInfo; sample: string } | null> {
  const { unit } = request;
  const hash = createHash('sha256');
  const counts = new Float64Array(vocabulary.size);
  const tokenizer = createTokenizer(unit);
  const clusters = unit === 'words' ? createTokenizer('characters') : null;
  let characters = 0;
  let sample = '';
  const writer = new TokenFileWriter(request.tokenPath);
  const add = (token: string) => {
    const id = vocabulary.idOf(token);
    counts[id]++;
    writer.add(id);
  };
  const countCharacter = () => {
    characters++;
  };
  try {
    for await (const { text, fraction } of reader.pieces()) {
      if (request.isCancelled()) return null;
      hash.update(text, 'utf8');
      if (sample.length < SAMPLE_UNITS) sample += text.slice(0, SAMPLE_UNITS - sample.length);
      tokenizer.push(text, add);
      clusters?.push(text, countCharacter);
      request.report('reading', fraction);
    }
    tokenizer.end(add);
    clusters?.end(countCharacter);
  } finally {
    writer.close();
  }
  const tokens = writer.length;
  const { training, validation } = splitTokens(tokens);
  const info: CorpusInfo = {
    encoding: reader.encoding,
    bytes: reader.bytes,
    tokens,
    characters: clusters ? characters : tokens,
    vocabulary: vocabulary.size,
    trainingTokens: training.length,
    validationTokens: validation.length,
    unigramEntropy: unigramEntropy(counts),
    hash: hash.digest('hex'),
  };
  return { info, sample: sample.replace(/[\ud800-\udbff]$/, '') };
}
