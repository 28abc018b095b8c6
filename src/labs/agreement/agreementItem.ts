// What agreement is asked about: a beginning of a sentence whose subject decides the number of the verb that comes next.

export type GrammaticalNumber = 'singular' | 'plural';

export interface AgreementItem {
  /** Words before the verb. */
  words: string[];
  number: GrammaticalNumber;
  /** Place of the subject among the words. */
  subject: number;
  /** Nouns between subject and verb whose number is the other one, and those that have the subject's. */
  attractors: number;
  same: number;
}

/** Only attractors in between, or nothing: an item of the strict curve. */
export function isStrict({ same }: Pick<AgreementItem, 'same'>): boolean {
  return same === 0;
}

export function otherNumber(number: GrammaticalNumber): GrammaticalNumber {
  return number === 'singular' ? 'plural' : 'singular';
}
