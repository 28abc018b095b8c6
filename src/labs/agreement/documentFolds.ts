// Parts of a set for cross-validation, whole documents at a time: sentences of a document share its words and its writer.
import { shuffled } from '../../text/datasets/seededOrder';

const PURPOSE = 70;

/**
 * The part, from 0 on, of every item, given the document each is from. Documents come in an order that the seed decides, and each goes
 * where the fewest items are so far, so that parts are about equally large. Throws RangeError for fewer documents than parts.
 */
export function documentFolds(documents: readonly string[], parts: number, seed: number): Int32Array {
  const counts = new Map<string, number>();
  for (const document of documents) counts.set(document, (counts.get(document) ?? 0) + 1);
  const names = [...counts.keys()];
  if (names.length < parts) throw new RangeError(`${names.length} documents for ${parts} parts`);
  const sizes = new Array<number>(parts).fill(0);
  const places = new Map<string, number>();
  for (const at of shuffled(Array.from(names.keys()), seed, PURPOSE)) {
    const part = sizes.indexOf(Math.min(...sizes));
    sizes[part] += counts.get(names[at]) ?? 0;
    places.set(names[at], part);
  }
  return Int32Array.from(documents, (document) => places.get(document) ?? 0);
}
