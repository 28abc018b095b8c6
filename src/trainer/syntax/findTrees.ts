// Finds the sentences of a treebank in a text, however the text is laid out: white space is left out on both sides.
import type { ConlluTree, Place } from '../../syntax/trees/dependencyTree';
import { withEmptyPlaces, type PlacedTree } from './placedTree';

/** Sentences are looked up by so many of their first characters. */
const KEY = 6;
/** Shorter ones (“Yes.”) are taken only where a sentence can begin. */
const SHORT = 12;
/** So many characters of a sentence are enough where the text is cut off within it. */
const ENOUGH = 24;

interface SqueezedTree {
  tree: ConlluTree;
  text: string;
}

export interface FoundTrees {
  trees: PlacedTree[];
  /** The stretches between them that hold anything but white space. */
  unmatched: Place[];
}

export class TreeFinder {
  private readonly squeezed: SqueezedTree[];
  /** Indices of the sentences that begin with the same KEY characters; of shorter ones that are the same. */
  private readonly byKey = new Map<string, number[]>();

  constructor(readonly trees: readonly ConlluTree[]) {
    this.squeezed = trees.map((tree) => ({ tree, text: squeeze(tree.text).text }));
    this.squeezed.forEach(({ text }, at) => {
      const key = text.slice(0, KEY);
      const same = this.byKey.get(key);
      if (same) same.push(at);
      else this.byKey.set(key, [at]);
    });
  }

  /**
   * The sentences of the file that stand in the text, in the text's order, without overlap; of several that fit the longest, of
   * equal ones that which follows the one found before. `isWhole`: the text does not go on behind.
   */
  find(text: string, isWhole: boolean): FoundTrees {
    const { text: squeezed, places } = squeeze(text);
    const trees: PlacedTree[] = [];
    const unmatched: Place[] = [];
    let last = -1;
    let [matchedTo, at] = [0, 0];
    const leaveOut = (to: number) => {
      if (to > matchedTo) unmatched.push({ start: places[matchedTo], end: places[to - 1] + 1 });
    };
    while (at < squeezed.length) {
      const mayBegin = at === matchedTo || isBoundary(text, places[at], places[at - 1]);
      const found = mayBegin
        ? this.at(squeezed, at, last, isWhole, at === matchedTo || startsSentence(text, places[at]))
        : null;
      if (found === null || !endsAtBoundary(text, squeezed, places, at + found.length)) {
        at++;
        continue;
      }
      leaveOut(at);
      trees.push(placed(this.squeezed[found.tree], places, at));
      last = found.tree;
      at += found.length;
      matchedTo = at;
    }
    leaveOut(squeezed.length);
    return { trees, unmatched };
  }

  private at(
    squeezed: string,
    at: number,
    last: number,
    isWhole: boolean,
    startsHere: boolean,
  ): { tree: number; length: number } | null {
    let best: { tree: number; length: number } | null = null;
    const longestKey = Math.min(KEY, squeezed.length - at);
    for (let length = 1; length <= longestKey; length++)
      for (const tree of this.byKey.get(squeezed.slice(at, at + length)) ?? []) {
        const { text } = this.squeezed[tree];
        if (text.length < SHORT && !startsHere) continue;
        const rest = squeezed.length - at;
        const isCut = !isWhole && text.length > rest && rest >= ENOUGH && text.startsWith(squeezed.slice(at));
        if (!isCut && !squeezed.startsWith(text, at)) continue;
        const found = { tree, length: Math.min(text.length, rest) };
        if (best === null || found.length > best.length || (found.length === best.length && tree === last + 1))
          best = found;
      }
    return best;
  }
}

/** Without white space; `places[k]` is where character k stood. */
function squeeze(text: string): { text: string; places: number[] } {
  const places: number[] = [];
  let squeezed = '';
  for (const { 0: part, index } of text.matchAll(/\S+/g)) {
    squeezed += part;
    for (let k = 0; k < part.length; k++) places.push(index + k);
  }
  return { text: squeezed, places };
}

const WORDLIKE = /[\p{L}\p{M}\p{N}]/u;

/** Whether a word can begin at `place`, after what stands at `before`. */
function isBoundary(text: string, place: number, before: number): boolean {
  return before < place - 1 || !(WORDLIKE.test(text[before]) && WORDLIKE.test(text[place]));
}

function endsAtBoundary(text: string, squeezed: string, places: readonly number[], end: number): boolean {
  return end >= squeezed.length || isBoundary(text, places[end], places[end - 1]);
}

/** At the beginning of the text or of a line, or behind what ends a sentence. */
function startsSentence(text: string, place: number): boolean {
  const before = text.slice(Math.max(0, place - 16), place);
  return place === 0 || /(?:[.!?…。！？:;][\p{Pf}\p{Pe}"'’”]*\s*|[\r\n]\s*)$/u.test(before);
}

/** Puts a sentence's words where its characters stand in the text; what is behind the text's end has an empty place there. */
function placed({ tree }: SqueezedTree, places: readonly number[], at: number): PlacedTree {
  const own = squeeze(tree.text).places;
  const atOwn = new Map(own.map((place, k) => [place, k]));
  const end = places[places.length - 1] + 1;
  const startOf = (k: number) => (at + k < places.length ? places[at + k] : end);
  const endOf = (k: number) => (at + k < places.length ? places[at + k] + 1 : end);
  const words = tree.places.map((place) => {
    const first = place && atOwn.get(place.start);
    const last = place && atOwn.get(place.end - 1);
    return first === null || first === undefined || last === null || last === undefined
      ? null
      : { start: startOf(first), end: endOf(last) };
  });
  const start = places[at];
  return { tree, words: withEmptyPlaces(words, start), start, end: endOf(own.length - 1) };
}
