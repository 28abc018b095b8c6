// The three colour scales of the pictures: gate 0…1, gradient on an absolute log scale, signed −1…1. Small is the ground, large is ink.
import { rgb } from 'd3-color';
import { interpolateRgb, piecewise } from 'd3-interpolate';

/** 256 colours as packed RGBA bytes. */
export type ColourRamp = Uint8ClampedArray;

const DARK_GATE = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];
const LIGHT_GATE = ['#fbfbef', '#e3eebd', '#a6d98f', '#5cc06f', '#2a9d83', '#27788e', '#355a8c', '#433a80', '#3b0f5c'];
const DARK_GRADIENT = ['#38205c', '#6a2172', '#a0306a', '#d34a52', '#f27b2d', '#fcb93a', '#fdf3b0'];
const LIGHT_GRADIENT = ['#fdeccb', '#fbcb84', '#f59a55', '#e0614b', '#b23363', '#712070', '#2b1150'];
const DARK_SIGNED = [
  ['#ffb057', '#dd7d1e', '#8f4b10', '#4a2e14'],
  ['#143a5c', '#1c629f', '#3794e2', '#6dbdff'],
];
const LIGHT_SIGNED = [
  ['#a34800', '#d06410', '#ee9c55', '#f9d6ae'],
  ['#bcd8f4', '#6fade6', '#2474c6', '#0b4d9c'],
];

function ramp(stops: string[]): ColourRamp {
  const at = piecewise(interpolateRgb, stops);
  const out = new Uint8ClampedArray(256 * 4);
  for (let k = 0; k < 256; k++) {
    const { r, g, b } = rgb(at(k / 255));
    out.set([r, g, b, 255], k * 4);
  }
  return out;
}

/** 0 (shut) … 1 (open). */
export function gateRamp(dark: boolean): ColourRamp {
  return ramp(dark ? DARK_GATE : LIGHT_GATE);
}

/** From the editor's background (vanished) to ink. */
export function gradientRamp(dark: boolean, ground: string): ColourRamp {
  return ramp([ground, ...(dark ? DARK_GRADIENT : LIGHT_GRADIENT)]);
}

/** −1 orange, 0 the editor's background, +1 blue. */
export function signedRamp(dark: boolean, ground: string): ColourRamp {
  const [low, high] = dark ? DARK_SIGNED : LIGHT_SIGNED;
  return ramp([...low, ground, ...high]);
}

/** CSS colour of a value in 0…1, clamped. */
export function rampColour(colours: ColourRamp, value: number): string {
  const k = Math.max(0, Math.min(255, Math.round(value * 255))) * 4;
  return `rgb(${colours[k]}, ${colours[k + 1]}, ${colours[k + 2]})`;
}
