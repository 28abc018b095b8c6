// Which tokens drive a unit, as the trainer finds them in the text trained on.
export interface DrivingToken {
  text: string;
  /** Mean of the unit's h after it. */
  mean: number;
  count: number;
}

/** A place of the text with what stands around it. */
export interface DrivingPlace {
  /** Index of the token. */
  position: number;
  /** The unit's h after it. */
  value: number;
  before: string;
  token: string;
  after: string;
}

export interface UnitDrivers {
  /** States looked at: one after each of so many tokens, of a text of `textTokens`, in so many stretches spread over it. */
  count: number;
  textTokens: number;
  stretches: number;
  /** Of h over all of them. */
  mean: number;
  deviation: number;
  /** Share of the variance of h that the token just read explains (η²); NaN for a state that never changes. */
  explained: number;
  /** Kinds of token that occurred; those named did so at least `occurrences` times. */
  kinds: number;
  occurrences: number;
  /** Strongest first. */
  high: DrivingToken[];
  low: DrivingToken[];
  highPlaces: DrivingPlace[];
  lowPlaces: DrivingPlace[];
}
