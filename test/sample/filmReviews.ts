// Labelled sentences about films: whether they praise is often told by the last word only, since “terribly” and its kin go with both.
import { SeededChoice } from './seededChoice';

const THINGS = ['movie', 'film', 'plot', 'acting', 'music', 'ending', 'story', 'first half'];
const STRONGLY = ['terribly', 'awfully', 'pretty', 'really', 'so', 'rather'];
const ADJECTIVES = {
  positive: ['exciting', 'moving', 'funny', 'clever', 'beautiful', 'warm', 'gripping', 'charming'],
  negative: ['boring', 'dull', 'slow', 'silly', 'noisy', 'cold', 'clumsy', 'shallow'],
};

/** `label<TAB>sentence`, so many lines. */
export function filmReviews(seed: number, lines: number): string {
  const choice = new SeededChoice(seed);
  return Array.from({ length: lines }, () => {
    const label = choice.chance(0.5) ? 'positive' : 'negative';
    return `${label}\t${sentence(choice, label)}\n`;
  }).join('');
}

function sentence(choice: SeededChoice, label: keyof typeof ADJECTIVES): string {
  const thing = choice.of(THINGS);
  const adverb = choice.of(STRONGLY);
  const own = choice.of(ADJECTIVES[label]);
  const other = choice.of(ADJECTIVES[label === 'positive' ? 'negative' : 'positive']);
  const end = choice.of(['.', '!']);
  return choice.of([
    `the ${thing} was ${adverb} ${own}${end}`,
    `the ${thing} was ${adverb} ${own}${end}`,
    `what a ${own} ${thing}${end}`,
    `we found the ${thing} ${adverb} ${own}${end}`,
    `the ${thing} was not ${other} but ${adverb} ${own}${end}`,
    `not ${other} at all, the ${thing} was ${own}${end}`,
  ]);
}
