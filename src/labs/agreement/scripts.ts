// Which writing system a text is in, so that a prefix in one that a model never read can be told.
import type { Vocabulary } from '../../text/vocabulary';

const SCRIPTS = [
  'Latin',
  'Hangul',
  'Han',
  'Hiragana',
  'Katakana',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
];
const PATTERNS: readonly (readonly [name: string, pattern: RegExp])[] = SCRIPTS.map((name) => [
  name,
  new RegExp(`\\p{Script=${name}}`, 'u'),
]);
/** Of the letters that a model was trained on: less than this share of a script is names and quotations. */
const FOREIGN = 0.005;

function scriptOf(letter: string): string | null {
  return PATTERNS.find(([, pattern]) => pattern.test(letter))?.[0] ?? null;
}

function mostOf(counts: ReadonlyMap<string, number>): string | null {
  let best: [string, number] | null = null;
  for (const entry of counts) if (best === null || entry[1] > best[1]) best = entry;
  return best?.[0] ?? null;
}

function add(counts: Map<string, number>, text: string, times: number): void {
  for (const letter of text) {
    const script = scriptOf(letter);
    if (script !== null) counts.set(script, (counts.get(script) ?? 0) + times);
  }
}

/** The scripts of a model and of a prefix where the model has hardly read the prefix's; null where it has, or there are no letters. */
export function otherScript(vocabulary: Vocabulary, prefix: string): { model: string; prefix: string } | null {
  const [own, asked] = [new Map<string, number>(), new Map<string, number>()];
  for (const { text, count } of vocabulary.entries.slice(1)) add(own, text, count);
  add(asked, prefix, 1);
  const [model, wanted] = [mostOf(own), mostOf(asked)];
  if (model === null || wanted === null || model === wanted) return null;
  const total = [...own.values()].reduce((sum, count) => sum + count, 0);
  return (own.get(wanted) ?? 0) < FOREIGN * total ? { model, prefix: wanted } : null;
}
