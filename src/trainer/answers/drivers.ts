// What drives a unit in the whole text: stretches spread over it are read with the weights as they are.
import { DriverStatistics, type KindOfToken, type Place } from '../../engine/inspection/driverStatistics';
import { readingCost, readLanes } from '../../engine/inspection/readLanes';
import { CarriedStates } from '../../engine/training/carriedStates';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { DrivingPlace, DrivingToken } from '../../protocol/unitDrivers';
import { joinTokens } from '../../text/spacing';
import type { TokenSource } from '../../text/tokenSource';
import type { Vocabulary } from '../../text/vocabulary';
import type { AnswerContext } from './answerContext';
import { askedPlace } from './askedPlace';

/** Stretches of text read side by side, and the most steps of them at a time: as much room as a picture's window has. */
const LANES = 16;
const MOST_STEPS = 30;
/** Milliseconds that a piece of work should take. */
const PIECE = { least: 8, most: 20 };
/** Multiplications spent on an answer at most: 60,000 tokens of an LSTM with 128 units. */
const MULTIPLICATIONS = 6e9;
/** Tokens at the beginning of a stretch that only warm the state up. */
const WARM_UP = 32;
/** What reads backward has read so many tokens at least when it counts: it begins anew at the end of every piece. */
const AHEAD = 10;
/** Kinds of token and places named at either end; a kind counts from so many occurrences on. */
const NAMED = 6;
const PLACES = 4;
const OCCURRENCES = 5;
/** Tokens of context shown before and after a place. */
const CONTEXT = { characters: [28, 10], words: [7, 3] } as const;

export async function answerDrivers(
  { model, vocabulary, tokens, pause }: AnswerContext,
  { unit, tokens: wanted, place }: QuestionOf<'drivers'>,
): Promise<Answers['drivers']> {
  if (unit >= model.config.hiddenUnits) throw new RangeError(`unit ${unit} of ${model.config.hiddenUnits}`);
  const asked = askedPlace(model, place);
  const text = tokens();
  const affordable = Math.floor(MULTIPLICATIONS / readingCost(model));
  const stretches = stretchesOf(text.length, Math.min(wanted, Math.max(LANES, affordable)));
  const statistics = new DriverStatistics(vocabulary.size);
  const carried = new CarriedStates(model, stretches.starts.length);
  const skipped = Math.min(WARM_UP, stretches.length >> 2);
  let steps = model.config.bidirectional ? MOST_STEPS : 4;
  for (let from = 0; from < stretches.length;) {
    const began = performance.now();
    const T = Math.min(steps, stretches.length - from);
    const ids = idsOf(text, stretches.starts, from, T);
    const states = readLanes(model, ids, stretches.starts.length, carried, asked, unit);
    states.forEach((value, k) => {
      const at = from + Math.floor(k / stretches.starts.length);
      const ahead = from + T - 1 - at;
      if (at >= skipped && (!asked.reverse || ahead >= Math.min(AHEAD, T >> 1)))
        statistics.add(ids[k], value, stretches.starts[k % stretches.starts.length] + at);
    });
    from += T;
    const took = performance.now() - began;
    if (took < PIECE.least) steps = Math.min(MOST_STEPS, 2 * steps);
    if (took > PIECE.most) steps = Math.max(1, steps >> 1);
    await pause();
  }
  return answerOf(statistics, stretches, text, vocabulary);
}

interface Stretches {
  starts: number[];
  /** Tokens of each. */
  length: number;
}

/** At most `wanted` tokens in equally long stretches, spread evenly over the text; one stretch of a text that is shorter than the lanes. */
function stretchesOf(length: number, wanted: number): Stretches {
  const lanes = length < 64 * LANES ? 1 : LANES;
  const apart = Math.floor(length / lanes);
  return {
    starts: Array.from({ length: lanes }, (_, lane) => lane * apart),
    length: Math.min(apart, Math.ceil(wanted / lanes)),
  };
}

/** Ids [T,B] of T steps of every stretch, from step `from` on. */
function idsOf(text: TokenSource, starts: number[], from: number, T: number): Int32Array {
  const ids = new Int32Array(T * starts.length);
  const lane = new Uint16Array(T);
  starts.forEach((start, b) => {
    text.read(start + from, lane);
    lane.forEach((id, t) => (ids[t * starts.length + b] = id));
  });
  return ids;
}

function answerOf(
  statistics: DriverStatistics,
  { starts }: Stretches,
  text: TokenSource,
  vocabulary: Vocabulary,
): Answers['drivers'] {
  const { count, mean, deviation, explained, kinds } = statistics;
  const byMean = statistics.byMean(OCCURRENCES);
  const named = Math.min(NAMED, Math.floor(byMean.length / 2));
  const tokenOf = ({ id, ...rest }: KindOfToken): DrivingToken => ({ text: vocabulary.textOf(id), ...rest });
  const places = statistics.places(PLACES);
  const placeOf = (place: Place): DrivingPlace => inContext(place, text, vocabulary);
  return {
    ...{ count, textTokens: text.length, stretches: starts.length, occurrences: OCCURRENCES },
    ...{ mean, deviation, explained, kinds },
    high: byMean.slice(0, named).map(tokenOf),
    low: byMean
      .slice(byMean.length - named)
      .reverse()
      .map(tokenOf),
    highPlaces: places.high.map(placeOf),
    lowPlaces: places.low.map(placeOf),
  };
}

function inContext({ position, value }: Place, text: TokenSource, vocabulary: Vocabulary): DrivingPlace {
  const [before, after] = CONTEXT[vocabulary.unit];
  const first = Math.max(0, position - before);
  const around = new Uint16Array(Math.min(text.length, position + 1 + after) - first);
  text.read(first, around);
  const here = position - first;
  const token = vocabulary.textOf(around[here]);
  const upTo = joinTokens(vocabulary, around.subarray(0, here + 1), null);
  const from = joinTokens(vocabulary, around.subarray(here), null);
  return { position, value, before: upTo.slice(0, -token.length), token, after: from.slice(token.length) };
}
