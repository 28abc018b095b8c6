// Pieces of text that are one word whatever surrounds them: addresses, emoji, smileys, numbers, rows of marks.

/** File name endings and top-level domains after which a full stop inside a word is part of it. */
export const NAME_ENDING =
  '(?:com|org|net|edu|gov|mil|info|biz|co|io|us|uk|ca|de|kr|nz|au|html?|php|asp|docx?|xlsx?|pdf|txt|zip|exe|jpe?g|png|gif|csv|json|py|js|ts|url|md)';

// Lengths are bounded so that no text takes more than linear time.
const URL = '(?:(?:https?|ftp|file)://|mailto:|www\\.)[^\\s<>"“”]*[^\\s<>"“”.,;:!?)\\]}\'’]';
const MAIL = '[\\p{L}\\p{N}][\\p{L}\\p{N}._%+-]{0,63}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){0,8}';
const DOMAIN = `[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,62}(?:\\.[\\p{L}\\p{N}_-]{1,63}){0,8}\\.${NAME_ENDING}(?:/[^\\s<>"“”]*[^\\s<>"“”.,;:!?)\\]}'’])?(?![\\p{L}\\p{N}])`;
const HANDLE = '[@#][\\p{L}_][\\p{L}\\p{N}_]+';
const SMILEY = "(?<![\\p{L}\\p{N}])(?:[:;=8][-o^']?[)(\\]\\[DPp|/\\\\*]+|\\(:|<3|\\^_?\\^|-_-|xD|XD)(?![\\p{L}\\p{N}])";
const LANGUAGE_NAME = '[CF](?:\\+\\+|#)(?![\\p{L}\\p{N}])';
const PICTOGRAPH = '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|\\ufe0f|[\\u{e0020}-\\u{e007f}])*';
const EMOJI = `${PICTOGRAPH}(?:\\u200d${PICTOGRAPH})*|\\p{Regional_Indicator}{2}|[\\d#*]\\ufe0f?\\u20e3`;
const ROW = "\\.{2,}|…+|[!?]{2,}|[.!?]+[!?]+|--+|([*=_~+#])\\1+|<<+|>>+|''|``|‘’|->|=>|<-";

/** What is one word wherever it stands, tried in this order (flags u and y). */
export const WHOLE_PIECES = [URL, MAIL, DOMAIN, LANGUAGE_NAME, SMILEY, EMOJI, ROW].map(
  (source) => new RegExp(source, 'uy'),
);
/** A name or topic of a network, as @name or #topic. */
export const TAGGED = new RegExp(HANDLE, 'uy');
