// The honest baseline: what a model reaches that knows only how frequent each token is.

/** Entropy of token frequencies, nats per token. */
export function unigramEntropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  let entropy = 0;
  for (let i = 0; i < counts.length; i++)
    if (counts[i] > 0) entropy -= (counts[i] / total) * Math.log(counts[i] / total);
  return entropy;
}
