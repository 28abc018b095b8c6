// Questions that views ask the trainer: a view says in every redraw what it needs and for what (a run, a step, a window of text), and is
// given what is known. What is out of date is asked anew once nothing has changed for a moment, one question of a kind at a time.
import type { FromInspector, ToInspector } from '../src/protocol/inspectorMessages';
import type { Answers, Question, QuestionAbout, QuestionOf } from '../src/protocol/questions';

/** A question is asked when what it is about has not changed for so long: typing and scrolling come first. */
const IDLE_MILLISECONDS = 300;
/** While training goes on, a question about other weights alone is asked so seldom that its answers take the trainer one part in so many … */
const WEIGHTS_SHARE = 60;
/** … but waits no longer than this. */
const LONGEST_MILLISECONDS = 20_000;

/** What is known about a question. */
export interface Known<Value> {
  /** The last answer, of an earlier moment perhaps; null before the first. */
  value: Value | null;
  /** Training step of the weights that the value was found with. */
  step: number | null;
  /** The value is about something that has changed since; a new one is on its way. */
  stale: boolean;
  /** A sentence about why there is no answer. */
  problem: string | null;
  /** Nothing is on its way yet: as long as training moves the weights, it is asked anew only every so many seconds. Left out where it is. */
  everySeconds?: number;
}

/** An answer with its question. */
export interface LastAnswer<A extends QuestionAbout> {
  question: QuestionOf<A>;
  value: Answers[A];
  step: number | null;
}

interface Wanted {
  key: string;
  question: Question;
  /** Left out: of the run shown. */
  runId?: string;
  /** Of another run: the training step of the snapshot that is meant, null for the newest weights. */
  snapshot?: number | null;
}

interface Slot {
  /** What the value is an answer to: the question and the moment. */
  answeredFor: string | null;
  known: Known<Answers[Question['about']]>;
  /** What the value is an answer to. */
  answered: Question | null;
  wanted: Wanted | null;
  /** Id and key of the question on its way. */
  asked: { id: number; key: string; question: Question } | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** Seconds between its questions while the next one is put off. */
  everySeconds: number | null;
  /** When the last answer came, and how long the trainer worked on it. */
  answeredAt: number;
  milliseconds: number;
}

export class Questions {
  private readonly slots = new Map<string, Slot>();
  private lastId = 0;
  private weightsMove = false;

