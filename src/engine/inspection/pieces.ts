// Long work in short pieces: others have their turn in between.

/** A piece of work takes about so long, at most twice that where its steps are long. */
const PIECE_MILLISECONDS = 15;

/** To be awaited between the steps of a long piece of work: calls `pause` once enough time has passed since it last did. */
export function betweenSteps(pause: () => Promise<void>): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < PIECE_MILLISECONDS) return undefined;
    return pause().then(() => {
      began = performance.now();
    });
  };
}

/** What a generator returns in the end, its steps taken with pauses between them. */
export async function inPieces<Result>(steps: Generator<void, Result>, pause: () => Promise<void>): Promise<Result> {
  const rest = betweenSteps(pause);
  try {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await rest();
    }
  } catch (error) {
    // The work cleans up after itself: a generator is left in its middle where nobody calls it again.
    steps.return(undefined as Result);
    throw error;
  }
}

/** The same at once. */
export function atOnce<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
