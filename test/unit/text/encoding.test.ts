// Encodings: what bytes a text is read from, and what is refused as binary or undecodable.
import assert from 'node:assert/strict';
import { StreamDecoder } from '../../../src/text/decodeStream';
import { detectEncoding, UnreadableTextError } from '../../../src/text/detectEncoding';
import { seeded } from './mixedText';

const KOREAN = '나는 학교에 갔다. 그리고 밥을 먹었다.\n오늘은 날씨가 좋다.\n';

/** EUC-KR bytes by inverting the runtime's own decoder over all two-byte codes. */
function encodeEucKr(text: string): Uint8Array {
  const codes = new Map<string, number[]>();
  const decoder = new TextDecoder('euc-kr');
  for (let lead = 0xa1; lead <= 0xfe; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Uint8Array.from([...text].flatMap((c) => (c <= '\x7f' ? [c.charCodeAt(0)] : (codes.get(c) ?? []))));
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let k = 0; k < text.length; k++) view.setUint16(2 * k, text.charCodeAt(k), littleEndian);
  return new Uint8Array(view.buffer);
}

const withMark = (mark: number[], bytes: Uint8Array) => Uint8Array.from([...mark, ...bytes]);

/** Detects and decodes in pieces of random length. */
function read(bytes: Uint8Array, seed = 1): { text: string; encoding: string; decoder: StreamDecoder } {
  const detected = detectEncoding(bytes, true);
  const decoder = new StreamDecoder(detected);
  const random = seeded(seed);
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = 1 + random(7);
    text += decoder.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { text: text + decoder.end(false), encoding: detected.encoding, decoder };
}

describe('encoding detection and decoding', () => {
  const utf8 = new TextEncoder();
  const samples: [string, Uint8Array, string][] = [
    ['UTF-8', utf8.encode(KOREAN), 'utf-8'],
    ['UTF-8 with a mark', withMark([0xef, 0xbb, 0xbf], utf8.encode(KOREAN)), 'utf-8'],
    ['UTF-16 LE with a mark', withMark([0xff, 0xfe], utf16(KOREAN, true)), 'utf-16le'],
    ['UTF-16 BE with a mark', withMark([0xfe, 0xff], utf16(KOREAN, false)), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16(KOREAN, true), 'utf-16le'],
    ['UTF-16 BE without a mark', utf16(KOREAN, false), 'utf-16be'],
    ['EUC-KR', encodeEucKr(KOREAN), 'euc-kr'],
    ['a short EUC-KR text', encodeEucKr('안녕하세요 세계'), 'euc-kr'],
  ];
  for (const [name, bytes, encoding] of samples)
    it(`reads ${name}, cut into pieces anywhere`, () => {
      const expected = new TextDecoder(encoding).decode(bytes);
      for (const seed of [1, 2, 3]) {
        const result = read(bytes, seed);
        assert.equal(result.encoding, encoding);
        assert.equal(result.text, expected);
        assert.equal(result.decoder.replaced, 0);
      }
    });

  it('reads Shift_JIS and windows-1252', () => {
    const sjis = Uint8Array.of(
      0x93,
      0xfa,
      0x96,
      0x7b,
      0x8c,
      0xea,
      0x82,
      0xcc,
      0x95,
      0xb6,
      0x8f,
      0xcd,
      0x82,
      0xc5,
      0x82,
      0xb7,
    );
    assert.equal(read(sjis).text, '日本語の文章です');
    const latin = "Voilà: naïve café, déjà vu à l'école";
    assert.equal(read(Uint8Array.from([...latin], (c) => c.charCodeAt(0))).text, latin);
  });

  it('refuses binary data and says where it is binary', () => {
    const image = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
    assert.throws(
      () => detectEncoding(image, true),
      (error) => error instanceof UnreadableTextError && error.reason === 'binary' && error.offset === 8,
    );
  });

  it('refuses a zero byte further on in a text', () => {
    const decoder = new StreamDecoder({ encoding: 'utf-8', markLength: 3, certain: true });
    decoder.push(withMark([0xef, 0xbb, 0xbf], utf8.encode('한글 ')));
    assert.throws(
      () => decoder.push(utf8.encode('abc\0')),
      (error) => error instanceof UnreadableTextError && error.reason === 'binary' && error.offset === 13,
    );
  });

  it('forgives single broken bytes and counts them, with the first one’s place', () => {
    const bytes = utf8.encode('가나다라'.repeat(100));
    bytes[300] = 0xff;
    const { decoder, encoding } = read(bytes);
    assert.equal(encoding, 'utf-8');
    assert.ok(decoder.replaced >= 1 && decoder.replaced <= 3);
    assert.equal(decoder.firstReplaced, 300);
  });

  it('gives up when most bytes do not belong to the encoding', () => {
    const decoder = new StreamDecoder({ encoding: 'utf-8', markLength: 0, certain: true });
    decoder.push(utf8.encode('plain '));
    decoder.push(new Uint8Array(100).fill(0xb0));
    assert.throws(
      () => decoder.end(false),
      (error) => error instanceof UnreadableTextError && error.reason === 'undecodable' && error.offset === 6,
    );
  });

  it('drops a character halved by the reader’s own limit', () => {
    const decoder = new StreamDecoder({ encoding: 'utf-8', markLength: 0, certain: true });
    assert.equal(decoder.push(utf8.encode('가나').subarray(0, 4)) + decoder.end(true), '가');
    assert.equal(decoder.replaced, 0);
  });
});
