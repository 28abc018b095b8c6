// Properties of every token that can be read from the text as it stands: what probes look for in the states.

/** What is told of a token: see `tokenProperties`. */
export type TokenPropertyName = 'kind' | 'letterCase' | 'kindBefore' | 'place' | 'enclosed';

/** Quotes and brackets left open are forgotten at the end of a line. */
const OPENING = new Map([
  ...['()', '[]', '{}', '“”', '«»', '「」', '『』'].map(([open, close]): [string, string] => [open, close]),
  ['"', '"'],
]);

export interface TokenProperty {
  name: TokenPropertyName;
  /** Class of every token, an index into `classes`. */
  labels: Uint8Array;
  classes: string[];
}

/** Labels of tokens in their order: characters, or words with the signs between them. */
export function tokenProperties(tokens: readonly string[], unit: 'characters' | 'words'): TokenProperty[] {
  const kindOf = unit === 'characters' ? characterKind : wordKind;
  const kinds = tokens.map(kindOf);
  return [
    property('kind', kinds),
    ...(unit === 'characters' ? [property('letterCase', tokens.map(letterCase))] : []),
    property('kindBefore', ['none', ...kinds.slice(0, -1)]),
    property('place', unit === 'characters' ? placesInWord(tokens) : placesInSentence(tokens)),
    property('enclosed', enclosed(tokens)),
  ];
}

function property(name: TokenPropertyName, values: readonly string[]): TokenProperty {
  const classes = [...new Set(values)].sort();
  const index = new Map(classes.map((one, k) => [one, k]));
  return { name, classes, labels: Uint8Array.from(values, (value) => index.get(value) ?? 0) };
}

function characterKind(character: string): string {
  if (/^[aeiou]/i.test(character)) return 'vowel';
  if (/^[a-z]/i.test(character)) return 'consonant';
  if (/^\p{L}/u.test(character)) return 'letter';
  if (/^\p{N}/u.test(character)) return 'digit';
  return /^\s/.test(character) ? 'space' : 'sign';
}

function wordKind(word: string): string {
  if (/^\p{Lu}/u.test(word)) return 'capitalised';
  if (/^\p{L}/u.test(word)) return 'word';
  if (/^\p{N}/u.test(word)) return 'number';
  return /^\s/.test(word) ? 'space' : 'sign';
}

function letterCase(character: string): string {
  if (/^\p{Lu}/u.test(character)) return 'capital';
  return /^\p{Ll}/u.test(character) ? 'small' : 'neither';
}

/** The how-manieth letter or digit of its word a character is. */
function placesInWord(characters: readonly string[]): string[] {
  let place = 0;
  return characters.map((character) => {
    place = /^[\p{L}\p{M}\p{N}]/u.test(character) ? place + 1 : 0;
    return place === 0 ? 'outside' : place >= 4 ? '4+' : String(place);
  });
}

/** Since the last full stop, question or exclamation mark, or line end. */
function placesInSentence(words: readonly string[]): string[] {
  let place = 0;
  return words.map((word) => {
    place++;
    const told = place === 1 ? '1' : place <= 3 ? '2–3' : place <= 7 ? '4–7' : '8+';
    if (/^[.!?\n\r]/.test(word)) place = 0;
    return told;
  });
}

/** Whether a token stands between quotes or brackets that were opened on this line; closing ones do, opening ones do too. */
function enclosed(tokens: readonly string[]): string[] {
  const closing: string[] = [];
  return tokens.map((token) => {
    if (/[\n\r]/.test(token)) closing.length = 0;
    const isInside = closing.length > 0;
    if (closing.at(-1) === token) closing.pop();
    else {
      const close = OPENING.get(token);
      if (close !== undefined) closing.push(close);
    }
    return isInside || closing.length > 0 ? 'inside' : 'outside';
  });
}
