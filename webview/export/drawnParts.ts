// What a part of the page looks like, as SVG: drawings stay vectors, canvases become images, words of the page become texts in their places.
import { svg } from '../dom';
import { copyWithStyles } from './inlineStyles';
import { plainColour } from './plainColour';
import { plainFonts } from './plainFonts';

/** Controls and what only a screen reader is told are no part of a figure. */
const NOT_DRAWN =
  'button, input, select, label, details, .table-holder, [role="menu"], .figure-menu, .visually-hidden, .slider-row';
/** Device pixels that one CSS pixel of a heatmap gets, so that readers which smooth images still show sharp cells. */
const SHARPNESS = 2;

/** Place of the part's own top left corner: (x, y) of the drawing. */
export function drawPart(part: Element, x: number, y: number): SVGGElement {
  const box = part.getBoundingClientRect();
  const group = svg('g');
  walk(part, group, { x: x - box.left, y: y - box.top });
  return group;
}

interface Shift {
  x: number;
  y: number;
}

function walk(element: Element, group: SVGGElement, shift: Shift): void {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.matches(NOT_DRAWN)) return;
  if (element instanceof SVGSVGElement) return void group.append(...drawing(element, shift));
  if (element instanceof HTMLCanvasElement) return void group.append(...image(element, shift));
  if (element.classList.contains('hatch')) return void group.append(...hatch(element, shift));
  group.append(...ground(element, style, shift));
  for (const child of element.childNodes) {
    if (child instanceof Element) walk(child, group, shift);
    else if (child instanceof Text) group.append(...texts(child, style, shift));
  }
}

/** A bar or a swatch made of a coloured box; the page's own colour needs none. */
function ground(element: Element, style: CSSStyleDeclaration, shift: Shift): SVGElement[] {
  const colour = plainColour(style.backgroundColor);
  const page = plainColour(getComputedStyle(document.body).backgroundColor);
  if (!colour || colour.opacity === 0 || colour.hex === page?.hex) return [];
  const { left, top, width, height } = element.getBoundingClientRect();
  const place = { x: left + shift.x, y: top + shift.y, width, height };
  const opacity = colour.opacity * Number(style.opacity);
  return [svg('rect', { ...place, fill: colour.hex, 'fill-opacity': opacity < 1 ? opacity : null })];
}

function drawing(element: SVGSVGElement, shift: Shift): SVGElement[] {
  const copy = copyWithStyles(element);
  if (copy === null) return [];
  const { left, top, width, height } = element.getBoundingClientRect();
  const place = { x: left + shift.x, y: top + shift.y, width, height, overflow: 'visible' };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  return [copy];
}

/** The canvas scaled up by whole numbers, cell by cell. */
function image(canvas: HTMLCanvasElement, shift: Shift): SVGElement[] {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (canvas.width === 0 || canvas.height === 0) return [];
  const times = (shown: number, cells: number): number => Math.max(1, Math.ceil((shown * SHARPNESS) / cells));
  const sharp = document.createElement('canvas');
  sharp.width = canvas.width * times(width, canvas.width);
  sharp.height = canvas.height * times(height, canvas.height);
  const context = sharp.getContext('2d');
  if (!context) return [];
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, 0, 0, sharp.width, sharp.height);
  const place = { x: left + shift.x, y: top + shift.y, width, height };
  return [
    svg('image', {
      ...place,
      href: sharp.toDataURL('image/png'),
      preserveAspectRatio: 'none',
      'image-rendering': 'pixelated',
    }),
  ];
}

/** Stale columns: strips of the ground over the picture. */
function hatch(element: Element, shift: Shift): SVGElement[] {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const ground = plainColour(getComputedStyle(document.body).backgroundColor)?.hex ?? 'none';
  const height = bottom - top;
  const strips: string[] = [];
  for (let x = left - height; x < right; x += 8 * Math.SQRT2) {
    // From the strip's foot at (x, bottom) up to the right; cut where it leaves the box.
    const [from, to] = [Math.max(0, left - x), Math.min(height, right - x)];
    if (to > from)
      strips.push(`M${x + from + shift.x},${bottom - from + shift.y}L${x + to + shift.x},${bottom - to + shift.y}`);
  }
  return [svg('path', { d: strips.join(''), fill: 'none', stroke: ground, 'stroke-width': 4, 'stroke-opacity': 0.75 })];
}

/** The lines of a text as the page has broken them. */
function texts(node: Text, style: CSSStyleDeclaration, shift: Shift): SVGElement[] {
  const lines: { text: string; left: number; top: number; height: number }[] = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of node.data) {
    range.setStart(node, offset);
    range.setEnd(node, (offset += character.length));
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.text += character;
    else if (box.width > 0 && character.trim() !== '')
      lines.push({ text: character, left: box.left, top: box.top, height: box.height });
  }
  const measure = document.createElement('canvas').getContext('2d');
  if (measure) measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const colour = plainColour(style.color);
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, left, top, height }) => {
      const { fontBoundingBoxAscent: up = 0.8 * height, fontBoundingBoxDescent: down = 0.2 * height } =
        measure?.measureText(text) ?? {};
      return svg(
        'text',
        {
          x: left + shift.x,
          y: (top + (height - up - down) / 2 + up + shift.y).toFixed(2),
          fill: colour?.hex ?? 'none',
          'fill-opacity': colour && colour.opacity < 1 ? colour.opacity : null,
          'font-family': plainFonts(style.fontFamily),
          'font-size': style.fontSize,
          'font-weight': style.fontWeight === '400' ? null : style.fontWeight,
        },
        text.replace(/\s+/g, ' ').trim(),
      );
    });
}
