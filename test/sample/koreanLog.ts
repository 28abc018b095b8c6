// The Korean sample: a keeper's log with particles by final consonant, honorific agreement, nested quotations and counted ships.
import { and, object, subject, topic, toward } from './koreanParticles';
import {
  ADJECTIVES,
  CARGOES,
  DIRECTIONS,
  GUESTS,
  INTRANSITIVE,
  NATIVE_NUMBERS,
  PLACES,
  PORTS,
  SHIPS,
  STIRRINGS,
  THINGS,
  TIMES,
  TRANSITIVE,
  WATCH,
  type KoreanPerson,
} from './koreanWords';
import { SeededChoice } from './seededChoice';

const WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'];
const DAY = 86_400_000;

const nominative = (person: KoreanPerson): string => (person.honoured ? `${person.name}께서` : subject(person.name));
const dative = (person: KoreanPerson): string => `${person.name}${person.honoured ? '께' : '에게'}`;
const said = (person: KoreanPerson): string => (person.honoured ? '말씀하셨다' : '말했다');
const asked = (person: KoreanPerson): string => (person.honoured ? '물으셨다' : '물었다');

class KoreanLog {
  private readonly choice: SeededChoice;
  private readonly seen = new Map<string, { date: string; cargo: string; port: string }>();
  private oil = 52;

  constructor(seed: number) {
    this.choice = new SeededChoice(seed);
  }

  entry(time: number, turn: number): string {
    const day = new Date(time);
    const date = `${day.getUTCMonth() + 1}월 ${day.getUTCDate()}일`;
    const keeper = WATCH[turn % WATCH.length];
    const next = WATCH[(turn + 1) % WATCH.length];
    const parts = this.choice.several(
      [
        () => this.station(),
        () => this.station(),
        () => this.dialogue(keeper),
        () => this.dialogue(next),
        () => this.note(keeper),
      ],
      this.choice.integer(2, 4),
    );
    return [
      `${date} ${WEEKDAYS[day.getUTCDay()]}요일. ${this.choice.of(DIRECTIONS)}풍, 파도 ${this.choice.integer(1, 4)}미터. 당번은 ${keeper.name}.`,
      this.ships(date),
      ...parts.map((part) => part()),
      this.stock(),
      `${topic(keeper.name)} ${dative(next)} 열쇠를 건네주고 이름을 적었다. [${keeper.name}]`,
    ].join('\n\n');
  }

  private person(): KoreanPerson {
    return this.choice.of([...GUESTS, ...WATCH]);
  }

  private thing(): string {
    return `${this.choice.chance(0.35) ? `${this.choice.of(ADJECTIVES)} ` : ''}${this.choice.of(THINGS)}`;
  }

  /** A thing, perhaps with a clause before it: 목수가 고친 사다리. */
  private thingWithClause(): string {
    if (this.choice.chance(0.6)) return this.thing();
    const owner = this.choice.of(GUESTS.filter((guest) => !guest.honoured));
    return `${subject(owner.name)} ${this.choice.of(TRANSITIVE).adnominal} ${this.thing()}`;
  }

  private sentence(): string {
    const person = this.person();
    const shape = this.choice.real();
    if (shape < 0.4) {
      const verb = this.choice.of(TRANSITIVE);
      return `${nominative(person)} ${this.choice.of(TIMES)} ${object(this.thingWithClause())} ${person.honoured ? verb.honouredPast : verb.past}.`;
    }
    if (shape < 0.55) {
      const verb = this.choice.of(INTRANSITIVE);
      return `${nominative(person)} ${this.choice.of(TIMES)} ${this.choice.of(PLACES)}에서 ${person.honoured ? verb.honouredPast : verb.past}.`;
    }
    if (shape < 0.7)
      return `${this.choice.of(PLACES)}의 ${topic(this.thingWithClause())} ${this.choice.of(STIRRINGS)[0]}.`;
    if (shape < 0.85) {
      const verb = this.choice.of(TRANSITIVE);
      const reason = `${subject(this.thing())} ${this.choice.of(STIRRINGS)[1]}`;
      return `${reason} ${nominative(person)} ${object(this.thing())} ${person.honoured ? verb.honouredPast : verb.past}.`;
    }
    return this.reported(person);
  }