  /** `changed` is called when something has become known. */
  constructor(
    private readonly post: (message: FromInspector) => void,
    private readonly changed: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether the weights that are looked at become old by themselves, as they do in training. When that changes, nothing is put off. */
  set training(goesOn: boolean) {
    if (goesOn === this.weightsMove) return;
    this.weightsMove = goesOn;
    for (const slot of this.slots.values()) {
      slot.answeredAt = -Infinity;
      if (slot.wanted) this.askSoon(slot);
    }
  }

  /**
   * What is known about `question` at `moment`, a text that changes whenever the answer may: a run's id, a space, what says which
   * weights (a step), and after another space what else there is (a window). Asks where needed. Questions with different `place`s do not take each other's: the same kind for two runs, say.
   */
  about<Q extends Question>(
    question: Q,
    moment: string,
    place = '',
    runId?: string,
    snapshot?: number | null,
  ): Known<Answers[Q['about']]> {
    const slot = this.slotOf(`${question.about} ${place}`);
    const key = `${moment} ${runId ?? ''} ${textOf(question)}`;
    if (slot.answeredFor !== key && slot.wanted?.key !== key) {
      slot.wanted = {
        key,
        question,
        ...(runId !== undefined && { runId }),
        ...(snapshot !== undefined && { snapshot }),
      };
      this.askSoon(slot);
    }
    const stale = slot.answeredFor !== key;
    const putOff =
      stale && slot.asked === null && slot.everySeconds !== null ? { everySeconds: slot.everySeconds } : {};
    // A slot holds answers of one kind only: its name begins with it.
    return { ...slot.known, stale, ...putOff } as Known<Answers[Q['about']]>;
  }

  /** The last answer of a kind, without asking anything; null before the first. */
  last<A extends QuestionAbout>(about: A, place = ''): LastAnswer<A> | null {
    const slot = this.slots.get(`${about} ${place}`);
    if (!slot || slot.answered === null || slot.known.value === null) return null;
    // As in `about`: a slot's name says what it holds.
    return { question: slot.answered, value: slot.known.value, step: slot.known.step } as LastAnswer<A>;
  }

  receive({ id, answered, problem }: Extract<ToInspector, { kind: 'answer' }>): void {
    for (const slot of this.slots.values()) {
      if (slot.asked?.id !== id) continue;
      const { key, question } = slot.asked;
      slot.asked = null;
      if (answered !== null) {
        slot.known = { value: answered.value, step: answered.step, stale: false, problem: null };
        slot.milliseconds = answered.milliseconds;
        slot.answeredAt = this.now();
        slot.answeredFor = key;
        slot.answered = question;
      } else if (problem !== null) {
        slot.known = { ...slot.known, problem };
        slot.answeredFor = key;
      }
      if (slot.wanted?.key === key && slot.answeredFor === key) slot.wanted = null;
      if (slot.wanted) this.askSoon(slot);
      this.changed();
    }
  }

  private slotOf(name: string): Slot {
    let slot = this.slots.get(name);
    if (!slot) {
      const known = { value: null, step: null, stale: false, problem: null };
      slot = {
        answeredFor: null,
        answered: null,
        known,
        wanted: null,
        asked: null,
        timer: null,
        everySeconds: null,
        answeredAt: -Infinity,
        milliseconds: 0,
      };
      this.slots.set(name, slot);
    }
    return slot;
  }

  private askSoon(slot: Slot): void {
    if (slot.timer !== null) clearTimeout(slot.timer);
    const patience = this.patience(slot);
    slot.everySeconds = patience > IDLE_MILLISECONDS ? Math.ceil(rhythm(slot) / 1000) : null;
    slot.timer = setTimeout(() => this.ask(slot), patience);
  }

  private ask(slot: Slot): void {
    if (slot.asked !== null || slot.wanted === null) return;
    const { key, ...wanted } = slot.wanted;
    const id = ++this.lastId;
    slot.asked = { id, key, question: wanted.question };
    const waited = slot.everySeconds !== null;
    slot.everySeconds = null;
    this.post({ kind: 'ask', id, ...wanted });
    if (waited) this.changed();
  }

  private patience(slot: Slot): number {
    const { answeredFor, wanted, answeredAt } = slot;
    if (!this.weightsMove || answeredFor === null || wanted === null) return IDLE_MILLISECONDS;
    if (besideWeights(answeredFor) !== besideWeights(wanted.key)) return IDLE_MILLISECONDS;
    return Math.max(IDLE_MILLISECONDS, answeredAt + rhythm(slot) - this.now());
  }
}

/** Milliseconds from one answer to the next question as long as weights alone have moved. */
const rhythm = ({ milliseconds }: Slot): number => Math.min(LONGEST_MILLISECONDS, WEIGHTS_SHARE * milliseconds);

/** Of texts this long only the length and a hash stand in a key. */
const LONG_TEXT = 20_000;
const longTexts = new WeakMap<Question, string>();

/** What tells a question from others. One that holds a file is to be asked as the same object again, for its text is read but once. */
function textOf(question: Question): string {
  if (question.about !== 'agreementSet') return JSON.stringify(question);
  let text = longTexts.get(question);
  if (text === undefined) {
    const short = (_: string, value: unknown): unknown =>
      typeof value === 'string' && value.length > LONG_TEXT ? `${value.length} ${hashOf(value)}` : value;
    longTexts.set(question, (text = JSON.stringify(question, short)));
  }
  return text;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A question's key without what says of which weights it is. */
const besideWeights = (key: string): string => key.replace(/ \S*/, '');
