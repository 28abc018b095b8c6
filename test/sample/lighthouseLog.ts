// The English sample: a keeper's log book whose later lines depend on earlier ones: dates, turns of the watch, ship names, stocks that add up.
import {
  CARGOES,
  GUESTS,
  NUMBERS,
  ORDINALS,
  PEOPLE,
  PLACES,
  PORTS,
  SHIPS,
  THINGS,
  WATCH,
  type Person,
} from './englishWords';
import { agree, capital, EnglishGrammar, list, withArticle } from './englishGrammar';
import { SeededChoice } from './seededChoice';

const WINDS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];
const DAY = 86_400_000;

function dateOf(time: number): { weekday: string; date: string } {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(time);
  return { weekday: format({ weekday: 'long' }), date: format({ day: 'numeric', month: 'long' }) };
}

interface Sighting {
  ship: string;
  date: string;
  cargo: string;
  port: string;
}

class LogBook {
  private readonly choice: SeededChoice;
  private readonly grammar: EnglishGrammar;
  private readonly sightings: Sighting[] = [];
  private readonly stock = { oil: 48, wicks: 60, candles: 35 };

  constructor(seed: number) {
    this.choice = new SeededChoice(seed);
    this.grammar = new EnglishGrammar(this.choice);
  }

  /** One day of the book. `turn` counts days: the watch goes round in a fixed order. */
  entry(time: number, turn: number): string {
    const { weekday, date } = dateOf(time);
    const keeper = WATCH[turn % WATCH.length];
    const next = WATCH[(turn + 1) % WATCH.length];
    const parts = this.choice.several(
      [
        () => this.station(),
        () => this.dialogue(keeper),
        () => this.rules(),
        () => this.letter(keeper),
        () => this.aside(keeper),
        () => this.station(),
        () => this.dialogue(next),
      ],
      this.choice.integer(2, 4),
    );
    return [
      `${weekday}, ${date}. Wind ${this.choice.of(WINDS)}, force ${this.choice.integer(1, 9)}. ${keeper.name} has the watch.`,
      this.ships(date),
      ...parts.map((part) => part()),
      this.ledger(),
      `${capital(keeper.subject)} hands the key to ${next.name}, who signs for it. [Signed: ${keeper.name}, ${keeper.role}.]`,
    ].join('\n\n');
  }

  private station(): string {
    return Array.from({ length: this.choice.integer(3, 6) }, () => this.grammar.sentence()).join(' ');
  }

  /** The ships of the day, as many as the number says, and often what is remembered of one of them. */
  private ships(date: string): string {
    const names = this.choice.several(SHIPS, this.choice.integer(0, 5));
    if (names.length === 0) return 'No ships pass before noon.';
    const plural = names.length > 1;
    const lines = [
      `${capital(NUMBERS[names.length])} ship${plural ? 's' : ''} ${agree('pass', plural)} before noon: ${list(names.map((name) => `the ${name}`))}.`,
    ];
    const remembered = names.find((name) => this.sightings.some(({ ship }) => ship === name));
    if (remembered) lines.push(this.remember(remembered));
    const [cargo, port] = [this.choice.of(CARGOES), this.choice.of(PORTS)];
    const one = names[this.choice.integer(0, names.length - 1)];
    lines.push(
      `The ${one} carries ${cargo} to ${port}; she shows ${this.choice.of(['two lights', 'a green flag', 'no flag', 'one light'])}.`,
    );
    this.sightings.push({ ship: one, date, cargo, port });
    if (plural)
      lines.push(
        `The last of the ${NUMBERS[names.length]}, the ${names[names.length - 1]}, turns back to the ${this.choice.of(PLACES)}.`,
      );
    return lines.join(' ');
  }

  private remember(name: string): string {
    const last = this.sightings.filter(({ ship }) => ship === name).at(-1);
    if (!last) throw new RangeError(`the ${name} was never seen`);
    return `The ${name}, which we saw on ${last.date} with ${last.cargo} for ${last.port}, is back from ${last.port}.`;
  }

