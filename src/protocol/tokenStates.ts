// What the states at a token are near to, and how they differ from those in another text.
import type { LayerPlace } from './layerPlace';

/** What a state is nearest to among the states at tokens of the file, by the cosine of the top layer's. */
export interface StateNeighbours {
  kind: 'forward' | 'backward' | 'both';
  /** Nearest first, with what stands around them and the class of their example. */
  found: { before: string; token: string; after: string; label: string | null; cosine: number }[];
  /** Classes of the nearest dozen at the same token, and of what is as near as its last; none where there are no classes. */
  senses: { label: string; count: number }[];
}

export interface TokenStates {
  token: string;
  at: number;
  /** Tokens that neighbours were looked for among. */
  examined: number;
  /** One direction's state alone, and where there are two, both together. */
  neighbours: StateNeighbours[];
  /** By layer and direction; null where no other text was given. */
  differences: {
    token: string;
    places: { place: LayerPlace; identical: boolean; distance: number; norm: number; cosine: number }[];
  } | null;
}
