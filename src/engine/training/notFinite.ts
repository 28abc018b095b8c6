// Which of several arrays of the arena a step that cannot be taken is blamed on.
import type { LanguageModel } from '../network/languageModel';

/** Name of the first array with a value that is not finite. */
export function firstNotFinite(arrays: Map<string, Float32Array>): string | null {
  for (const [name, values] of arrays) if (!values.every(Number.isFinite)) return name;
  return null;
}

/** Name of the array with the largest norm. */
export function largest({ kernels }: LanguageModel, arrays: Map<string, Float32Array>): string | null {
  let found: string | null = null;
  let most = -1;
  for (const [name, values] of arrays) {
    const squares = kernels.sumOfSquares(values);
    if (squares > most) [found, most] = [name, squares];
  }
  return found;
}
