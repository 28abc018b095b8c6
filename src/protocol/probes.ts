// What linear probes found: which properties of a text can be read from the states of every layer.

/** Read from the text alone; see src/text/tokenProperties.ts. */
export const PROBED = ['kind', 'letterCase', 'kindBefore', 'place', 'enclosed'] as const;
export type Probed = (typeof PROBED)[number];

export interface ProbeScore {
  accuracy: number;
  /** Wilson's, 95 %, as if tokens were independent of each other, which neighbours are not. */
  low: number;
  high: number;
}

/** Of one vector a token. */
export interface ProbedVectors {
  /** 'embedding' is what the first layer reads; 'state' is h after the token. */
  what: 'embedding' | 'state';
  layer: number;
  width: number;
  /** By property; the weights looked at, and those of step 0 (null where they are not kept). */
  scores: { now: ProbeScore; untrained: ProbeScore | null }[];
}

export interface ProbeAnswer {
  properties: {
    name: Probed;
    /** Always saying the class most frequent where the probe was fitted: its share where it is judged. */
    majority: number;
    /** Classes with their shares where they are judged. */
    classes: { name: string; share: number }[];
  }[];
  vectors: ProbedVectors[];
  /** Tokens that probes were fitted to, and others, not trained on by the network either, that they are judged by. */
  fitted: number;
  judged: number;
}

/** What annotated sentences say of their words. */
export const ANNOTATED = ['upos', 'number'] as const;
export type Annotated = (typeof ANNOTATED)[number];

/** Of one vector a word, at its last token. */
export interface AnnotatedVectors {
  what: 'embedding' | 'state';
  /** From 0. */
  layer: number;
  direction: 'forward' | 'reverse';
  width: number;
  /** By property; `untrained` at step 0, null where its weights are not kept. */
  scores: { now: ProbeScore; untrained: ProbeScore | null }[];
}

export interface AnnotatedProbes {
  properties: {
    name: Annotated;
    /** Words with this property that the probe was fitted to, and others it is judged by. */
    fitted: number;
    judged: number;
    /** Always saying the class most frequent where the probe was fitted: its share where it is judged. */
    majority: number;
    classes: string[];
  }[];
  vectors: AnnotatedVectors[];
  /** Of the file; only every how-manieth was read. */
  sentences: number;
  every: number;
  words: number;
  /** Words left out because no token ends where they end, or one holds others too. */
  unaligned: number;
  /** Sentences left out because a line of theirs breaks the format, and the first such line (from 1); null where there are none. */
  broken: { sentences: number; line: number; reason: string } | null;
}
