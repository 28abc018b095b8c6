// English noun phrases and sentences whose verb agrees with its head noun, however many nouns of the other number stand between.
import {
  DEEDS,
  HABITS,
  PEOPLE,
  PEOPLE_ADJECTIVES,
  PLACES,
  PREPOSITIONS,
  STATES,
  STIRRINGS,
  THINGS,
  THING_ADJECTIVES,
  TIMES,
} from './englishWords';
import type { SeededChoice } from './seededChoice';

export interface NounPhrase {
  text: string;
  plural: boolean;
}

const IRREGULAR: Record<string, string> = { be: 'is', have: 'has', do: 'does' };
const PLURAL: Record<string, string> = { be: 'are' };

/** Third person present of `base` for a subject of the given number. */
export function agree(base: string, plural: boolean): string {
  if (plural) return PLURAL[base] ?? base;
  if (base in IRREGULAR) return IRREGULAR[base];
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(base) ? `${base}es` : `${base}s`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const withArticle = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;

/** "a, b and c". */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

export class EnglishGrammar {
  constructor(private readonly choice: SeededChoice) {}

  /** "the lamps", "the rusty ladder". */
  simple(kind: 'person' | 'thing' | 'place', plural = this.choice.chance(0.45)): NounPhrase {
    const nouns = { person: PEOPLE, thing: THINGS, place: PLACES }[kind];
    const adjectives = { person: PEOPLE_ADJECTIVES, thing: THING_ADJECTIVES, place: [] }[kind];
    const adjective = adjectives.length > 0 && this.choice.chance(0.3) ? `${this.choice.of(adjectives)} ` : '';
    return { text: `the ${adjective}${this.choice.of(nouns)}${plural ? 's' : ''}`, plural };
  }

  /** A noun with up to `depth` prepositional phrases behind it, often of the other number. */
  private withAttractors(kind: 'person' | 'thing', depth: number): NounPhrase {
    const head = this.simple(kind);
    let text = head.text;
    for (let i = 0; i < depth; i++) {
      const attractor = this.choice.chance(0.65) ? !head.plural : head.plural;
      text += ` ${this.choice.of(PREPOSITIONS)} ${this.simple(this.choice.of(['thing', 'place']), attractor).text}`;
    }
    return { text, plural: head.plural };
  }

  /** A subject: plain, with attractors, with a relative clause, or two joined by "and". */
  subject(kind: 'person' | 'thing'): NounPhrase {
    const shape = this.choice.real();
    if (shape < 0.2) return this.simple(kind);
    if (shape < 0.65) return this.withAttractors(kind, this.choice.chance(0.3) ? 2 : 1);
    if (shape < 0.74) return this.two(kind);
    const head = this.simple(kind);
    return { text: `${head.text} ${this.relativeClause(kind, head.plural)}`, plural: head.plural };
  }

  private two(kind: 'person' | 'thing'): NounPhrase {
    const [first, second] = this.choice.several(kind === 'person' ? PEOPLE : THINGS, 2);
    return { text: `the ${first} and the ${second}`, plural: true };
  }

  private relativeClause(kind: 'person' | 'thing', plural: boolean): string {
    const [base, participle] = this.choice.of(DEEDS);
    if (kind === 'person' && this.choice.chance(0.5)) return `who ${agree(base, plural)} ${this.simple('thing').text}`;
    const other = this.withAttractors('person', this.choice.integer(0, 1));
    return this.choice.chance(0.5)
      ? `that ${other.text} ${agree(base, other.plural)}`
      : `that ${other.text} ${agree('have', other.plural)} ${participle}`;
  }

  /** One sentence in the present, capital to full stop. */
  sentence(): string {
    return `${capital(this.clause())}.`;
  }

  clause(): string {
    const shape = this.choice.real();
    if (shape < 0.3) return this.deed();
    if (shape < 0.45) return this.stirring();
    if (shape < 0.58) return this.state();
    if (shape < 0.7) return this.perfect();
    if (shape < 0.8) return this.habit();
    const [left, right] = [this.deed(), this.choice.chance(0.5) ? this.state() : this.stirring()];
    if (shape < 0.92) return `${left}, ${this.choice.of(['and', 'but', 'while', 'because'])} ${right}`;
    return `if ${left}, ${right}`;
  }

  private deed(): string {
    const subject = this.subject('person');
    const [base] = this.choice.of(DEEDS);
    const when = this.choice.chance(0.35) ? ` ${this.choice.of(TIMES)}` : '';
    return `${subject.text} ${agree(base, subject.plural)} ${this.simple('thing').text}${when}`;
  }

  private habit(): string {
    const subject = this.subject('person');
    return `${subject.text} ${agree(this.choice.of(HABITS), subject.plural)} ${this.choice.of(TIMES)}`;
  }

  private stirring(): string {
    const subject = this.subject('thing');
    const place = `${this.choice.of(['near', 'behind', 'beside', 'above'])} ${this.simple('place').text}`;
    return `${subject.text} ${agree(this.choice.of(STIRRINGS), subject.plural)} ${place}`;
  }

  private state(): string {
    const subject = this.subject('thing');
    return `${subject.text} ${agree('be', subject.plural)} ${this.choice.of(STATES)}`;
  }

  private perfect(): string {
    const subject = this.subject('person');
    const [, participle] = this.choice.of(DEEDS);
    const often = this.choice.of(['already', 'never', 'always', 'once more']);
    return `${subject.text} ${agree('have', subject.plural)} ${often} ${participle} ${this.simple('thing').text}`;
  }

  /** A question and an answer that repeats the subject's number: "Does the clerk …?" "It does not." */
  question(): { question: string; answer: string } {
    const subject = this.choice.chance(0.7) ? this.withAttractors('thing', 1) : this.simple('thing');
    const pronoun = subject.plural ? 'they' : 'it';
    if (this.choice.chance(0.5)) {
      const be = agree('be', subject.plural);
      const not = this.choice.chance(0.4) ? ' not' : '';
      return {
        question: `${capital(be)} ${subject.text} ${this.choice.of(STATES)}?`,
        answer: `${capital(pronoun)} ${be}${not}.`,
      };
    }
    const helper = agree('do', subject.plural);
    const not = this.choice.chance(0.4) ? ' not' : '';
    const question = `${capital(helper)} ${subject.text} ${this.choice.of(STIRRINGS)} ${this.choice.of(TIMES)}?`;
    return { question, answer: `${capital(pronoun)} ${helper}${not}.` };
  }
}
