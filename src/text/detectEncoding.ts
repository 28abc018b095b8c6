// Decides in which encoding a text is written, from its first bytes, and refuses what is not text at all.
import { analyse } from 'chardet';

/** Why bytes could not be read as text; `offset` is that of the offending byte in the file. */
export class UnreadableTextError extends Error {
  constructor(
    readonly reason: 'binary' | 'undecodable',
    readonly offset: number,
    readonly encoding: string,
  ) {
    super(`${reason} at byte ${offset} (${encoding})`);
    this.name = 'UnreadableTextError';
  }
}

export interface DetectedEncoding {
  /** Label of the WHATWG Encoding Standard, understood by TextDecoder. */
  encoding: string;
  /** Bytes of the byte-order mark to skip. */
  markLength: number;
  /** false: only guessed from the sample (no mark, and bytes beyond ASCII were not seen as UTF-8). */
  certain: boolean;
}

const MARKS: { encoding: string; bytes: number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];
const MINIMUM_CONFIDENCE = 10;

/**
 * The encoding of a text from a sample of its beginning (64 KB is plenty): byte-order mark, strict UTF-8, UTF-16 without
 * a mark (zero bytes on one parity only), Korean EUC-KR, then chardet's ranking. `ofWholeFile` says whether the sample
 * is everything, so that a character cut at its end is forgiven only where it was cut.
 * @throws UnreadableTextError 'binary' when zero bytes or many control characters show that this is no text.
 */
export function detectEncoding(sample: Uint8Array, ofWholeFile: boolean): DetectedEncoding {
  for (const { encoding, bytes } of MARKS)
    if (bytes.every((byte, i) => sample[i] === byte)) return { encoding, markLength: bytes.length, certain: true };
  const zero = sample.indexOf(0);
  if (zero >= 0) {
    const encoding = utf16WithoutMark(sample, ofWholeFile);
    if (encoding === null) throw new UnreadableTextError('binary', zero, 'unknown');
    return { encoding, markLength: 0, certain: true };
  }
  refuseControlCharacters(sample);
  if (strictText(sample, 'utf-8', ofWholeFile) !== null)
    return { encoding: 'utf-8', markLength: 0, certain: sample.some((byte) => byte >= 0x80) };
  return { encoding: legacyEncoding(sample, ofWholeFile), markLength: 0, certain: false };
}

function strictText(sample: Uint8Array, encoding: string, ofWholeFile: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: !ofWholeFile });
  } catch {
    return null;
  }
}

/** Text in UTF-16 has nearly all its zero bytes (of spaces, digits, line ends …) on the same side of each pair. */
function utf16WithoutMark(sample: Uint8Array, ofWholeFile: boolean): string | null {
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]++;
  const [even, odd] = zeros;
  const encoding = even >= 3 * odd ? 'utf-16be' : odd >= 3 * even ? 'utf-16le' : null;
  if (encoding === null || (ofWholeFile && sample.length % 2 === 1)) return null;
  const text = strictText(sample, encoding, ofWholeFile);
  if (text === null) return null;
  const strange = text.match(/[\p{Cn}\p{Co}\0-\x08\x0e-\x1a]/gu)?.length ?? 0;
  return strange * 50 <= text.length ? encoding : null;
}

/** Compressed or compiled data without zero bytes still has many C0 controls, which text does not. */
function refuseControlCharacters(sample: Uint8Array): void {
  let count = 0;
  let first = -1;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i];
    const isControl = byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b;
    if (!isControl) continue;
    if (first < 0) first = i;
    count++;
  }
  if (count * 50 > sample.length) throw new UnreadableTextError('binary', first, 'unknown');
}

function legacyEncoding(sample: Uint8Array, ofWholeFile: boolean): string {
  const korean = strictText(sample, 'euc-kr', ofWholeFile);
  if (korean !== null && isMostlyHangul(korean)) return 'euc-kr';
  if (isBrokenUtf8(sample)) return 'utf-8';
  for (const { name, confidence } of analyse(sample)) {
    const label = name.toLowerCase();
    if (confidence < MINIMUM_CONFIDENCE || label === 'utf-8') continue;
    const text = strictText(sample, label, ofWholeFile);
    // C1 controls stand where a one-byte encoding has no character: it was another one.
    if (text !== null && !/[\x80-\x9f]/.test(text)) return new TextDecoder(label).encoding;
  }
  return 'windows-1252';
}

/** UTF-8 with a few bytes spoilt: nearly all of what is beyond ASCII is well formed. */
function isBrokenUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const wellFormed = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return wellFormed > 9 * broken;
}

/** chardet takes short EUC-KR texts for EUC-JP or KOI8-R; only Korean decodes to Hangul nearly everywhere. */
function isMostlyHangul(text: string): boolean {
  const beyondAscii = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  const hangul = text.match(/[\uac00-\ud7a3]/g)?.length ?? 0;
  return hangul >= 2 && hangul >= 0.9 * beyondAscii;
}
