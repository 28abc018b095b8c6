// A dependency tree whose words have a place in a text, whoever it is from.
import type { DependencyTree, Place } from '../../syntax/trees/dependencyTree';

export interface PlacedTree {
  tree: DependencyTree;
  /** UTF-16 offsets of each word in the text; an empty place where a contraction does not spell the word out. */
  words: Place[];
  start: number;
  end: number;
}

/** Gives words without a place an empty one behind the word before them. */
export function withEmptyPlaces(places: readonly (Place | null)[], start: number): Place[] {
  let end = start;
  return places.map((place) => {
    const known = place ?? { start: end, end };
    end = known.end;
    return known;
  });
}
