// How often the model prefers the right form on a set, piece by piece: every answer goes on where the last one ended, and what was scored
// stays when it is interrupted.
import { majorityNumber } from '../../labs/agreement/comparedItems';
import { ItemScorer } from '../../labs/agreement/scoreItem';
import type { AgreementSetAnswer } from '../../protocol/agreement';
import type { QuestionOf } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { openSet, type OpenSet, type SetSource } from './agreementSetOf';
import { cellOf, cellsByAttractors, cellsByCondition, type JudgedItem } from './agreementTally';

/** How long one answer works, and how long without a pause. */
const ANSWER_MILLISECONDS = 400;
const PIECE_MILLISECONDS = 15;
const MOST_PROBLEMS = 20;

/** Of an item: not scored yet, wrong, right, or holding forms that the model does not know. */
export const SCORE = { none: 0, wrong: 1, right: 2, unknown: 3 } as const;

/** The set read last: it is asked about again and again until all of it is scored. */
let last: { key: string; set: OpenSet } | null = null;

export async function answerAgreementSet(
  context: AnswerContext,
  { set: source }: QuestionOf<'agreementSet'>,
): Promise<AgreementSetAnswer> {
  const { model, vocabulary, step, found, pause } = context;
  const key = `agreement ${keyOf(source)}`;
  if (last?.key !== key) last = { key, set: openSet(source) };
  const { set } = last;
  await pause();
  const name = `${key} at ${step}`;
  const scores = found.get(name) ?? new Float64Array(set.items.length);
  found.set(name, scores);
  const until = performance.now() + ANSWER_MILLISECONDS;
  const scorer = new ItemScorer(model, vocabulary);
  await scoreSet(scorer, set, scores, async () => {
    await pause();
    return performance.now() < until;
  });
  return setTold(set, scores, scorer);
}

/** Goes on with what is not scored yet, until `goOn`, asked between pieces of work, ends it. */
export async function scoreSet(
  scorer: ItemScorer,
  { items }: OpenSet,
  scores: Float64Array,
  goOn: () => Promise<boolean>,
): Promise<void> {
  let began = performance.now();
  for (let at = scores.findIndex((score) => score === SCORE.none); at >= 0 && at < scores.length; at++) {
    const score = scorer.score(items[at]);
    scores[at] = score === null ? SCORE.unknown : score.logOdds > 0 ? SCORE.right : SCORE.wrong;
    if (performance.now() - began < PIECE_MILLISECONDS) continue;
    if (!(await goOn())) return;
    began = performance.now();
  }
}

/** What is known of a set so far; `scores` holds a SCORE per item. */
export function setTold(
  set: OpenSet,
  scores: ArrayLike<number>,
  scorer: Pick<ItemScorer, 'byFrequency'> | null = null,
): AgreementSetAnswer {
  const { kind, items, withoutForm, problems } = set;
  const judged: JudgedItem[] = [];
  let [scored, unknown] = [0, 0];
  const isDone = items.every((_, at) => scores[at] !== SCORE.none);
  items.forEach((item, at) => {
    if (scores[at] === SCORE.none) return;
    scored++;
    const frequent = isDone && scores[at] !== SCORE.unknown && scorer ? scorer.byFrequency(item) : null;
    if (scores[at] === SCORE.unknown) unknown++;
    else judged.push({ ...item, frequent, hit: scores[at] === SCORE.right });
  });
  const majority = majorityNumber(items);
  const counted = judged.filter(({ attractors }) => attractors !== null);
  return {
    ...{ kind, scored, total: items.length, unknownForms: unknown + withoutForm },
    overall: cellOf(judged, null, majority),
    all: counted.length > 0 ? cellsByAttractors(counted, majority) : cellsByAttractors(judged, majority),
    strict: cellsByAttractors(
      counted.filter(({ strict }) => strict),
      majority,
    ),
    conditions: cellsByCondition(judged, majority),
    problems: problems.slice(0, MOST_PROBLEMS).map(({ line, reason }) => ({ line, reason })),
    problemCount: problems.length,
  };
}

/** FNV-1a over the content: equal keys are the same set. */
function keyOf(source: SetSource): string {
  if (source.kind === 'templates') return `templates ${source.seed} ${source.each}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < source.content.length; at++) hash = Math.imul(hash ^ source.content.charCodeAt(at), 0x01000193);
  return `file ${source.name} ${source.content.length} ${hash >>> 0}`;
}
