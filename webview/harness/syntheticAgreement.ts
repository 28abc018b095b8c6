// What a trainer might answer about agreement: attractors that turn the odds over, and sets that are scored piece by piece.
import type { AgreementAnswer, AgreementCell, AgreementRung, AgreementSetAnswer } from '../../src/protocol/agreement';
import type { QuestionOf } from '../../src/protocol/questions';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { seededRandom } from './syntheticText';

const PHRASES = [
  'of the books',
  'near the doors',
  'by the lamps',
  'with the keys',
  'under the roofs',
  'behind the walls',
];

export function syntheticAgreement(
  { prefix, continuations, attached, number, steps }: QuestionOf<'agreement'>,
  { tokens: read }: FrameHeader,
  runId = '',
): AgreementAnswer {
  const [first, second] = continuations;
  if (prefix.trim() === '') return { refused: { why: 'emptyPrefix' } };
  if (first.trim() === '') return { refused: { why: 'emptyContinuation', which: 0 } };
  if (second.trim() === '') return { refused: { why: 'emptyContinuation', which: 1 } };
  if (first === second) return { refused: { why: 'sameContinuations' } };
  if (first === 'zzz') return { refused: { why: 'unknownContinuation', which: 0, words: ['zzz'] } };
  const unit = read.some(({ text }) => text.length > 1) ? 'words' : 'characters';
  const isVanilla = runId.startsWith('vanilla');
  const random = seededRandom(prefix.length + runId.length);
  const pieces = unit === 'words' ? prefix.matchAll(/\S+/g) : prefix.matchAll(/./gsu);
  const columns = [...pieces].map(({ 0: text, index }) => ({
    ...{ text, start: index, end: index + text.length },
    known: !/writer/.test(text),
  }));
  const scored = (text: string, logProbability: number) => {
    const tokens = unit === 'words' ? [text] : [...(attached ? text : ` ${text}`)];
    return {
      ...{
        text,
        tokens: tokens.map((token) => ({ text: token, logProbability: logProbability / (tokens.length + 1) })),
      },
      ...{ ending: unit === 'words' ? null : logProbability / (tokens.length + 1), logProbability },
    };
  };
  const rung = (at: number, fall: number, text: string): AgreementRung => ({
    ...{ prefix: text, inserted: at === 0 ? null : PHRASES[at - 1], count: steps === null ? at : null },
    logProbabilities: [-3.4 - 0.2 * at, -4.2 - 0.2 * at + fall * at * (1 - at / 12)],
    unknown: /zzz/.test(text) ? ['zzz'] : [],
  });
  const climbed = (fall: number): AgreementRung[] =>
    Array.from({ length: 7 }, (_, at) => rung(at, fall, ['The writer', ...PHRASES.slice(0, at)].join(' ')));
  const none = attached
    ? ('notEnglish' as const)
    : /^It/.test(prefix) && number === null
      ? ('numberUnknown' as const)
      : null;
  const subject = { word: 'writer', number: number ?? ('singular' as const), guessed: number === null };
  return {
    refused: null,
    ...{ columns, readBefore: 0, influence: Float64Array.from(columns, () => 0.6 * (random() - 0.45)) },
    continuations: [scored(first, -3.4), scored(second, isVanilla ? -3.1 : -4.47)],
    ...{ logOdds: isVanilla ? -0.3 : 1.07, unknown: /zzz/.test(prefix) ? ['zzz'] : [] },
    ladder:
      steps !== null
        ? {
            kind: 'typed',
            subject: null,
            reason: null,
            rungs: steps.map((step, at) => rung(at, 0.5, step)),
            control: [],
          }
        : none !== null
          ? { kind: 'none', subject: null, reason: none, rungs: [rung(0, 0, prefix)], control: [] }
          : {
              kind: 'generated',
              subject,
              reason: null,
              rungs: climbed(isVanilla ? 0.8 : 0.5),
              control: climbed(isVanilla ? 0.2 : 0.08),
            },
  };
}

/** Items scored with every answer, by run and set. */
const scored = new Map<string, number>();
const PIECE = 400;

export function syntheticAgreementSet({ set }: QuestionOf<'agreementSet'>, runId = ''): AgreementSetAnswer {
  const isPairs = set.kind === 'file' && /^\s*\{/.test(set.content);
  const total = set.kind === 'file' && set.content === '' ? 0 : 1200;
  const key = `${runId} ${set.kind === 'file' ? set.name : 'templates'}`;
  const done = Math.min(total, (scored.get(key) ?? 0) + PIECE);
  scored.set(key, done);
  const fall = runId.startsWith('vanilla') ? 0.16 : runId.startsWith('gru') ? 0.1 : 0.08;
  const cell = (attractors: number | null, n: number, accuracy: number): AgreementCell => {
    const hits = Math.round(n * accuracy);
    const width = 0.98 / Math.sqrt(n + 4);
    const middle = (hits + 2) / (n + 4);
    const majority = isPairs ? null : attractors === 0 ? 0.62 : 0.55;
    return {
      attractors,
      n,
      hits,
      accuracy: hits / n,
      low: Math.max(0, middle - width),
      high: Math.min(1, middle + width),
      majority,
      frequent: done < total ? null : 0.6,
    };
  };
  const count = (at: number): number => Math.max(4, Math.round((done / 2) * 0.45 ** at));
  const cells = (offset: number, share: number): AgreementCell[] =>
    Array.from({ length: 6 }, (_, at) =>
      cell(at, Math.max(3, Math.round(count(at) * share)), 0.96 - offset - fall * at),
    );
  return {
    kind: isPairs ? 'pairs' : set.kind === 'file' ? 'conllu' : 'templates',
    ...{ scored: done, total, unknownForms: set.kind === 'file' ? 14 : 0 },
    overall: total === 0 ? { ...cell(null, 1, 0), n: 0, hits: 0, accuracy: NaN } : cell(null, done, 0.83),
    all: total === 0 ? [] : isPairs ? [cell(null, done, 0.83)] : cells(0, 1),
    strict: isPairs || total === 0 ? [] : cells(0.06, 0.7),
    conditions: [
      { name: 'plain, original', cell: cell(null, 100, 0.95) },
      { name: 'centre, nonsense', cell: cell(null, 100, 0.61) },
    ],
    problems: set.kind === 'file' ? [{ line: 12, reason: isPairs ? 'notJson' : 'noRoot' }] : [],
    problemCount: set.kind === 'file' ? 24 : 0,
  };
}