  /** Stocks carried from day to day; every sum is right. */
  private ledger(): string {
    const item = this.choice.of(['oil', 'wicks', 'candles'] as const);
    const measure = { oil: 'tins of oil', wicks: 'wicks', candles: 'candles' }[item];
    const before = this.stock[item];
    if (before < 15) {
      const brought = this.choice.integer(20, 60);
      this.stock[item] = before + brought;
      return `The supply boat brings ${brought} ${measure}: ${before} + ${brought} = ${this.stock[item]}.`;
    }
    const used = this.choice.integer(2, 12);
    this.stock[item] = before - used;
    return this.choice.chance(0.5)
      ? `We had ${before} ${measure} and used ${used}, so ${this.stock[item]} remain: ${before} - ${used} = ${this.stock[item]}.`
      : `Stock of ${item}: ${before} - ${used} = ${this.stock[item]}.`;
  }

  private rules(): string {
    const count = this.choice.integer(2, 5);
    const items = this.choice.several(THINGS, count);
    const rules = items.map(
      (item, i) => `${ORDINALS[i]}, ${this.choice.of(['count', 'clean', 'move', 'watch', 'cover'])} the ${item}s`,
    );
    return `${capital(NUMBERS[count])} things must be done ${this.choice.of(['today', 'before dark', 'while the weather holds'])}: ${rules.join('; ')}.`;
  }

  private dialogue(person: Person): string {
    const guest = this.choice.of(GUESTS);
    const { question, answer } = this.grammar.question();
    const lines = [
      `“${question}” asks ${guest.name}, the ${guest.role}.`,
      `“${answer.slice(0, -1)},” says ${person.name}.`,
    ];
    if (this.choice.chance(0.6)) lines.push(this.quotedWithin(guest));
    if (this.choice.chance(0.5))
      lines.push(
        `${person.name} nods and puts ${person.possessive} hand on the ${this.choice.of(THINGS)}; ${guest.name} finds ${guest.possessive} hat and thanks ${person.object}.`,
      );
    return lines.join('\n');
  }

  /** A quotation inside a quotation, and sometimes brackets inside both. */
  private quotedWithin(speaker: Person): string {
    const other = this.choice.of(GUESTS.filter((guest) => guest !== speaker));
    const bracket = this.choice.chance(0.5) ? ` (and ${speaker.subject} says it twice)` : '';
    return `“You know what ${other.name} says,” ${speaker.subject} adds: “‘${capital(this.grammar.clause())}.’ I believe ${other.object}.”${bracket}`;
  }

  /** Brackets within brackets, closed in order. */
  private aside(person: Person): string {
    const nest = (depth: number): string => {
      const [open, close] = depth % 2 === 0 ? ['(', ')'] : ['[', ']'];
      const inner = depth > 1 && this.choice.chance(0.75) ? ` ${nest(depth - 1)}` : '';
      return `${open}${this.grammar.clause()}${inner}${close}`;
    };
    return `${person.name} leaves a note on the ${this.choice.of(THINGS)}: ${this.grammar.clause()} ${nest(this.choice.integer(2, 4))}. ${capital(person.subject)} underlines ${person.possessive} name.`;
  }

  private letter(from: Person): string {
    const to = this.choice.of(GUESTS);
    const gift = this.choice.of(THINGS);
    const [firstName] = to.name.split(' ');
    const [ownName] = from.name.split(' ');
    return [
      `A letter goes out: “Dear ${firstName}, ${this.grammar.clause()}. I send you ${withArticle(gift)} by the ${this.choice.of(SHIPS)}. ${this.grammar.sentence()} Please keep the ${gift} away from the ${this.choice.of(PEOPLE)}s. Yours, ${ownName}.”`,
      `${to.name} will read it aloud, as ${to.subject} always does, and then ${to.subject} will ask what became of the ${gift}.`,
    ].join('\n');
  }
}

/** The whole book, from 1 March 1887 on, at least `characters` long. */
export function lighthouseLog(seed: number, characters: number): string {
  const book = new LogBook(seed);
  const pages = ['THE LIGHTHOUSE KEEPERS\n\nA log book'];
  let length = 0;
  for (let turn = 0; length < characters; turn++) {
    const time = Date.UTC(1887, 2, 1) + turn * DAY;
    if (new Date(time).getUTCDate() === 1) {
      const month = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(time);
      pages.push(`\n* * *\n\n${month.toUpperCase()}`);
    }
    const page = book.entry(time, turn);
    length += page.length;
    pages.push(page);
  }
  return `${pages.join('\n\n')}\n`;
}
