// FNV-1a: the hash that gives word parts their rows in tables too small to name them all.

/**
 * FNV-1a in 32 bits over the UTF-8 bytes of a text (Fowler, Noll, Vo; offset basis 2166136261, prime 16777619).
 * A lone surrogate counts as the three bytes its number would have.
 * @returns an integer in [0, 2³²)
 */
export const fnv1a32 = (text: string, start = 0x811c9dc5): number => {
  let hash = start;
  const eat = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0;
    if (point < 0x80) eat(point);
    else {
      if (point < 0x800) eat(0xc0 | (point >> 6));
      else {
        if (point < 0x10000) eat(0xe0 | (point >> 12));
        else {
          eat(0xf0 | (point >> 18));
          eat(0x80 | ((point >> 12) & 0x3f));
          i++;
        }
        eat(0x80 | ((point >> 6) & 0x3f));
      }
      eat(0x80 | (point & 0x3f));
    }
  }
  return hash >>> 0;
};

/** The row of a text in a table of `rows` rows, a power of two; `slot` keeps equal texts in different tables apart. */
export const hashedRow = (slot: string, text: string, rows: number): number => {
  const hash = fnv1a32(text, fnv1a32(`${slot}:`));
  return (hash ^ (hash >>> 15)) & (rows - 1);
};
