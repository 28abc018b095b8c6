// Sets of agreement as a language model is asked them: a prefix with the verb in both numbers, or two whole sentences.
import { isStrict, otherNumber, type GrammaticalNumber } from './agreementItem';
import type { ConlluItem } from './conlluItems';
import type { MinimalPair } from './minimalPairs';
import { otherForm } from './otherForm';
import type { TemplateItem } from './templateItems';

/** Compared by the probabilities of two continuations of a prefix, each as a whole. */
export interface ComparedForms {
  prefix: string;
  right: string;
  wrong: string;
  /** Whether the forms are written onto the last word. */
  attached: boolean;
}

/** Compared by the probabilities of whole sentences. */
export interface ComparedSentences {
  good: string;
  bad: string;
}

export interface ComparedItem {
  what: ComparedForms | ComparedSentences;
  /** Null where the set does not say. */
  number: GrammaticalNumber | null;
  attractors: number | null;
  /** Of the strict curve: all nouns in between are attractors. */
  strict: boolean;
  /** '' where the set names none. */
  condition: string;
}

export interface ComparedSet {
  items: ComparedItem[];
  /** Items that cannot be compared: the other form of their verb is not known. */
  withoutForm: number;
}

export function templatesCompared(items: readonly TemplateItem[]): ComparedSet {
  const compared = items.map((item): ComparedItem => {
    const { words, right, wrong, construction, wording } = item;
    const prefix = words.join(' ').replace(/ ,/g, ',');
    return {
      what: { prefix: prefix.charAt(0).toUpperCase() + prefix.slice(1), right, wrong, attached: false },
      ...{ number: item.number, attractors: item.attractors, strict: isStrict(item) },
      condition: `${construction}, ${wording}`,
    };
  });
  return { items: compared, withoutForm: 0 };
}

export function conlluCompared(items: readonly ConlluItem[]): ComparedSet {
  const set: ComparedSet = { items: [], withoutForm: 0 };
  for (const item of items) {
    const { number, attractors, verb, lemma, text, attached } = item;
    const wrong = otherForm(verb, lemma, number);
    if (wrong === null || text === null) {
      set.withoutForm++;
      continue;
    }
    set.items.push({
      what: { prefix: text, right: verb, wrong, attached },
      ...{ number, attractors, strict: isStrict(item), condition: '' },
    });
  }
  return set;
}

export function pairsCompared(pairs: readonly MinimalPair[]): ComparedSet {
  const items = pairs.map(({ good, bad, condition }): ComparedItem => ({
    what: { good, bad },
    ...{ number: null, attractors: null, strict: false, condition },
  }));
  return { items, withoutForm: 0 };
}

/** The share of items that always saying one number gets right: the one that is the more frequent in the whole set. */
export function majorityNumber(items: readonly ComparedItem[]): GrammaticalNumber | null {
  const count = (wanted: GrammaticalNumber) => items.filter(({ number }) => number === wanted).length;
  const first = count('singular') >= count('plural') ? 'singular' : 'plural';
  return count(first) + count(otherNumber(first)) > 0 ? first : null;
}
