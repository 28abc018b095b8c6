// Minimal pairs from a file: two sentences a line, of which the first is right. Lines are JSON, with the fields of BLiMP (`sentence_good`,
// `sentence_bad`) or of LM_syneval (`good`, `bad`).

export interface MinimalPair {
  good: string;
  bad: string;
  /** BLiMP's UID, LM_syneval's cond; '' where a line names none. */
  condition: string;
  /** From 1. */
  line: number;
}

/** What is wrong with a line. */
export type PairProblem = 'notJson' | 'noSentences' | 'sameSentences';

export interface MinimalPairs {
  pairs: MinimalPair[];
  problems: { line: number; reason: PairProblem }[];
}

/** Every line that can be used; the others are named. Empty lines are none. */
export function readMinimalPairs(content: string): MinimalPairs {
  const found: MinimalPairs = { pairs: [], problems: [] };
  for (const [at, text] of content.split(/\r\n|\r|\n/).entries()) {
    const line = at + 1;
    const own = at === 0 ? text.replace(/^\ufeff/, '') : text;
    if (own.trim() === '') continue;
    const read = pairOf(own);
    if (typeof read === 'string') found.problems.push({ line, reason: read });
    else found.pairs.push({ ...read, line });
  }
  return found;
}

function pairOf(text: string): Omit<MinimalPair, 'line'> | PairProblem {
  const fields = objectOf(text);
  if (fields === null) return 'notJson';
  const stringOf = (...names: string[]): string => {
    for (const name of names) {
      const value = fields.get(name);
      if (typeof value === 'string') return value.trim();
    }
    return '';
  };
  const good = stringOf('sentence_good', 'good');
  const bad = stringOf('sentence_bad', 'bad');
  if (good === '' || bad === '') return 'noSentences';
  if (good === bad) return 'sameSentences';
  return { good, bad, condition: stringOf('UID', 'cond') };
}

function objectOf(text: string): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
