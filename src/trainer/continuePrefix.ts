// Lets the network write on after a text.
import { sampleContinuation } from '../engine/inspection/continueText';
import type { LanguageModel } from '../engine/network/languageModel';
import type { Continuation, TrainerRequestOf } from '../protocol/trainerMessages';
import { joinTokens } from '../text/spacing';
import { tokenize } from '../text/tokenize';
import type { Vocabulary } from '../text/vocabulary';

/** Of a longer prefix only this many tokens at its end are read. */
const READ_TOKENS = 1024;

/** Samples `tokens` tokens after the prefix and writes them as text that can follow it directly. */
export function continuePrefix(
  model: LanguageModel,
  vocabulary: Vocabulary,
  step: number,
  request: TrainerRequestOf<'continueText'>,
): Continuation {
  const { prefix, temperature, tokens, seed } = request;
  const read = tokenize(prefix, vocabulary.unit).slice(-READ_TOKENS);
  const ids = Int32Array.from(read, ({ text }) => vocabulary.idOf(text));
  const written = sampleContinuation(model, ids, tokens, temperature, seed);
  const endsInSpace = /\s$/.test(prefix);
  const previous = ids.length === 0 || endsInSpace ? null : ids[ids.length - 1];
  return { text: joinTokens(vocabulary, written, previous), readTokens: ids.length, temperature, step };
}
