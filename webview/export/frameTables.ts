// The numbers behind each figure on the time axis as one tidy table, straight from the arrays of the frame.
import type { GateInfo } from '../../src/protocol/traceFrame';
import { reachableRow } from '../geometry/gradientScale';
import { strongestSources } from '../geometry/influence';
import type { InfluenceMeasures } from '../influenceMeasures';
import type { Picture } from '../picture';
import { float32Text, type Table, type TableValue } from './table';

export type FramePicture = Pick<Picture, 'header' | 'arrays' | 'focus'>;

/** Rows that can be gone through more than once. */
function rowsOf(make: () => Iterable<TableValue[]>): Table['rows'] {
  return { [Symbol.iterator]: () => make()[Symbol.iterator]() };
}

/** Every unit of a gate at every step. */
export function gateTable({ header, arrays }: FramePicture, gate: GateInfo): Table {
  const { values } = arrays[`gate.${gate.key}`];
  const units = header.hiddenUnits;
  return {
    columns: ['step', 'token', 'unit', 'gate', 'value'],
    rows: rowsOf(function* () {
      for (const [t, { text }] of header.tokens.entries())
        for (let unit = 0; unit < units; unit++)
          yield [t, text, unit, gate.name, float32Text(values[t * units + unit])];
    }),
  };
}

/** What an influence was measured as; see InfluenceMeasures. */
export type ShownInfluence = Pick<InfluenceMeasures, 'method' | 'row' | 'answered' | 'step' | 'check'>;

/**
 * Per step: how surprising its token was, how strongly the prediction at the focus step depends on it by the method that is shown, with
 * its sign, its share and its place among the arrows drawn, and what taking it away does where that was tried.
 */
export function influenceTable(
  picture: FramePicture & Pick<Picture, 'topArrows' | 'axis'>,
  { method, row, answered, step, check }: ShownInfluence,
): Table {
  const { header, arrays, focus, topArrows, axis } = picture;
  const norms = reachableRow(header, arrays['gradient.input'].values, focus);
  const { surprisal, loss } = arrays;
  const { sources } = strongestSources(row ?? [], Infinity);
  const shares = new Map(sources.map(({ column, share }) => [column, share]));
  const drawn = strongestSources(row ?? [], topArrows, axis.first).sources.map(({ column }) => column);
  const rankOf = new Map(drawn.map((column, k) => [column, k + 1]));
  const removed = new Map(check?.ablation.columns.map((column, k) => [column, k]));
  const target = header.tokens[focus + 1]?.text ?? header.next;
  return {
    columns: [
      ...['step', 'token', 'surprisal_bits', 'loss_nats', 'focus', 'target', 'input_gradient_norm'],
      ...['method', 'weights_step', 'influence', 'share', 'arrow', 'completeness_delta'],
      ...['ablated_weights_step', 'logit_without_minus_with', 'loss_without_minus_with_nats'],
    ],
    rows: rowsOf(function* () {
      for (const [t, { text }] of header.tokens.entries()) {
        const known = row !== null && t < row.length;
        const at = removed.get(t);
        yield [
          ...[t, text, float32Text(surprisal.values[t]), float32Text(loss.values[t]), focus, target],
          t < norms.length ? float32Text(norms[t]) : null,
          ...[method, step, known ? numberText(row, t) : null, known ? (shares.get(t) ?? 0) : null],
          ...[rankOf.get(t) ?? null, answered?.delta ?? null],
          ...(check && at !== undefined ? [check.step, -check.ablation.logit[at], check.ablation.loss[at]] : NOT_TRIED),
        ];
      }
    }),
  };
}

const NOT_TRIED = [null, null, null] as const;

function numberText(row: ArrayLike<number>, t: number): TableValue {
  return row instanceof Float32Array ? float32Text(row[t]) : row[t];
}

/** Norms by the name of their column; those a cell does not have are left out. */
const GRADIENTS: [column: string, array: string][] = [
  ['hidden_norm', 'gradient.hidden'],
  ['cell_norm', 'gradient.cell'],
  ['cell_direct_norm', 'gradient.direct'],
  ['cell_rest_norm', 'gradient.hiddenPath'],
  ['input_norm', 'gradient.input'],
];

/** The gradients that the loss at step i sends to each j ≤ i, to every j where layers read both ways; of the focus step alone, or of every one. */
export function gradientTable({ header, arrays, focus }: FramePicture, of: 'focus' | 'every'): Table {
  const steps = header.tokens.length;
  const present = of === 'every' ? GRADIENTS.slice(0, 1) : GRADIENTS.filter(([, array]) => arrays[array]);
  const { values: hidden } = arrays['gradient.hidden'];
  const bound = of === 'focus' ? (header.bound ?? null) : null;
  return {
    columns: [...['i', 'j', 'token_i', 'token_j', ...present.map(([column]) => column)], ...(bound ? ['bound'] : [])],
    rows: rowsOf(function* () {
      const [from, to] = of === 'focus' ? [focus, focus + 1] : [0, steps];
      for (let i = from; i < to; i++)
        for (let j = 0; j < (header.bidirectional ? steps : i + 1); j++)
          yield [
            ...[i, j, header.tokens[i].text, header.tokens[j].text],
            ...present.map(([, array]) => float32Text(arrays[array].values[i * steps + j])),
            ...(bound ? [hidden[i * steps + i] * (bound.slope * bound.norm) ** Math.abs(i - j)] : []),
          ];
    }),
  };
}

/** ‖∂J/∂W_h‖ contributed at each step. */
export function weightTable({ header, arrays }: FramePicture): Table {
  const { values } = arrays['gradient.weight'];
  return {
    columns: ['step', 'token', 'weight_gradient_norm'],
    rows: rowsOf(function* () {
      for (const [t, { text }] of header.tokens.entries()) yield [t, text, float32Text(values[t])];
    }),
  };
}
