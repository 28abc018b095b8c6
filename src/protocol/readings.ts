// When a second reading of a sentence is told, beside SyntaxAnswer.secondFrom.

/** Two readings are told where both together are at least so probable: else the parser does not waver between two, it does not know. */
export const BOTH_READINGS_FROM = 0.7;

/** Longer sentences are told one reading, that of the best tree: the search for others takes too long, and hardly any is probable. */
export const LONGEST_WITH_SECOND = 100;
