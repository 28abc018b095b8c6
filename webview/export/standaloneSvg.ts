// A whole figure as one SVG file that needs nothing else: title, the parts of the page one under the other, and the caption, on the theme's ground.
import { svg } from '../dom';
import { drawPart } from './drawnParts';
import { plainColour } from './plainColour';
import { MATH_FONT_FACE, plainFonts } from './plainFonts';

export interface FigureFile {
  markup: string;
  /** CSS px. */
  width: number;
  height: number;
}

const MARGIN = 16;
const TITLE_HEIGHT = 24;
const GAP = 6;
const LINE = 16;
const LEAST_WIDTH = 420;
/** Characters that XML cannot hold. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `parts` are on the page; those that are not shown take no room. `caption` is a list of sentences, each begins a line. */
export function standaloneSvg(title: string, caption: readonly string[], parts: readonly Element[]): FigureFile {
  const shown = parts.filter((part) => part.getClientRects().length > 0);
  const boxes = shown.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const inner = Math.max(LEAST_WIDTH, ...boxes.map((box) => box.right - left));
  const style = getComputedStyle(document.body);
  const ink = plainColour(style.color)?.hex ?? '#000000';
  const font = plainFonts(style.fontFamily);
  const words = (text: string, y: number, size: number, weight: string | null): SVGElement =>
    svg('text', { x: MARGIN, y, fill: ink, 'font-family': font, 'font-size': size, 'font-weight': weight }, text);

  let y = MARGIN + TITLE_HEIGHT;
  const drawn = shown.map((part, k) => {
    const group = drawPart(part, MARGIN + boxes[k].left - left, y);
    y += boxes[k].height + GAP;
    return group;
  });
  y += LINE - GAP;
  const lines = caption.filter((text) => text !== '').flatMap((text) => wrapped(text, inner, style.fontFamily));
  const said = lines.map((text, k) => words(text, y + k * LINE, 12, null));
  const [width, height] = [Math.ceil(inner + 2 * MARGIN), Math.ceil(y + (lines.length - 1) * LINE + MARGIN)];
  const root = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': 'figure-title figure-caption' },
    svg('title', { id: 'figure-title' }, title),
    svg('desc', { id: 'figure-caption' }, caption.join(' ')),
    svg('style', {}, MATH_FONT_FACE),
    svg('rect', { width, height, fill: plainColour(style.backgroundColor)?.hex ?? '#ffffff' }),
    words(title, MARGIN + 12, 14, '600'),
    ...drawn,
    ...said,
  );
  const markup = new XMLSerializer().serializeToString(root).replace(NOT_XML, '\ufffd');
  return { markup: `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`, width, height };
}

/** Lines of 12 px text that fit `room`; a word that is wider stands alone. */
function wrapped(text: string, room: number, family: string): string[] {
  const measure = document.createElement('canvas').getContext('2d');
  if (measure) measure.font = `12px ${family}`;
  const fits = (line: string): boolean => (measure?.measureText(line).width ?? line.length * 7) <= room;
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
