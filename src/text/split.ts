// Divides a text into the part that is trained on and its last tenth, held out for validation.

/** A text with fewer tokens has nothing to learn from and nothing to validate on. */
export const MINIMUM_TOKENS = 32;
const MINIMUM_VALIDATION = 8;

export interface TokenRange {
  start: number;
  length: number;
}

/** The last tenth (at least 8 tokens) is for validation. `tokens` is at least MINIMUM_TOKENS. */
export function splitTokens(tokens: number): { training: TokenRange; validation: TokenRange } {
  const validation = Math.max(MINIMUM_VALIDATION, Math.floor(tokens / 10));
  const training = tokens - validation;
  return { training: { start: 0, length: training }, validation: { start: training, length: validation } };
}
