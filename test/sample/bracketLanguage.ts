// The bracket sample: nested ( ) [ ] { } whose first and last word agree, so that closing one needs both its kind and its word.
import { SeededChoice } from './seededChoice';

const PAIRS = ['()', '[]', '{}'];
const WORDS = [
  'ash',
  'bell',
  'crow',
  'dune',
  'elm',
  'fern',
  'gale',
  'hull',
  'isle',
  'jar',
  'kelp',
  'lark',
  'moth',
  'oar',
];

/** A group such as "(elm [ash crow ash] moth elm)": every group repeats its first word before it closes. */
function group(choice: SeededChoice, depth: number): string {
  const [open, close] = choice.of(PAIRS);
  const word = choice.of(WORDS);
  const items: string[] = [];
  for (let i = choice.integer(1, 3); i > 0; i--)
    items.push(depth > 1 && choice.chance(0.6) ? group(choice, depth - 1) : choice.of(WORDS));
  return `${open}${word} ${items.join(' ')} ${word}${close}`;
}

/** One group a line, at most `deepest` levels, until there are `characters` characters. */
export function bracketLanguage(seed: number, characters: number, deepest = 5): string {
  const choice = new SeededChoice(seed);
  const lines: string[] = [];
  let length = 0;
  while (length < characters) {
    const line = group(choice, choice.integer(1, deepest));
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
