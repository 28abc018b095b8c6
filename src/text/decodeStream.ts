// Turns a stream of bytes into text piece by piece, counting what could not be decoded.
import { UnreadableTextError, type DetectedEncoding } from './detectEncoding';

/** More undecodable places than one in this many characters, and the bytes are not text in that encoding. */
const TOLERANCE = 100;
/** Judged first when this many characters were read, then at the end. */
const JUDGED_FROM = 4096;

/**
 * Streaming decoder. A few undecodable bytes are read as U+FFFD, as an editor shows them, and counted in `replaced`;
 * more than one per hundred characters is an error. Zero characters mean the file is binary.
 */
export class StreamDecoder {
  /** Undecodable places so far, each read as U+FFFD. */
  replaced = 0;
  /** Byte offset of the first of them (exact for UTF-8, UTF-16 and one- or two-byte encodings), or −1. */
  firstReplaced = -1;
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private readonly encoding: string;
  private markLeft: number;
  private decodedBytes: number;
  private characters = 0;

  constructor(detected: DetectedEncoding) {
    this.encoding = detected.encoding;
    this.markLeft = detected.markLength;
    this.decodedBytes = detected.markLength;
    this.decoder = new TextDecoder(detected.encoding, { ignoreBOM: true });
  }

  /** @throws UnreadableTextError when the bytes are binary or mostly not of this encoding. */
  push(bytes: Uint8Array): string {
    const skipped = Math.min(this.markLeft, bytes.length);
    this.markLeft -= skipped;
    return this.check(this.decoder.decode(skipped > 0 ? bytes.subarray(skipped) : bytes, { stream: true }), false);
  }

  /** The rest; `cut` says that the bytes end by the reader's choice, so that a halved last character is dropped. */
  end(cut: boolean): string {
    return this.check(cut ? '' : this.decoder.decode(), true);
  }

  private check(text: string, last: boolean): string {
    const zero = text.indexOf('\0');
    if (zero >= 0)
      throw new UnreadableTextError('binary', this.decodedBytes + this.bytesOf(text.slice(0, zero)), this.encoding);
    for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
      if (this.replaced++ === 0) this.firstReplaced = this.decodedBytes + this.bytesOf(text.slice(0, at));
    }
    this.characters += text.length;
    if (this.replaced * TOLERANCE > this.characters && (last || this.characters >= JUDGED_FROM))
      throw new UnreadableTextError('undecodable', this.firstReplaced, this.encoding);
    if (this.replaced === 0) this.decodedBytes += this.bytesOf(text);
    return text;
  }

  private bytesOf(text: string): number {
    if (this.encoding === 'utf-8') return new TextEncoder().encode(text).length;
    if (this.encoding.startsWith('utf-16')) return text.length * 2;
    if (!/^(euc|shift|big5|gb)/.test(this.encoding)) return text.length;
    let bytes = 0;
    for (const character of text) bytes += character <= '\x7f' ? 1 : 2;
    return bytes;
  }
}
