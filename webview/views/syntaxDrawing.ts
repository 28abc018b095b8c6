// The arcs themselves as SVG: brackets over words of several columns, the root's mark, lines with labels in their gaps, arrowheads.
import { svg } from '../dom';
import { arcPath, arrowheadPath, layOutArcs, levelY, openEndPath, type ArcBox } from '../geometry/syntaxArcs';
import { wordExtents, type WordExtent } from '../geometry/syntaxWords';
import { columnX } from '../geometry/timeAxis';
import type { Picture } from '../picture';
import { agreementAt, isBelow, POINTS_TO_HEAD, type ShownSentence, type SyntaxMeasures } from '../syntaxMeasures';
import { arcText, type Sides } from '../syntaxSentences';
import { measureText } from '../textMeasure';
import { slantHeight } from './textStrip';

/** Arcs less probable than this are drawn dashed. */
export const FAINT = 0.5;
const STEP = 13;
/** Guides end so many px under the top of the columns, where their words begin. */
const GUIDE_END = 4;
/** Levels from which on labels no longer have room of their own, and levels there are at most. */
const COMFORTABLE = 9;
const MOST = 14;

/** A word of the section, by its number among all words shown. */
export interface PlacedWord {
  shown: ShownSentence;
  /** Of the sentence, from 0. */
  at: number;
  extent: WordExtent;
}

export interface SyntaxDrawing {
  height: number;
  elements: SVGElement[];
  /** From the feet over slanted words down to where each word begins, as a path that goes on `guideHeight` px under the arcs. */
  guides: string;
  guideHeight: number;
  /** By dependent's number; roots are marks. */
  marks: Map<number, SVGElement>;
  words: PlacedWord[];
  faint: number;
  /** Arcs without a written label, and such as are drawn over others: there are too many levels. */
  unlabelled: number;
  /** Arcs with a word beyond the drawn columns. */
  leaving: number;
}

export function drawSyntax(picture: Picture, { sentences, words }: SyntaxMeasures): SyntaxDrawing {
  const { axis, header, sections } = picture;
  const extents = wordExtents(words, header.tokens, axis);
  const placed = sentences.flatMap((shown) =>
    shown.sentence.words.map((_, at): PlacedWord => ({ shown, at, extent: extents[shown.offset + at] })),
  );
  const joined = placed.flatMap(({ shown, at }, dependent) => {
    const arc = shown.arcs[at];
    if (!arc || arc.head === 0) return [];
    return [{ head: shown.offset + arc.head - 1, dependent, label: arc.relation }];
  });
  const layout = layOutArcs(extents, joined, {
    left: columnX(axis, axis.first),
    right: columnX(axis, axis.first + axis.count),
    roots: new Set(placed.flatMap(({ shown, at }, word) => (shown.arcs[at]?.head === 0 ? [word] : []))),
    ...{ comfortable: COMFORTABLE, most: MOST, labelWidth: measureText },
  });
  const bracketed = placed.filter(
    ({ extent, shown }) => extent.side === 0 && !extent.isColumn && shown.arcs.length > 0,
  );
  const below = isBelow(picture);
  const inset = bracketed.length > 0 ? 6 : 2;
  const height = inset + STEP + 1 + Math.max(0, layout.levels - 1) * STEP + 9;
  const foot = below ? inset : height - inset;
  const box: ArcBox = { foot, side: below ? 1 : -1, first: STEP + 1, step: STEP };
  const pointsAt = sections[POINTS_TO_HEAD] === true ? 'head' : 'dependent';
  const marks = new Map<number, SVGElement>();
  const lines: SVGElement[] = [];
  const labels: SVGElement[] = [];
  for (const arc of layout.arcs) {
    const group = svg('g', { class: arcClass(placed[arc.dependent]), 'data-dependent': arc.dependent });
    const d = arcPath(arc, box);
    group.append(
      svg('title', {}, placedText(placed, arc.dependent)),
      svg('path', { class: 'syntax-reach', d }),
      svg('path', { class: 'syntax-line-path', d }),
      svg('path', { class: 'syntax-head', d: arrowheadPath(arc, box, pointsAt) }),
      ...(arc.hidden === 'none' ? [] : [svg('path', { class: 'syntax-edge', d: openEndPath(arc, box) })]),
    );
    marks.set(arc.dependent, group);
    lines.push(group);
    if (arc.labelX === null) continue;
    const text = {
      class: 'syntax-label halo',
      x: arc.labelX.toFixed(1),
      y: levelY(box, arc.level) + (below || !arc.raised ? 4 : 3),
    };
    // A label goes with its arc, but stands over all lines.
    labels.push(svg('text', { ...text, 'data-dependent': arc.dependent }, arc.label));
  }
  placed.forEach(({ shown, at, extent }, word) => {
    if (shown.arcs[at]?.head !== 0 || extent.side !== 0) return;
    const x = layout.roots.get(word) ?? extent.middle;
    const mark = svg(
      'path',
      { class: 'syntax-root', 'data-dependent': word, d: `M${x},${foot - (below ? 0 : 8)}l4,4l-4,4l-4,-4Z` },
      svg('title', {}, placedText(placed, word)),
    );
    marks.set(word, mark);
    lines.push(mark);
  });
  const edge = below ? 0 : height;
  const bracketPath = bracketed.map(({ extent: { left, right } }) => {
    const to = below ? 3 : -3;
    return `M${(left + 1).toFixed(1)},${edge}v${to}H${(right - 1).toFixed(1)}v${-to}`;
  });
  const guideHeight = below ? 0 : slantHeight(axis);
  const guided = placed.filter(({ extent, shown }) => guideHeight > 0 && extent.side === 0 && shown.arcs.length > 0);
  return {
    ...{ height, guideHeight },
    elements: [svg('path', { class: 'syntax-bracket', d: bracketPath.join('') }), ...lines, ...labels],
    guides: guided.map(({ extent }) => `M${extent.middle.toFixed(1)},${height}v${guideHeight + GUIDE_END}`).join(''),
    ...{ marks, words: placed },
    faint: layout.arcs.filter(({ dependent }) => isFaint(placed[dependent])).length,
    unlabelled: layout.arcs.filter(({ labelX }) => labelX === null).length,
    leaving: layout.arcs.filter(({ hidden }) => hidden !== 'none').length,
  };
}

/** What is said of the arc to a word (by its number among all shown), and which of its two words are not drawn. */
export function placedText(words: readonly PlacedWord[], word: number): string {
  const { shown, at, extent } = words[word];
  const head = shown.arcs[at].head;
  const sides: Sides = { word: extent.side, head: head === 0 ? 0 : words[shown.offset + head - 1].extent.side };
  return arcText(shown, at, sides);
}

const isFaint = ({ shown, at }: PlacedWord): boolean => (shown.arcs[at].marginal ?? 1) < FAINT;

function arcClass(word: PlacedWord): string {
  const stands = agreementAt(word.shown, word.at)?.stands === true;
  return [
    'syntax-arc',
    ...(isFaint(word) ? ['faint'] : []),
    ...(stands ? ['follows'] : []),
    ...(word.shown.differs.includes(word.at) ? ['differs'] : []),
  ].join(' ');
}
