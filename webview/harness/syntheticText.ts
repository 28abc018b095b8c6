// The text of the harness: a few lines written for it, with things to remember in them (quotes, brackets, agreement).

export const HARNESS_TEXT = `The keeper of the lamps who lives above the harbour counts them every night.
She writes "forty lit, two dark" in a book (the book that her mother began),
and the ships, which never read it, come home all the same.
The boys who carry oil for the keeper of the lamps are not afraid of the stairs.
"Who counts the keeper?" they ask; and the sea, [as it must], answers nothing.
`;

/** A generator of numbers in 0…1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
