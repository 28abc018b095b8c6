// What a person typed into the agreement probe, kept with the choices of the sections; and what is asked about it.
import { agreementQuestion, type GrammaticalNumber } from '../src/protocol/agreement';
import type { QuestionOf } from '../src/protocol/questions';
import * as v from 'valibot';
import type { SavedChoices } from './savedChoices';

/** Names of the choices. */
export const AGREEMENT = {
  open: 'agreement.open',
  prefix: 'agreement.prefix',
  first: 'agreement.first',
  second: 'agreement.second',
  attached: 'agreement.attached',
  number: 'agreement.number',
  own: 'agreement.own',
  steps: 'agreement.steps',
  set: 'agreement.set',
} as const;

const MOST_STEPS = 12;

export interface AgreementChoices {
  prefix: string;
  first: string;
  second: string;
  /** Continuations go on with the prefix's last word. */
  attached: boolean;
  /** null: told from the prefix. */
  number: GrammaticalNumber | null;
  /** Steps of the person's own, in place of generated ones. */
  own: boolean;
  /** One a line. */
  steps: string;
}

const ENGLISH: AgreementChoices = {
  ...{ prefix: 'The writer of the books', first: 'is', second: 'are', attached: false, number: null, own: false },
  steps: 'The writer\nThe writer of the books\nThe writer of the books near the doors',
};
/** Korean verbs do not agree in number; its particles do with the sound before them. */
const KOREAN: AgreementChoices = {
  ...{ prefix: '나는 어제 그 책', first: '을', second: '를', attached: true, number: null, own: false },
  steps: '책\n그 책\n나는 어제 그 책',
};

/** What was typed, or an example in the language of the text. */
export function agreementChoices(sections: SavedChoices['sections'], text: string): AgreementChoices {
  const example = /[가-힣]/.test(text) ? KOREAN : ENGLISH;
  const textOf = (name: string, otherwise: string): string => {
    const kept = sections[name];
    return typeof kept === 'string' ? kept : otherwise;
  };
  const number = sections[AGREEMENT.number];
  const attached = sections[AGREEMENT.attached];
  return {
    prefix: textOf(AGREEMENT.prefix, example.prefix),
    first: textOf(AGREEMENT.first, example.first),
    second: textOf(AGREEMENT.second, example.second),
    attached: typeof attached === 'boolean' ? attached : example.attached,
    number: number === 'singular' || number === 'plural' ? number : null,
    own: sections[AGREEMENT.own] === true,
    steps: textOf(AGREEMENT.steps, example.steps),
  };
}

/** null where it is longer than a question may be. */
export function agreementAsked(choices: AgreementChoices): QuestionOf<'agreement'> | null {
  const { prefix, first, second, attached, number, own, steps } = choices;
  const lines = steps.split('\n').filter((line) => line.trim() !== '');
  const parsed = v.safeParse(agreementQuestion, {
    ...{ about: 'agreement', prefix, continuations: [first, second], attached, number },
    steps: own ? lines.slice(0, MOST_STEPS) : null,
  });
  return parsed.success ? parsed.output : null;
}
