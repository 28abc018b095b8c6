// From lanes to rows: what the top recurrent layer gives, both directions side by side, one sentence behind the other with the learned
// root before each; and its gradient the way back.
import type { BackwardTrace } from '../../engine/network/backward';
import { topGradients } from '../../engine/network/backward';
import type { ForwardTrace } from '../../engine/network/forward';
import { firstOutputRow } from '../../engine/network/layerTrace';
import type { SentenceBatch } from './sentenceBatch';

/** Writes rows [rows,2H]. */
export function joinRows(
  trace: ForwardTrace,
  batch: SentenceBatch,
  root: Float32Array,
  H: number,
  rows: Float32Array,
): void {
  for (const start of batch.starts) rows.set(root, start * 2 * H);
  const top = trace.outputs[trace.outputs.length - 1].parts;
  forEachWord(batch, (t, lane, row) =>
    top.forEach(({ h, place }, p) => {
      const from = ((firstOutputRow(place) + t) * batch.B + lane) * H;
      rows.set(h.subarray(from, from + H), (row * 2 + p) * H);
    }),
  );
}

/** Adds ∂J/∂rows to ∂J/∂y of the top layer and writes the root's gradient. */
export function addRowGradients(
  trace: ForwardTrace,
  back: BackwardTrace,
  batch: SentenceBatch,
  dRows: Float32Array,
  H: number,
  dRoot: Float32Array,
): void {
  dRoot.fill(0);
  for (const start of batch.starts) for (let k = 0; k < 2 * H; k++) dRoot[k] += dRows[start * 2 * H + k];
  const top = trace.outputs[trace.outputs.length - 1].parts;
  const gradients = topGradients(back);
  forEachWord(batch, (t, lane, row) =>
    top.forEach(({ place }, p) => {
      const to = ((firstOutputRow(place) + t) * batch.B + lane) * H;
      const from = (row * 2 + p) * H;
      const into = gradients[p];
      for (let k = 0; k < H; k++) into[to + k] += dRows[from + k];
    }),
  );
}

function forEachWord({ lengths, starts }: SentenceBatch, visit: (t: number, lane: number, row: number) => void): void {
  lengths.forEach((length, lane) => {
    for (let t = 0; t < length; t++) visit(t, lane, starts[lane] + 1 + t);
  });
}
