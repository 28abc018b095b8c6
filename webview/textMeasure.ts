// Widths of 11 px texts in the interface font, measured by the browser and remembered.

const widths = new Map<string, number>();
const canvas = document.createElement('canvas').getContext('2d');
let font = '';

/** Width in px of a text set in 11 px; an estimate where the browser cannot measure. */
export function measureText(text: string): number {
  return widthOf(text, '');
}

/** The same of names of curves, which are set in a stronger weight. */
export function measureStrong(text: string): number {
  return widthOf(text, '600 ');
}

function widthOf(text: string, weight: string): number {
  const now = `11px ${getComputedStyle(document.body).fontFamily}`;
  if (now !== font) {
    font = now;
    widths.clear();
  }
  const key = weight + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 2000) widths.clear();
  let width = text.length * 6.2;
  if (canvas) {
    canvas.font = weight + font;
    width = canvas.measureText(text).width;
  }
  widths.set(key, width);
  return width;
}
