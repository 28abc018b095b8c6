// The spelling under which a word is looked up: variants that mean the same to syntax are made one.

const URL =
  /^(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+$|^[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|edu|gov|info|html?|kr)(?:\/\S*)?$/iu;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
const FULL_WIDTH = /[\uff01-\uff5e]/gu;
const PLAIN_ASCII = /^[A-Za-z]+$/;

/**
 * The normal form of a word: NFC; full-width forms as ASCII; every digit 0; one spelling of quotation marks, dashes and
 * ellipses; runs of one mark cut to three; addresses as <url> and <mail>. Case stays.
 */
export const normalForm = (form: string): string => {
  if (PLAIN_ASCII.test(form)) return form;
  const text = form.normalize('NFC').replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
  if (text.includes('@') && MAIL.test(text)) return '<mail>';
  if (text.includes('.') && URL.test(text)) return '<url>';
  return text
    .replace(/\p{Nd}/gu, '0')
    .replace(/[“”„‟«»″『』]|``|''/gu, '"')
    .replace(/[‘’‚‛′`´「」]/gu, "'")
    .replace(/[—―]/gu, '--')
    .replace(/[‐‑‒–−]/gu, '-')
    .replace(/…/gu, '...')
    .replace(/([^\p{L}\p{N}\s])\1{3,}/gu, '$1$1$1');
};
