// What a word looks like regardless of its letters: case, digits, script, kind of mark, length.

/** Kinds in the order of their numbers; the first that fits counts. The most frequent ones come first. */
const KINDS: readonly RegExp[] = [
  /^[가-힣]+$/u,
  /^(?:\p{Ll}\p{M}*)+$/u,
  /^\p{Lu}\p{M}*(?:\p{Ll}\p{M}*)+$/u,
  /^<(?:url|mail)>$/,
  /^[.]$/,
  /^[?]+$/,
  /^!+$/,
  /^[?!]+$/,
  /^,$/,
  /^;$/,
  /^:$/,
  /^\.{2,}$/,
  /^-$/,
  /^(?:--+|~+)$/,
  /^"$/,
  /^'$/,
  /^[([{<〈《]$/u,
  /^[)\]}>〉》]$/u,
  /^[/\\|]$/,
  /^[%‰°]$/u,
  /^\p{Sc}$/u,
  /^[&+*=#@]$/,
  /^\p{P}+$/u,
  /^(?:\p{Extended_Pictographic}|[^\p{L}\p{N}])+$/u,
  /^0+$/,
  /^[+-]?[0.,:/]+$/,
  /^0+(?:st|nd|rd|th|s)$/i,
  /^[0.,]+[가-힣]+$/u,
  /^\p{sc=Han}+$/u,
  /^\p{sc=Han}+[가-힣]+$/u,
  /^[\p{L}\p{M}]*[가-힣]$/u,
  /[가-힣]/u,
  /^'\p{L}+$/u,
  /^n't$/i,
  /^\p{Lu}$/u,
  /^\p{Lu}\.$/u,
  /^(?:\p{L}\.){2,}\p{L}?$/u,
  /^\p{Lu}{2,}$/u,
  /^\p{Lu}[\p{L}\p{M}]*(?:[-'][\p{L}\p{M}]+)+$/u,
  /^\p{L}[\p{L}\p{M}]*(?:[-'][\p{L}\p{M}]+)+$/u,
  /^\p{Lu}\p{L}+\.$/u,
  /^\p{L}+\.$/u,
  /^[\p{L}\p{M}]+$/u,
  /^(?=.*\p{N})[\p{L}\p{N}]+$/u,
];
const LENGTHS = [1, 2, 3, 4, 6, 9, Infinity];

/** How many shapes there are. */
export const WORD_SHAPES = (KINDS.length + 1) * LENGTHS.length;

/** The shape of a word in its normal form: its kind and the class of its length in code points, below WORD_SHAPES. */
export const wordShape = (normal: string): number => {
  const kind = KINDS.findIndex((pattern) => pattern.test(normal));
  const length = [...normal].length;
  return (kind + 1) * LENGTHS.length + LENGTHS.findIndex((most) => length <= most);
};
