// One picture's worth of numbers: a header and ONE exact-length buffer, so that no typed-array view drags its arena along.

/** What a heatmap needs to know about a gate; made from the engine's cell description. */
export interface GateInfo {
  /** Key in the frame (`gate.<key>`) and of the colour: f i o g c h u r. */
  key: 'f' | 'i' | 'o' | 'g' | 'c' | 'h' | 'u' | 'r';
  /** As written in the equations: f, i, o, c̃, c, h, u, r, h̃. */
  symbol: string;
  /** English term, an l10n key of the webview: forget, input, output, candidate, cell, hidden, update, reset. */
  name: string;
  /** "f(t) = σ(W_f h(t−1) + U_f x(t) + b_f)": of this network, its activation and its reset gate put in. */
  equation: string;
  /** unit: 0…1; signed: −1…1; cell: unbounded, drawn as tanh; positive: 0…∞ (relu). */
  range: 'unit' | 'signed' | 'cell' | 'positive';
}

export interface TokenInfo {
  /** The token as the model reads it (CRLF is "\n"). */
  text: string;
  /** UTF-16 offsets in the document. */
  start: number;
  end: number;
  /** false: not in the vocabulary, read as the unknown token. */
  known: boolean;
}

export interface Prediction {
  text: string;
  probability: number;
}

/** What a network that was trained for a task says of the window, which is one example: a line that is classified, a sentence that is tagged … */
export interface TaskPrediction {
  task: 'classification' | 'tagging' | 'cloze';
  /** Column whose tag or hidden token is predicted; null where the whole example has a class. */
  at: number | null;
  /** Classes, tags or tokens, best first, and how many there are. */
  likeliest: Prediction[];
  outcomes: number;
  /** What the text says is right; null where it does not. */
  gold: Prediction | null;
  /** The one whose loss J = −ln p, nats, the gradients are of: what is right, else the likeliest. */
  target: string;
  loss: number;
  /** Tags that the file says, by column; null for other tasks. */
  tags: (string | null)[] | null;
  /** The example is longer than the longest that was trained on; its beginning is read, or what is around the focus. */
  truncated: boolean;
}

/**
 * Arrays of a frame, by name; T timesteps of the window, H hidden units, all float32. What belongs to one direction of a layer (`gate.…`,
 * `gradient.…` but for `gradient.input`) has its suffix behind (layerPlace.ts); without one it is the first layer's, reading forward.
 * - `gate.<key>` [T, H], in the order of `gates`
 * - `loss` [T]: J(i) = −ln p(token i+1), nats; NaN where token i+1 is not known (end of the text)
 * - `surprisal` [T]: −log₂ p(token t | before), bits, of the token in column t; NaN for the first token of the text
 * - `gradient.hidden` [T, T]: row i, column j: ‖∂J(i)/∂h(j)‖, 0 where no path leads (for j > i, unless
 *   the network reads both ways); NaN rows where J(i) is unknown
 * - `gradient.cell` (LSTM) [T, T]: ‖∂J(i)/∂c(j)‖, total; `gradient.direct`: ‖∂J(i)/∂c(i) ∘ ∏ f‖;
 *   `gradient.hiddenPath`: ‖total − direct‖
 * - `gradient.input` [T, T]: ‖∂J(i)/∂x(j)‖
 * - `flow.hidden` [T], of a task: ‖∂J/∂h(j)‖ of the one loss of TaskPrediction, and `flow.input` [T]: ‖∂J/∂x(j)‖; there are then no
 *   losses and no gradients of pairs
 * - `gradient.weight` [T]: ‖∂J/∂W_h contributed at t‖, J the sum over the window
 * - where something leads around layers, of each such layer `gradient.through` and `gradient.around` [T]: the norms of the parts of ∂J/∂ what lies
 *   below the layer that come through it and around it; they add up as vectors, not as norms
 */
export type FrameArrays = Record<string, { shape: number[]; values: Float32Array }>;

export interface GradientBound {
  slope: number;
  norm: number;
}

