// Where the ids of a text are read from: memory here, or a file when the text is large (see the trainer's tokenFile).

/** A sequence of token ids (below 65,536) that can be read at any place. */
export interface TokenSource {
  readonly length: number;
  /** Fills `target` with the ids from `position` on; the range lies inside the source. */
  read(position: number, target: Uint16Array): void;
}

export class MemoryTokenSource implements TokenSource {
  constructor(private readonly ids: Uint16Array) {}

  get length(): number {
    return this.ids.length;
  }

  read(position: number, target: Uint16Array): void {
    target.set(this.ids.subarray(position, position + target.length));
  }
}
