// The arcs themselves as SVG: brackets over words of several columns, the root's mark, lines with labels in their gaps, arrowheads.
import { svg } from '../dom';
import { arcPath, arrowheadPath, layOutArcs, levelY, type ArcBox, type DrawnArc } from '../geometry/syntaxArcs';
import { wordExtents, type WordExtent } from '../geometry/syntaxWords';
import { columnX } from '../geometry/timeAxis';
import type { Picture } from '../picture';
import { agreementAt, POINTS_TO_HEAD, type ShownSentence, type SyntaxMeasures } from '../syntaxMeasures';
import { arcText } from '../syntaxSentences';
import { measureText } from '../textMeasure';

/** Arcs less probable than this are drawn dashed. */
export const FAINT = 0.5;
const STEP = 13;
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
  /** By dependent's number; roots are marks. */
  marks: Map<number, SVGElement>;
  words: PlacedWord[];
  faint: number;
  /** Arcs without a written label, and such as are drawn over others: there are too many levels. */
  unlabelled: number;
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
  const top = bracketed.length > 0 ? 6 : 2;
  const box: ArcBox = { top, first: top + STEP + 1, step: STEP };
  const pointsAt = sections[POINTS_TO_HEAD] === true ? 'head' : 'dependent';
  const marks = new Map<number, SVGElement>();
  const lines: SVGElement[] = [];
  const labels: SVGElement[] = [];
  for (const arc of layout.arcs) {
    const group = svg('g', { class: arcClass(placed[arc.dependent]), 'data-dependent': arc.dependent });
    const d = arcPath(arc, box);
    group.append(
      svg('title', {}, arcText(placed[arc.dependent].shown, placed[arc.dependent].at)),
      svg('path', { class: 'syntax-reach', d }),
      svg('path', { class: 'syntax-line-path', d }),
      svg('path', { class: 'syntax-head', d: arrowheadPath(arc, box, pointsAt) }),
      ...openEnds(arc, box),
    );
    marks.set(arc.dependent, group);
    lines.push(group);
    if (arc.labelX === null) continue;
    const text = { class: 'syntax-label halo', x: arc.labelX.toFixed(1), y: levelY(box, arc.level) + 4 };
    // A label goes with its arc, but stands over all lines.
    labels.push(svg('text', { ...text, 'data-dependent': arc.dependent }, arc.label));
  }
  placed.forEach(({ shown, at, extent }, word) => {
    if (shown.arcs[at]?.head !== 0 || extent.side !== 0) return;
    const x = layout.roots.get(word) ?? extent.middle;
    const mark = svg(
      'path',
      { class: 'syntax-root', 'data-dependent': word, d: `M${x},${top}l4,4l-4,4l-4,-4Z` },
      svg('title', {}, arcText(shown, at)),
    );
    marks.set(word, mark);
    lines.push(mark);
  });
  return {
    height: box.first + Math.max(0, layout.levels - 1) * STEP + 9,
    elements: [svg('path', { class: 'syntax-bracket', d: bracketed.map(bracket).join('') }), ...lines, ...labels],
    ...{ marks, words: placed },
    faint: layout.arcs.filter(({ dependent }) => isFaint(placed[dependent])).length,
    unlabelled: layout.arcs.filter(({ labelX }) => labelX === null).length,
  };
}

function bracket({ extent: { left, right } }: PlacedWord): string {
  return `M${(left + 1).toFixed(1)},0v3H${(right - 1).toFixed(1)}v-3`;
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

/** A ring where an arc leaves the drawn columns without an arrowhead there. */
function openEnds(arc: DrawnArc, box: ArcBox): SVGElement[] {
  const y = levelY(box, arc.level);
  const ends = [
    ...(arc.hidden === 'head' || arc.hidden === 'both' ? [arc.headX] : []),
    ...(arc.hidden === 'dependent' || arc.hidden === 'both' ? [arc.dependentX] : []),
  ];
  return ends.map((x) => svg('path', { class: 'syntax-edge', d: `M${x},${y - 5}v10` }));
}
