// Writes tokens back as text: characters simply follow each other, words get their spaces back.
import type { Vocabulary } from './vocabulary';

/**
 * The text of a sequence of ids. Between two words a space is written when it is likelier than not, given how often the
 * left one had a space after it and the right one before it in the training text (naive Bayes over the two, add-one
 * smoothing). So commas stay with their word, opening brackets with the next one, and Korean needs no rule of its own.
 * `previous` is the id before the first, after which a space may be due, or null when none is wanted there.
 */
export function joinTokens(vocabulary: Vocabulary, ids: ArrayLike<number>, previous: number | null): string {
  if (vocabulary.unit === 'characters') return Array.from(ids, (id) => vocabulary.textOf(id)).join('');
  const prior = priorOdds(vocabulary);
  let text = '';
  let left = previous;
  for (let i = 0; i < ids.length; i++) {
    const right = ids[i];
    if (left !== null && isSpaced(vocabulary, left, right, prior)) text += ' ';
    text += vocabulary.textOf(right);
    left = right;
  }
  return text;
}

function isSpaced(vocabulary: Vocabulary, left: number, right: number, prior: number): boolean {
  const before = vocabulary.entries[right];
  const after = vocabulary.entries[left];
  if (before.text === '\n' || after.text === '\n') return false;
  return odds(after.spaceAfter, after.count) * odds(before.spaceBefore, before.count) > prior;
}

const odds = (spaced: number, count: number) => (spaced + 1) / (Math.max(0, count - spaced) + 1);

function priorOdds(vocabulary: Vocabulary): number {
  let spaced = 0;
  let count = 0;
  for (const entry of vocabulary.entries) {
    spaced += entry.spaceBefore;
    count += entry.count;
  }
  return odds(spaced, count);
}
