// A copy of an SVG drawing that needs no style sheet: every computed style stands as an attribute on its shape.
import { plainColour } from './plainColour';
import { plainFonts } from './plainFonts';

const SHAPES = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']);
const TEXTS = new Set(['text', 'tspan']);
/** Written when they differ from what a reader assumes. */
const STROKE_STYLES: [name: string, initial: string][] = [
  ['stroke-width', '1px'],
  ['stroke-dasharray', 'none'],
  ['stroke-linejoin', 'miter'],
  ['stroke-linecap', 'butt'],
];
const TEXT_STYLES: [name: string, initial: string][] = [
  ['font-size', ''],
  ['font-weight', '400'],
  ['font-style', 'normal'],
  ['text-anchor', 'start'],
  ['dominant-baseline', 'auto'],
];
/** Read by the page only. */
const OF_THE_PAGE = /^(class|style|role|tabindex|data-.*|aria-.*|on.*)$/;

/** A deep copy of `source`, which is on the page, with its styles as attributes; what is not shown is left out. */
export function copyWithStyles(source: SVGElement): SVGElement | null {
  const style = getComputedStyle(source);
  if (style.display === 'none') return null;
  const copy = source.cloneNode(false) as SVGElement;
  for (const { name } of [...copy.attributes]) if (OF_THE_PAGE.test(name)) copy.removeAttribute(name);
  const tag = source.localName;
  if (SHAPES.has(tag) || TEXTS.has(tag)) paint(copy, style, TEXTS.has(tag));
  if (style.opacity !== '1') copy.setAttribute('opacity', style.opacity);
  for (const child of source.childNodes) {
    const kept = child instanceof SVGElement ? copyWithStyles(child) : child.cloneNode(true);
    if (kept) copy.append(kept);
  }
  return copy;
}

/** Puts the computed paint and, for texts, the font on an element. */
export function paint(copy: SVGElement, style: CSSStyleDeclaration, isText: boolean): void {
  setPaint(copy, 'fill', style.fill, style.fillOpacity);
  setPaint(copy, 'stroke', style.stroke, style.strokeOpacity);
  if (style.stroke !== 'none') setStyles(copy, style, STROKE_STYLES);
  if (style.visibility !== 'visible') copy.setAttribute('visibility', style.visibility);
  if (style.shapeRendering !== 'auto') copy.setAttribute('shape-rendering', style.shapeRendering);
  if (!isText) return;
  setStyles(copy, style, TEXT_STYLES);
  copy.setAttribute('font-family', plainFonts(style.fontFamily));
  if (style.stroke !== 'none' && style.paintOrder !== 'normal') copy.setAttribute('paint-order', style.paintOrder);
}

function setStyles(copy: SVGElement, style: CSSStyleDeclaration, names: [string, string][]): void {
  for (const [name, initial] of names) {
    const value = style.getPropertyValue(name);
    if (value === initial) copy.removeAttribute(name);
    else copy.setAttribute(name, value);
  }
}

function setPaint(copy: SVGElement, name: 'fill' | 'stroke', value: string, opacity: string): void {
  const colour = plainColour(value);
  copy.setAttribute(name, colour?.hex ?? value);
  const together = (colour?.opacity ?? 1) * Number(opacity);
  if (together < 1) copy.setAttribute(`${name}-opacity`, String(together));
  else copy.removeAttribute(`${name}-opacity`);
}
