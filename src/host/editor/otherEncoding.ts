// Whether the editor decodes a file otherwise than the trainer did: the same bytes are then two different texts.

/** Names of one encoding as the editor, the WHATWG standard and others give it; superset and subset count as one. */
const ALIASES: Record<string, string[]> = {
  'UTF-8': ['utf8', 'utf8bom', 'ascii', 'usascii'],
  'UTF-16 LE': ['utf16le', 'utf16'],
  'UTF-16 BE': ['utf16be'],
  'EUC-KR': ['euckr', 'cp949', 'windows949', 'uhc', 'ksc56011987'],
  Shift_JIS: ['shiftjis', 'sjis', 'cp932', 'windows31j'],
  'GB 18030': ['gb18030', 'gbk', 'gb2312', 'cp936'],
  Big5: ['big5', 'big5hkscs', 'cp950'],
  'Windows 1252': ['windows1252', 'iso88591', 'latin1'],
};
/** Encodings that write plain ASCII alike. */
const SAME_IN_ASCII = /^(?!UTF-16)/;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The encoding as a person reads it. */
export function encodingTitle(name: string): string {
  return Object.keys(ALIASES).find((title) => ALIASES[title].includes(plain(name))) ?? name;
}

export interface OtherEncoding {
  editor: string;
  trained: string;
}

/** The two encodings where they make a difference; `isAscii` is asked only when their names differ. */
export function otherEncoding(editor: string, trained: string, isAscii: () => boolean): OtherEncoding | null {
  const [a, b] = [encodingTitle(editor), encodingTitle(trained)];
  if (plain(a) === plain(b)) return null;
  return SAME_IN_ASCII.test(a) && SAME_IN_ASCII.test(b) && isAscii() ? null : { editor: a, trained: b };
}