export interface FrameHeader {
  version: 1;
  runId: string;
  /** Training step of the weights. */
  step: number;
  /** The weights are those of a snapshot, not the newest ones: captions say so. */
  snapshot?: boolean;
  cell: string;
  /** Of one layer and direction. */
  hiddenUnits: number;
  /** Recurrent layers, 1 where it is left out; arrays of all but the first are named with a suffix (layerPlace.ts). */
  layers?: number;
  /** Every layer reads both ways, on the same time axis. */
  bidirectional?: boolean;
  /** What leads around the layers above the first; nothing where it is left out. */
  connections?: 'none' | 'residual' | 'dense' | 'highway';
  gates: GateInfo[];
  /**
   * A vanilla network's γ and σ_max(W_h): ‖∂J(i)/∂h(j)‖ ≤ ‖∂J(i)/∂h(i)‖ (γ σ_max)^(i−j), h of the top layer, whose states lead to the
   * loss through nothing else; null for cells with gates.
   */
  bound?: GradientBound | null;
  /** The same of the direction that reads backward. */
  reverseBound?: GradientBound | null;
  tokens: TokenInfo[];
  /**
   * The first look at a new place: the gradients of pairs have row `focus` alone, [T], and `gradient.weight` is NaN. The whole picture
   * follows when nothing moves.
   */
  rowOnly?: boolean;
  /** Counts the pictures of a trainer process; left out of those that nothing is kept of. */
  picture?: number;
  /**
   * Of a first look: made with the weights of that picture, and the text up to `columns` is the same. Their gates are left out:
   * `gate.…` is [T − columns, H].
   */
  keeps?: { picture: number; columns: number };
  /** Column of the token just left of the cursor: the last token read; J(focus) predicts what follows the cursor. */
  focus: number;
  /** The text of the token after the window's last, when the document has one. */
  next: string | null;
  /** Tokens before the window that were read to warm the state up, and whether the text starts there. */
  warmUp: number;
  startsText: boolean;
  /** Per step, the likeliest next tokens, best first; of a network that tags its likeliest tags, of one that classifies none. */
  predictions: Prediction[][];
  /** Of a network that was trained for a task; left out for language models. */
  prediction?: TaskPrediction;
  /** 'document': live text of the editor; 'sample': the beginning of the training text (no editor for it). */
  origin: 'document' | 'sample';
  /** Echo of the request's document version, to tell stale pictures. */
  documentVersion: number;
  /** Milliseconds the trainer needed. */
  milliseconds: number;
}

export interface TraceFrame {
  header: FrameHeader;
  /** `lower`: of a square matrix only what is not right of the diagonal lies in the buffer, row after row; the rest is 0. */
  layout: { name: string; shape: number[]; offset: number; lower?: true }[];
  data: ArrayBuffer;
}

/** Packs arrays into one exact-length buffer, of triangles only what is not 0: a frame crosses two processes. */
export function encodeFrame(header: FrameHeader, arrays: FrameArrays): TraceFrame {
  let total = 0;
  const layout = Object.entries(arrays).map(([name, { shape, values }]): TraceFrame['layout'][number] => {
    const size = sizeOf(shape);
    if (size !== values.length)
      throw new Error(`frame array ${name}: shape ${shape.join('×')} but ${values.length} values`);
    const lower = isLower(shape, values);
    const entry = { name, shape, offset: total, ...(lower ? { lower: true as const } : {}) };
    total += lower ? triangle(shape[0]) : size;
    return entry;
  });
  const all = new Float32Array(total);
  for (const { name, shape, offset, lower } of layout) {
    const { values } = arrays[name];
    if (!lower) all.set(values, offset);
    else
      for (let row = 0, at = offset; row < shape[0]; at += ++row)
        all.set(values.subarray(row * shape[0], row * shape[0] + row + 1), at);
  }
  return { header, layout, data: all.buffer };
}

/** A frame's arrays, views on its buffer where they lie there whole; throws when the layout does not fit the buffer. */
export function decodeFrame(frame: TraceFrame): FrameArrays {
  const out: FrameArrays = {};
  for (const { name, shape, offset, lower } of frame.layout) {
    const length = lower ? triangle(shape[0]) : sizeOf(shape);
    if (!Number.isInteger(offset) || offset < 0 || (offset + length) * 4 > frame.data.byteLength)
      throw new Error(`frame array ${name} lies outside its buffer`);
    const values = new Float32Array(frame.data, offset * 4, length);
    out[name] = { shape, values: lower ? square(values, shape[0]) : values };
  }
  return out;
}

const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

const triangle = (rows: number): number => (rows * (rows + 1)) / 2;

/** Whether a square matrix is exactly 0 right of its diagonal. */
function isLower([rows, columns, ...more]: number[], values: Float32Array): boolean {
  if (rows !== columns || more.length > 0) return false;
  for (let row = 0; row < rows; row++)
    for (let at = row * rows + row + 1; at < (row + 1) * rows; at++) if (values[at] !== 0) return false;
  return true;
}

function square(lower: Float32Array, rows: number): Float32Array {
  const values = new Float32Array(rows * rows);
  for (let row = 0, at = 0; row < rows; at += ++row) values.set(lower.subarray(at, at + row + 1), row * rows);
  return values;
}
