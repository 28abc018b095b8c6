// How much of a text looks like program code rather than language.

const CODE_LINE: readonly RegExp[] = [
  /[{}]\s*;?\s*(?:\/\/.*)?$/,
  /[(=\])\d\"'].*;\s*(?:\/\/.*)?$/,
  /^\s*(?:return|break|continue|[\w.]+\+\+|throw .*);$/,
  /^\s*(?:\/\/|\/\*|\*\/|#include\b|#define\b|#!|@\w+$)/,
  /^\s*(?:import|from)\s+[\w.{*"'][^.!?]*(?:\bimport\b|\bfrom\b|["';])/,
  /^\s*import\s+[\w.]+(?:\s+as\s+\w+)?\s*$/,
  /^\s*(?:def|class)\s+\w+.*:\s*$/,
  /^\s*(?:if|elif|for|while|except|with)\b.*[()=<>[\].\d_].*:\s*$/,
  /^\s*(?:else|try|finally|except):$/,
  /^\s*(?:const|let|var|function|public|private|static|void|int|return|export)\b.*[=({]/,
  /[\w\])]\s*(?:===?|!==?|=>|\+=|-=|:=|&&|\|\||->|::)\s*[\w"'([{]/,
  /^\s*[\w.[\]]+\s*=\s*[\w"'([{]/,
  /\b\w+(?:\.\w+)*\((?:[^()\s]*|[^()]*[,=][^()]*)\)\s*[;,{:]?\s*$/,
  /^\s*<\/?[a-z][^>]*>/i,
  /^\s*["'][\w-]+["']\s*:/,
  /^\s+return\b[^.?!]*$/,
];
/** Language's look: five words in a row with nothing but spaces and commas between them, and no comment mark before. */
const PROSE_LINE = /^(?!\s*(?:\/\/|\/?\*|#|import\b|from\b)).*(?:\p{L}[\p{L}'’-]*,? ){4,}\p{L}/u;

/** From this share on a text is program code. */
export const CODE_SHARE = 0.5;

/** Share of a text's lines (without empty ones) that look like program code, 0 to 1. */
export const codeShare = (text: string): number => {
  const lines = text.split(/\r\n?|\n/u).filter((line) => line.trim() !== '');
  const code = lines.filter((line) => !PROSE_LINE.test(line) && CODE_LINE.some((pattern) => pattern.test(line)));
  return lines.length === 0 ? 0 : code.length / lines.length;
};
