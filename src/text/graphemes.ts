// Splits streamed text into grapheme clusters, what a reader calls characters, as Unicode's UAX #29 defines them.
import type { Tokenizer, TokenVisitor } from './tokenize';

/** A cluster longer than this many UTF-16 units (stacked combining marks without end) is cut into pieces. */
const LONGEST_CLUSTER = 128;

/** UTF-16 units that always end a cluster before another unit of this table: no mark, joiner, jamo or surrogate. */
const SIMPLE = new Uint8Array(0x10000);
for (const [from, to] of [
  [0x0000, 0x02ff], // ASCII, Latin
  [0x0370, 0x0482], // Greek, Cyrillic before its combining marks
  [0x048a, 0x0590], // Cyrillic, Armenian
  [0x2010, 0x2027], // dashes, quotation marks
  [0x2030, 0x205e],
  [0x3000, 0x3029], // ideographic punctuation before its marks
  [0x3030, 0x3096], // Hiragana
  [0x309b, 0x30ff], // Katakana
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff], // ideographs
  [0xac00, 0xd7a3], // Hangul syllables
  [0xff01, 0xff60], // full-width forms
])
  SIMPLE.fill(1, from, to + 1);

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const isControl = (unit: number) => unit < 0x20;
const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;
const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Offsets at which the clusters of a text begin. Line ends need no care here: CRLF is kept together by Unicode too. */
export function clusterStarts(text: string): number[] {
  const starts: number[] = [];
  for (const { index } of segmenter.segment(text)) starts.push(index);
  return starts;
}

/**
 * Character tokenizer. Neighbours that cannot join are split by a table look-up; Intl.Segmenter sees only stretches with
 * marks, joiners, jamo or surrogates, together with the simple unit on either side. What could still grow with the next
 * piece of text (the last cluster) is held back, so the tokens do not depend on where the text was cut.
 */
export class CharacterTokenizer implements Tokenizer {
  private held = '';
  private heldStart = 0;

  push(text: string, visit: TokenVisitor): void {
    this.scan(this.held + text, visit, false);
  }

  end(visit: TokenVisitor): void {
    this.scan(this.held, visit, true);
  }

  private scan(buffer: string, visit: TokenVisitor, last: boolean): void {
    const base = this.heldStart;
    const n = buffer.length;
    let i = 0;
    while (i < n) {
      const unit = buffer.charCodeAt(i);
      if (SIMPLE[unit] === 1) {
        const next = i + 1 < n ? buffer.charCodeAt(i + 1) : -1;
        if (unit === CARRIAGE_RETURN && next === LINE_FEED) {
          visit('\n', base + i, base + i + 2);
          i += 2;
          continue;
        }
        const complete = next < 0 ? last || unit === LINE_FEED : SIMPLE[next] === 1 || isControl(unit);
        if (complete) {
          visit(unit === CARRIAGE_RETURN ? '\n' : buffer[i], base + i, base + i + 1);
          i++;
          continue;
        }
        if (next < 0) break;
      }
      const end = stretchEnd(buffer, i);
      const whole = end < n || last;
      const kept = this.visitStretch(buffer, i, end, base, visit, whole);
      i = kept;
      if (!whole) break;
    }
    this.held = buffer.slice(i);
    this.heldStart = base + i;
  }

  /** Visits the clusters in [start, end) but, unless `whole`, the last one; returns where it stopped. */
  private visitStretch(
    buffer: string,
    start: number,
    end: number,
    base: number,
    visit: TokenVisitor,
    whole: boolean,
  ): number {
    const safeEnd = !whole && isHighSurrogate(buffer.charCodeAt(end - 1)) ? end - 1 : end;
    const stretch = buffer.slice(start, safeEnd);
    const starts = clusterStarts(stretch);
    for (let k = 0; k < starts.length; k++) {
      const isLast = k + 1 === starts.length;
      const to = isLast ? stretch.length : starts[k + 1];
      const stop = visitCluster(stretch, starts[k], to, base + start, visit, !isLast || whole);
      if (isLast && !whole) return start + stop;
    }
    return safeEnd;
  }
}

/** End of the stretch that begins at `start` and must be segmented as one: up to a boundary between simple units. */
function stretchEnd(buffer: string, start: number): number {
  const n = buffer.length;
  let j = start + (SIMPLE[buffer.charCodeAt(start)] === 1 ? 1 : 0);
  for (;;) {
    while (j < n && SIMPLE[buffer.charCodeAt(j)] === 0) j++;
    if (j === n || isControl(buffer.charCodeAt(j))) return j;
    if (j + 1 === n || SIMPLE[buffer.charCodeAt(j + 1)] === 1) return j + 1;
    j++;
  }
}

/** Visits one cluster, in pieces when it is too long; an incomplete cluster only its full pieces. Returns where it stopped. */
export function visitCluster(
  text: string,
  from: number,
  to: number,
  base: number,
  visit: TokenVisitor,
  complete: boolean,
): number {
  let at = from;
  while (to - at > LONGEST_CLUSTER) {
    const cut = at + LONGEST_CLUSTER - (isLowSurrogate(text.charCodeAt(at + LONGEST_CLUSTER)) ? 1 : 0);
    visit(text.slice(at, cut), base + at, base + cut);
    at = cut;
  }
  if (!complete) return at;
  visit(text.slice(at, to), base + at, base + to);
  return to;
}
