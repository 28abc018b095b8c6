// Which layer and direction of a network the pictures are of, how it is called, and a frame as seen from there.
import * as l10n from '@vscode/l10n';
import { networkPlaces, placeSuffix, type LayerPlace, type NetworkShape } from '../src/protocol/layerPlace';
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import type { SavedChoices } from './savedChoices';

/** Under these names the place, and whether all places' gates are unfolded, are choices of sections. */
export const PLACE_CHOICE = 'network.place';
export const ALL_OPEN_CHOICE = 'network.all';

/** From the top layer down, as networks are drawn; in each layer the forward direction first. */
export function placesFromTop(shape: NetworkShape): LayerPlace[] {
  return networkPlaces(shape).sort((a, b) => b.layer - a.layer || Number(a.reverse) - Number(b.reverse));
}

/** Several layers, or two directions: otherwise no picture needs to say what it is of. */
export function hasPlaces({ layers = 1, bidirectional = false }: NetworkShape): boolean {
  return layers > 1 || bidirectional;
}

export const samePlace = (a: LayerPlace, b: LayerPlace): boolean => a.layer === b.layer && a.reverse === b.reverse;

/** As a saved choice. */
export function placeKey({ layer, reverse }: LayerPlace): string {
  return `${layer}${reverse ? ' reverse' : ''}`;
}

/** The place chosen; the top layer's forward direction where none was, or where this network does not have it. */
export function chosenPlace(sections: SavedChoices['sections'], shape: NetworkShape): LayerPlace {
  const places = placesFromTop(shape);
  return places.find((place) => placeKey(place) === sections[PLACE_CHOICE]) ?? places[0];
}

/** In which direction the place reads. */
export const placeMark = ({ reverse }: LayerPlace): string => (reverse ? '←' : '→');

/** "layer 2", "layer 2 →" where there are two directions, "→ forward" where there is one layer; "2 →" and "→" where room is small. */
export function placeLabel(
  place: LayerPlace,
  { layers = 1, bidirectional = false }: NetworkShape,
  isShort = false,
): string {
  const number = place.layer + 1;
  const parts = [
    ...(layers > 1 ? [isShort ? String(number) : l10n.t('layer {0}', number)] : []),
    ...(bidirectional ? [placeMark(place)] : []),
    ...(layers === 1 && bidirectional && !isShort ? [directionName(place)] : []),
  ];
  return parts.join(' ');
}

export const directionName = ({ reverse }: LayerPlace): string => (reverse ? l10n.t('backward') : l10n.t('forward'));

/** "layer 2 of 3, forward"; nothing for a network of one layer and direction. */
export function placeText(place: LayerPlace, { layers = 1, bidirectional = false }: NetworkShape): string {
  const parts = [
    ...(layers > 1 ? [l10n.t('layer {0} of {1}', place.layer + 1, layers)] : []),
    ...(bidirectional ? [directionName(place)] : []),
  ];
  return parts.join(', ');
}

/** What a question about a place says of it: nothing where the network has no other. */
export function askedOf(shape: NetworkShape, place: LayerPlace): { place?: LayerPlace } {
  return hasPlaces(shape) ? { place } : {};
}

/** Before the step t in the order of reading: t − 1, or t + 1 where the place reads backward. */
export const stepBefore = ({ reverse }: LayerPlace, t: number): number => (reverse ? t + 1 : t - 1);

export interface PlacedFrame {
  /** With the bound of this place; null below the top layer, where other layers lead around its W_h. */
  header: FrameHeader;
  /** The place's arrays without its suffix, and those that belong to no place. */
  arrays: FrameArrays;
}

const placed = new WeakMap<FrameArrays, Map<string, PlacedFrame>>();

/** A frame as a place of it shows it, made once. */
export function placedFrame(header: FrameHeader, arrays: FrameArrays, place: LayerPlace): PlacedFrame {
  if (!hasPlaces(header)) return { header, arrays };
  const known = placed.get(arrays) ?? new Map<string, PlacedFrame>();
  placed.set(arrays, known);
  const suffix = placeSuffix(place);
  let frame = known.get(suffix);
  if (!frame)
    known.set(suffix, (frame = { header: placedHeader(header, place), arrays: placedArrays(arrays, suffix) }));
  return frame;
}

function placedHeader(header: FrameHeader, { layer, reverse }: LayerPlace): FrameHeader {
  const isTop = layer === (header.layers ?? 1) - 1;
  return { ...header, bound: isTop ? (reverse ? header.reverseBound : header.bound) : null };
}

function placedArrays(arrays: FrameArrays, suffix: string): FrameArrays {
  const own: FrameArrays = {};
  for (const [name, array] of Object.entries(arrays)) {
    const parts = /^((?:gate|gradient|flow)\.[a-zA-Z]+)((?:_l\d+(?:_reverse)?)?)$/.exec(name);
    if (!parts || name === 'gradient.input' || name === 'flow.input') own[name] = array;
    else if (parts[2] === suffix) own[parts[1]] = array;
  }
  return own;
}
