// Colours as any reader of SVG knows them: browsers compute color-mix() to color(srgb …), which most other programs cannot read.
import { color } from 'd3-color';

export interface PlainColour {
  /** "#rrggbb". */
  hex: string;
  /** 0…1. */
  opacity: number;
}

const SRGB = /^color\(srgb ([\d.e+-]+) ([\d.e+-]+) ([\d.e+-]+)(?: \/ ([\d.e+-]+))?\)$/;

/** A computed CSS colour; null for what is not one ("none", "url(#…)"). */
export function plainColour(css: string): PlainColour | null {
  const mixed = SRGB.exec(css);
  if (mixed) {
    const [red, green, blue, opacity] = mixed.slice(1).map((part) => (part === undefined ? 1 : Number(part)));
    const hex = [red, green, blue].map((part) =>
      Math.round(Math.max(0, Math.min(1, part)) * 255)
        .toString(16)
        .padStart(2, '0'),
    );
    return { hex: `#${hex.join('')}`, opacity };
  }
  const plain = color(css);
  return plain && { hex: plain.formatHex(), opacity: plain.opacity };
}
