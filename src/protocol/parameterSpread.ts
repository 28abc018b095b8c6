// How the values of one parameter are spread.
export interface ParameterSpread {
  /** As in a checkpoint: embedding, W_x, W_h_l1 … */
  name: string;
  shape: number[];
  mean: number;
  /** Standard deviation over the parameter's values. */
  deviation: number;
  smallest: number;
  largest: number;
  /** Values in equally wide bins from smallest to largest. */
  counts: number[];
}
