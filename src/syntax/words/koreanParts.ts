// What an eojeol is made of: jamo, and the noun particle it may end in.

/**
 * Particles after nouns, long ones first. `after` says what must stand before: a closed syllable (one with a final
 * consonant), an open one, or either.
 */
const PARTICLES: readonly { particle: string; after: 'closed' | 'open' | 'any' }[] = [
  ...['으로부터', '이라고는', '으로서의', '에서부터'].map((particle) => ({ particle, after: 'any' as const })),
  ...[
    '에서는',
    '에서도',
    '에서의',
    '에게는',
    '에게서',
    '에게도',
    '까지는',
    '까지도',
    '부터는',
    '만으로',
    '로부터',
    '로서의',
  ].map((particle) => ({ particle, after: 'any' as const })),
  ...['으로는', '으로도', '으로서', '으로써', '으로의', '이라는', '이라고', '이라도', '이란'].map((particle) => ({
    particle,
    after: 'closed' as const,
  })),
  ...['로는', '로서', '로써', '로의', '라는', '라고', '라도'].map((particle) => ({ particle, after: 'open' as const })),
  ...[
    '에서',
    '에게',
    '에는',
    '에도',
    '에의',
    '까지',
    '부터',
    '보다',
    '처럼',
    '마다',
    '조차',
    '밖에',
    '만이',
    '만을',
    '만은',
    '들은',
    '들이',
    '들을',
    '들의',
    '들에',
    '께서',
    '한테',
    '하고',
    '같이',
    '대로',
    '만큼',
  ].map((particle) => ({ particle, after: 'any' as const })),
  ...['으로', '이나', '이다', '이며', '이고', '인', '은', '이', '을', '과'].map((particle) => ({
    particle,
    after: 'closed' as const,
  })),
  ...['는', '가', '를', '와', '나', '며'].map((particle) => ({ particle, after: 'open' as const })),
  ...['의', '에', '도', '만', '로', '들'].map((particle) => ({ particle, after: 'any' as const })),
];

const byLastSyllable = new Map<string, typeof PARTICLES>();
for (const entry of PARTICLES) {
  const last = entry.particle.slice(-1);
  byLastSyllable.set(last, [...(byLastSyllable.get(last) ?? []), entry]);
}

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;

/** Whether the syllable ends in a consonant; null when it is no Hangul syllable. */
export const isClosedSyllable = (syllable: string): boolean | null => {
  const point = syllable.charCodeAt(0);
  if (!(point >= FIRST_SYLLABLE && point <= LAST_SYLLABLE)) return null;
  return (point - FIRST_SYLLABLE) % FINALS !== 0;
};

/** The eojeol without the noun particle it ends in, by its sound alone: verbs may lose an ending that sounds like one. */
export const withoutParticle = (eojeol: string): string => {
  for (const { particle, after } of byLastSyllable.get(eojeol.slice(-1)) ?? []) {
    if (eojeol.length <= particle.length || !eojeol.endsWith(particle)) continue;
    const stem = eojeol.slice(0, -particle.length);
    const closed = isClosedSyllable(stem.slice(-1));
    if (after === 'any' || closed === null || closed === (after === 'closed')) return stem;
  }
  return eojeol;
};

/** A text's Hangul syllables taken apart into conjoining jamo (Unicode's canonical decomposition). */
export const jamoOf = (text: string): string => text.normalize('NFD');