  /** Reported speech: …는다고 하셨다. */
  private reported(person: KoreanPerson): string {
    const other = this.choice.of(WATCH.filter(({ name }) => name !== person.name));
    const verb = this.choice.of(TRANSITIVE);
    const speaker = person.honoured ? `${person.name}께서는` : topic(person.name);
    return `${speaker} ${subject(other.name)} ${this.choice.of(TIMES)} ${object(this.thing())} ${verb.present}고 ${person.honoured ? '하셨다' : '했다'}.`;
  }

  private station(): string {
    return Array.from({ length: this.choice.integer(3, 6) }, () => this.sentence()).join(' ');
  }

  private ships(date: string): string {
    const ships = this.choice.several(SHIPS, this.choice.integer(0, 4));
    if (ships.length === 0) return '오전에는 배가 지나가지 않았다.';
    const names = ships.reduce((before, ship) => `${and(before)} ${ship}`);
    const lines = [`오전에 배 ${NATIVE_NUMBERS[ships.length - 1]} 척이 지나갔다. ${names}다.`];
    const known = ships.find((ship) => this.seen.has(ship));
    const last = known ? this.seen.get(known) : undefined;
    if (known && last)
      lines.push(
        `${last.date}에 ${object(last.cargo)} 싣고 ${toward(last.port)} 간 ${subject(known)} ${last.port}에서 돌아왔다.`,
      );
    const ship = this.choice.of(ships);
    const [cargo, port] = [this.choice.of(CARGOES), this.choice.of(PORTS)];
    this.seen.set(ship, { date, cargo, port });
    lines.push(`${topic(ship)} ${object(cargo)} 싣고 ${toward(port)} 갔다.`);
    return lines.join(' ');
  }

  /** Oil carried from day to day; every sum is right. */
  private stock(): string {
    const before = this.oil;
    if (before < 13) {
      const brought = this.choice.integer(20, 45);
      this.oil = before + brought;
      return `보급선이 기름 ${brought}통을 내려놓았다. ${before} + ${brought} = ${this.oil}.`;
    }
    const used = this.choice.integer(1, 12);
    this.oil = before - used;
    return `기름 ${NATIVE_NUMBERS[used - 1]} 통을 썼다. ${before} - ${used} = ${this.oil}.`;
  }

  private dialogue(keeper: KoreanPerson): string {
    const guest = this.choice.of(GUESTS);
    const item = this.thing();
    const verb = this.choice.of(TRANSITIVE);
    const lines = [
      `“${object(item)} 어디에 두었${guest.honoured ? '느냐' : '습니까'}?” ${nominative(guest)} ${asked(guest)}.`,
      `“${this.choice.of(PLACES)}에 두었습니다.” ${subject(keeper.name)} 말했다.`,
    ];
    if (this.choice.chance(0.6)) {
      const other = this.choice.of(GUESTS.filter(({ name }) => name !== guest.name));
      lines.push(
        `“${nominative(other)} ‘${topic(this.thing())} 내가 ${verb.present}’라고 ${said(other)}.” ${nominative(guest)} ${said(guest)}.`,
      );
    }
    return lines.join('\n');
  }

  /** Brackets within brackets, closed in order. */
  private note(keeper: KoreanPerson): string {
    const nest = (depth: number): string => {
      const [open, close] = depth % 2 === 0 ? ['(', ')'] : ['[', ']'];
      return `${open}${this.sentence()}${depth > 1 ? ` ${nest(depth - 1)}` : ''}${close}`;
    };
    return `${topic(keeper.name)} 쪽지를 남겼다. ${this.sentence()} ${nest(this.choice.integer(1, 3))}`;
  }
}

/** The whole log, from 1 March 1887 on, at least `characters` characters long. */
export function koreanLog(seed: number, characters: number): string {
  const log = new KoreanLog(seed);
  const pages = ['등대지기\n\n업무 일지'];
  let length = 0;
  for (let turn = 0; length < characters; turn++) {
    const page = log.entry(Date.UTC(1887, 2, 1) + turn * DAY, turn);
    length += page.length;
    pages.push(page);
  }
  return `${pages.join('\n\n')}\n`;
}
