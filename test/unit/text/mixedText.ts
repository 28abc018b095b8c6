// Texts for the properties of tokenization: seeded mixtures of everything that joins with its neighbours.

const PARTS = [
  ...['a', 'bc', ' ', '  ', '\n', '\r\n', '\r', '\t', '.', ',', "'", '’', '3', '1,5', '_', '-', '"', '(', 'don’t'],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    'n\u0303\u0323',
    'ß',
    '\u00a0',
    '\u200d',
    '\u200c',
    '\ufe0f',
    '©\ufe0f',
    '1\ufe0f\u20e3',
  ],
  ...['👨‍👩‍👧‍👦', '👍🏽', '🇰🇷', '🇯', '🏴‍☠️', '😀', '\ud83d', '\udc4d'],
  ...['한', '국어', '학교에', '\u1112\u1161\u11ab', '\u1112', '\u1161', '\u11ab', '각\u11a8', '가\u11a8'],
  ...['日本', 'の', 'です', 'カ\u3099', '。', '「', '中文', 'ไทย', 'क्ष', 'नि', '\u0600', 'سلام', 'Привет', 'и\u0306'],
];

/** Numbers 0 ≤ x < n, the same for the same seed (Lehmer's generator). */
export function seeded(seed: number): (n: number) => number {
  let state = seed * 48271 + 11;
  return (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
}

export function mixedText(seed: number, parts: number): string {
  const random = seeded(seed);
  return Array.from({ length: parts }, () => PARTS[random(PARTS.length)]).join('');
}

/** The text cut at random places, inside surrogate pairs, clusters and line ends too. */
export function randomPieces(text: string, seed: number): string[] {
  const random = seeded(seed);
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + random(random(3) === 0 ? 40 : 4);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}
