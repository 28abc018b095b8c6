// Divides examples into three parts: what is trained on; what decides when to stop and which weights are kept; and what is looked at
// only for the scores, so that no choice was made on it.
import { shuffled } from './seededOrder';

export const TRAINING = 0;
export const VALIDATION = 1;
export const TEST = 2;
export type Part = typeof TRAINING | typeof VALIDATION | typeof TEST;

/** A tenth each for validation and test. */
const HELD_OUT = 10;
/** With fewer examples no tenth can be taken away. */
export const MINIMUM_EXAMPLES = 10;

/**
 * Shuffles within every class, so that each part has each class's share; classes of one or two examples are trained on, unless there
 * are no others. `labels` has at least three examples.
 */
export function splitStratified(labels: ArrayLike<number>, seed: number): Uint8Array {
  const parts = splitWithinClasses(labels, seed);
  if (parts.includes(VALIDATION)) return parts;
  const [validation, test] = shuffled(Array.from(parts.keys()), seed, 0);
  parts[validation] = VALIDATION;
  parts[test] = TEST;
  return parts;
}

function splitWithinClasses(labels: ArrayLike<number>, seed: number): Uint8Array {
  const byClass = new Map<number, number[]>();
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at];
    const members = byClass.get(label);
    if (members) members.push(at);
    else byClass.set(label, [at]);
  }
  const parts = new Uint8Array(labels.length);
  // What is left over of a class is carried to the next, so that many small classes still fill the held-out parts.
  let owed = 0;
  for (const label of [...byClass.keys()].sort((a, b) => a - b)) {
    const members = shuffled(byClass.get(label) ?? [], seed, label);
    owed += members.length / HELD_OUT;
    const each = Math.min(Math.round(owed), Math.max(0, Math.floor((members.length - 1) / 2)));
    owed -= each;
    members.forEach((at, k) => (parts[at] = k < each ? VALIDATION : k < 2 * each ? TEST : TRAINING));
  }
  return parts;
}

/** Keeps the order of a document: its beginning is trained on, then comes the validation part, the last tenth is the test. */
export function splitInOrder(examples: number): Uint8Array {
  const each = Math.max(1, Math.floor(examples / HELD_OUT));
  return Uint8Array.from({ length: examples }, (_, at) =>
    at >= examples - each ? TEST : at >= examples - 2 * each ? VALIDATION : TRAINING,
  );
}
