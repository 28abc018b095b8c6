// What the diagrams of all cells are drawn with: wires whose thickness grows with what they carry, operations, gates filled to their
// value, numbers at the place where they act. Every mark says on hover what it is.
import { svg } from '../dom';
import type { GateInfo } from '../../src/protocol/traceFrame';

export interface Place {
  x: number;
  y: number;
}

export const BOX_HEIGHT = 28;
export const NODE_RADIUS = 11;

/** Thickness of a wire, px: 1 for what carries nothing, 7 from |3| on. */
export function wireWidth(value: number): number {
  return Number.isFinite(value) ? 1 + 2 * Math.min(3, Math.abs(value)) : 1;
}

/** A wire in the colour of a gate or state; `arrives`: with an arrow head's room left out at its end. */
export function wire(path: string, key: string, value: number, title: string): SVGElement {
  const attributes = { class: 'cell-wire', 'data-gate': key, d: path, 'stroke-width': wireWidth(value).toFixed(2) };
  return svg('path', attributes, svg('title', {}, title));
}

/** A multiplication or an addition. */
export function operation({ x, y }: Place, sign: '×' | '+', key: string, title: string): SVGElement {
  return svg(
    'g',
    { class: 'cell-node', 'data-gate': key },
    svg('title', {}, title),
    svg('circle', { cx: x, cy: y, r: NODE_RADIUS }),
    svg('text', { x, y: y + 5 }, sign),
  );
}

/** A function or a matrix that something goes through. */
export function pill({ x, y }: Place, name: string, title: string): SVGElement {
  const width = 14 + 7 * name.length;
  return svg(
    'g',
    { class: 'cell-pill' },
    svg('title', {}, title),
    svg('rect', { x: x - width / 2, y: y - 9, width, height: 18, rx: 9 }),
    svg('text', { x, y: y + 4 }, name),
  );
}

/** A gate or state as a box, filled from below as far as its value is from 0 (0…1 or −1…1); `y` is its upper edge. */
export function box({ x, y }: Place, gate: GateInfo, value: number, text: string, title: string): SVGElement {
  const width = Math.max(52, 8 * text.length + 8);
  const left = x - width / 2;
  const share = Math.min(1, Math.abs(Number.isFinite(value) ? value : 0));
  const height = share * BOX_HEIGHT;
  return svg(
    'g',
    { class: 'cell-box', 'data-gate': gate.key },
    svg('title', {}, title),
    svg('rect', { class: 'cell-ground', x: left, y, width, height: BOX_HEIGHT, rx: 4 }),
    svg('rect', {
      class: 'cell-fill',
      x: left,
      y: (y + BOX_HEIGHT - height).toFixed(2),
      width,
      height: height.toFixed(2),
    }),
    svg('rect', { class: 'cell-frame', x: left, y, width, height: BOX_HEIGHT, rx: 4 }),
    svg('text', { x, y: y + 19 }, text),
  );
}

/** The symbol and, where there is room, the name of a gate under its box. */
export function gateName({ x, y }: Place, gate: GateInfo, name: string | null): SVGElement {
  const symbol = svg('tspan', { class: 'cell-symbol', 'data-gate': gate.key }, gate.symbol);
  return svg('text', { class: 'cell-name', x, y }, symbol, ...(name === null ? [] : [` ${name}`]));
}

export interface ValueLabel extends Place {
  name: string;
  value: string;
  /** Colour of the number. */
  key?: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Not of this step's weights, or not known yet. */
  pending?: boolean;
}

/** A name and its number, or either. */
export function label({ x, y, name, value, key, anchor = 'start', pending = false }: ValueLabel): SVGElement {
  const number = svg('tspan', { class: 'cell-number', 'data-gate': key }, value);
  const parts = name === '' ? [number] : [`${name} `, number];
  return svg('text', { class: `cell-label ${anchor}${pending ? ' pending' : ''}`, x, y }, ...parts);
}

/** A short arrow that enters a gate from below; `y` is its tip. */
export function entry({ x, y }: Place, title: string): SVGElement {
  return svg(
    'g',
    { class: 'cell-entry' },
    svg('title', {}, title),
    svg('path', { d: `M${x},${y + 16}V${y + 2}M${x - 4},${y + 6}l4,-5l4,5` }),
  );
}
