// What the states at the token looked at know: their nearest neighbours among tokens of the file, and how they differ from those at the
// token of another sentence.
import { cosine, stateDifferences, tokenStates, type PlaceState } from '../../engine/inspection/tokenStates';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { StateNeighbours } from '../../protocol/tokenStates';
import { joinTokens } from '../../text/spacing';
import type { OpenDataset } from '../tasks/datasetStore';
import { cutExample } from '../tasks/examplePicture';
import type { AnswerContext } from './answerContext';

/** Examples that are read, those with the same token first. */
const MOST_EXAMPLES = 300;
const MOST_TOKENS = 8000;
const NEAREST = 6;
/** Occurrences of the same token whose classes are counted, and what counts as equally near. */
const DOZEN = 12;
const TIE = 1e-6;
/** Tokens told of a neighbour's surroundings on each side. */
const AROUND = 4;
const PIECE_MILLISECONDS = 15;

const KINDS = ['forward', 'backward', 'both'] as const;

interface Candidate {
  example: number;
  at: number;
  ids: Uint16Array;
  states: PlaceState[];
}

/** @throws GatescopeError nothingToInspect where there is no example, runDamaged */
export async function answerTokenStates(
  context: AnswerContext,
  { pinned }: QuestionOf<'tokenStates'>,
): Promise<Answers['tokenStates']> {
  const { model, reading, vocabulary, window, pause } = context;
  if (!reading) throw new GatescopeError('nothingToInspect');
  const { ids, focus, tokens } = window();
  const [states] = tokenStates(model, ids, [focus]);
  await pause();
  let differences: Answers['tokenStates']['differences'] = null;
  if (pinned) {
    const slice = { text: pinned.text, offset: 0, atStart: true, atEnd: true, version: 0 };
    const view = { slice, cursor: pinned.cursor, windowStart: null, columns: 1 };
    const other = cutExample(vocabulary, '', view, reading);
    const [theirs] = tokenStates(model, other.ids, [other.focus]);
    differences = { token: other.tokens[other.focus].text, places: stateDifferences(states, theirs) };
  }
  const candidates = await candidatesOf(context, ids[focus], Int32Array.from(ids));
  const dataset = context.dataset();
  const neighbours = KINDS.filter((kind) => kind === 'forward' || model.config.bidirectional).map((kind) =>
    nearest(context, dataset, { kind, states, token: ids[focus] }, candidates),
  );
  return { token: tokens[focus].text, at: focus, examined: candidates.length, neighbours, differences };
}

/** Every token of some examples, but those of the sentence looked at. */
async function candidatesOf(
  { model, dataset, pause }: AnswerContext,
  token: number,
  own: Int32Array,
): Promise<Candidate[]> {
  const { lengths, starts, tokens } = dataset();
  const candidates: Candidate[] = [];
  const read = (example: number): Uint16Array => {
    const ids = new Uint16Array(lengths[example]);
    tokens.read(starts[example], ids);
    return ids;
  };
  const withToken: number[] = [];
  for (let example = 0; example < lengths.length && withToken.length < MOST_EXAMPLES / 2; example++)
    if (read(example).includes(token)) withToken.push(example);
  const every = Math.max(1, Math.ceil(lengths.length / (MOST_EXAMPLES - withToken.length)));
  const spread = Array.from({ length: Math.ceil(lengths.length / every) }, (_, k) => k * every);
  let began = performance.now();
  for (const example of new Set([...withToken, ...spread])) {
    const ids = read(example);
    const isOwn = ids.length === own.length && ids.every((id, t) => id === own[t]);
    if (ids.length === 0 || isOwn) continue;
    const all = tokenStates(model, Int32Array.from(ids), Array.from(ids.keys()));
    // Of deep networks only the top layer is kept: it is what is compared.
    const top = (states: PlaceState[]) => states.filter(({ place }) => place.layer === model.config.layers - 1);
    all.forEach((states, at) => candidates.push({ example, at, ids, states: top(states) }));
    if (candidates.length > MOST_TOKENS) break;
    if (performance.now() - began < PIECE_MILLISECONDS) continue;
    await pause();
    began = performance.now();
  }
  return candidates;
}

/** The top layer's states are compared: what the output layer reads. */
function nearest(
  { vocabulary }: AnswerContext,
  { classes, labels }: OpenDataset,
  { kind, states, token }: { kind: StateNeighbours['kind']; states: PlaceState[]; token: number },
  candidates: readonly Candidate[],
): StateNeighbours {
  const top = Math.max(...states.map(({ place }) => place.layer));
  const chosen = (all: PlaceState[]): Float32Array[] =>
    all
      .filter(({ place }) => place.layer === top && (kind === 'both' || place.reverse === (kind === 'backward')))
      .map(({ h }) => h);
  const own = chosen(states);
  const ranked = candidates
    .map((candidate) => ({ ...candidate, cosine: cosine(own, chosen(candidate.states)) }))
    .sort((a, b) => b.cosine - a.cosine);
  const said = ({ ids }: Candidate, from: number, to: number): string =>
    joinTokens(vocabulary, ids.slice(Math.max(0, from), Math.max(0, to)), null);
  const found = ranked.slice(0, NEAREST).map((one) => ({
    before: said(one, one.at - AROUND, one.at),
    token: vocabulary.textOf(one.ids[one.at]),
    after: said(one, one.at + 1, one.at + 1 + AROUND),
    label: classes ? labels[classes[one.example]] : null,
    cosine: one.cosine,
  }));
  // States that have read the same are equally near, however many there are: none of them is left out.
  const alike = ranked.filter(({ ids, at }) => ids[at] === token);
  const last = alike.slice(0, DOZEN).at(-1)?.cosine ?? 1;
  const same = alike.filter((one) => one.cosine >= last - TIE);
  const senses = new Map<string, number>();
  for (const { example } of classes ? same : []) {
    const label = labels[classes?.[example] ?? 0];
    senses.set(label, (senses.get(label) ?? 0) + 1);
  }
  return { kind, found, senses: [...senses].map(([label, count]) => ({ label, count })) };
}
