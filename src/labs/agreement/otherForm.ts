// The form of an English verb in the other number, which a model is to find less likely.
import type { GrammaticalNumber } from './agreementItem';

const IRREGULAR: readonly (readonly [singular: string, plural: string])[] = [
  ['is', 'are'],
  ['was', 'were'],
  ['has', 'have'],
  ['does', 'do'],
  ['goes', 'go'],
  ["'s", "'re"],
  ['’s', '’re'],
];
const fromSingular: ReadonlyMap<string, string> = new Map(IRREGULAR);
const fromPlural: ReadonlyMap<string, string> = new Map(IRREGULAR.map(([singular, plural]) => [plural, singular]));

/**
 * "are" for "is", "say" for "says", capitals kept. Regular verbs lose or take -s; the lemma helps where it is known ("_" is none). Null
 * where the form shows no number that could be changed: it is not what its number says.
 */
export function otherForm(verb: string, lemma: string, number: GrammaticalNumber): string | null {
  const lower = verb.toLowerCase();
  const other =
    number === 'singular'
      ? (fromSingular.get(lower) ?? pluralOf(lower, lemma.toLowerCase()))
      : (fromPlural.get(lower) ?? singularOf(lower));
  return other === null || other === lower ? null : inCaseOf(verb, other);
}

function pluralOf(verb: string, lemma: string): string | null {
  if (!verb.endsWith('s') || fromPlural.has(verb)) return null;
  if (singularOf(lemma) === verb) return lemma;
  if (/(?:s|sh|ch|x|z|o)es$/.test(verb)) return verb.slice(0, -2);
  return verb.endsWith('ies') ? `${verb.slice(0, -3)}y` : verb.slice(0, -1);
}

function singularOf(verb: string): string | null {
  if (!/^\p{L}+$/u.test(verb) || fromSingular.has(verb)) return null;
  if (/(?:s|sh|ch|x|z|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

function inCaseOf(model: string, text: string): string {
  if (model.length > 1 && model === model.toUpperCase() && model !== model.toLowerCase()) return text.toUpperCase();
  return /^\p{Lu}/u.test(model) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
