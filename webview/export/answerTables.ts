// Tables of figures whose numbers the trainer was asked for: spectra, exponents, items of the weights' gradient; and of single units.
import type {
  BlockSpectrum,
  FadingMemory,
  ItemisedWeightGradient,
  JacobianLags,
  MemoryCapacities,
  TrainingExponents,
} from '../../src/protocol/spectra';
import { saturatingGates, saturation } from '../geometry/saturation';
import type { Picture } from '../picture';
import { cellPicture, knownTerms } from '../views/cellPicture';
import { weightTable, type FramePicture } from './frameTables';
import { float32Text, type Table } from './table';

/** Eigenvalues and singular values of one block of W_h, each sorted by its own size. */
export function spectrumTable({ real, imaginary, singularValues }: BlockSpectrum, block: string): Table {
  return {
    columns: ['block', 'k', 'eigenvalue_real', 'eigenvalue_imaginary', 'eigenvalue_magnitude', 'singular_value'],
    rows: Array.from(real, (re, k) => [
      ...[block, k + 1, re, imaginary[k], Math.hypot(re, imaginary[k]), singularValues[k]],
    ]),
  };
}

/** Powers of ten, as they were measured: the numbers themselves may be smaller than any that can be written. */
export function lagTable({ curves, positions }: JacobianLags): Table {
  return {
    columns: ['lag', 'k', 'log10_low', 'log10_median', 'log10_high', 'positions'],
    rows: curves.flatMap(({ lag, values }) =>
      values.map((value, k) => [
        ...[lag, k + 1, value?.low ?? null, value?.median ?? null, value?.high ?? null, positions.length],
      ]),
    ),
  };
}

/** The first radius is the network as it is. */
export function fadingTable({ curves }: FadingMemory): Table {
  return {
    columns: ['spectral_radius', 'as_it_is', 'step', 'distance_low', 'distance_median', 'distance_high'],
    rows: curves.flatMap(({ radius, low, median, high }, k) =>
      Array.from(median, (value, step) => [radius, k === 0 ? 1 : 0, step, low[step], value, high[step]]),
    ),
  };
}

export function capacityTable({ curves }: MemoryCapacities): Table {
  return {
    columns: ['spectral_radius', 'as_it_is', 'lag', 'r_squared', 'capacity'],
    rows: curves.flatMap(({ radius, byLag, total }, k) =>
      Array.from(byLag, (share, lag) => [radius, k === 0 ? 1 : 0, lag, share, total]),
    ),
  };
}

export function exponentTable({ points }: TrainingExponents): Table {
  return {
    columns: ['snapshot_step', 'k', 'exponent_nats_per_step'],
    rows: points.flatMap(({ step, exponents }) => Array.from(exponents, (value, k) => [step, k + 1, value])),
  };
}

/** What each loss i asks of each step t ≤ i, of every t where layers read both ways. */
function itemisedTable({ header }: FramePicture, { steps, norms }: ItemisedWeightGradient): Table {
  return {
    columns: ['i', 't', 'token_i', 'token_t', 'weight_gradient_norm'],
    rows: {
      *[Symbol.iterator]() {
        for (let i = 0; i < steps; i++)
          for (let t = 0; t < (header.bidirectional ? steps : i + 1); t++)
            yield [i, t, header.tokens[i].text, header.tokens[t].text, float32Text(norms[i * steps + t])];
      },
    },
  };
}

/** The gradient of the weights as it is shown: at each step, or by loss. */
export function weightsTable(picture: Picture): Table {
  const itemised = picture.sections['weight.byLoss'] === true ? picture.questions.last('weightItemised') : null;
  return itemised?.value.steps === picture.header.tokens.length
    ? itemisedTable(picture, itemised.value)
    : weightTable(picture);
}

/** The gates of the unit at the focus step, and what they add up where that is known of these weights. */
export function cellTable(picture: Picture): Table {
  const { header, arrays, focus, unit } = picture;
  const { terms, termsStale } = cellPicture(picture, knownTerms(picture));
  return {
    columns: ['step', 'token', 'unit', 'gate', 'value', 'past', 'input', 'bias', 'pre_activation'],
    rows: header.gates.map(({ key, name }) => {
      const own = termsStale ? undefined : terms?.find(({ gate }) => gate.key === key)?.values;
      return [
        ...[focus, header.tokens[focus]?.text ?? '', unit, name],
        float32Text(arrays[`gate.${key}`].values[focus * header.hiddenUnits + unit]),
        ...[own?.past ?? null, own?.input ?? null, own?.bias ?? null, own?.sum ?? null],
      ];
    }),
  };
}

/** Every gate and state of one unit at every step. */
export function unitTable({ header, arrays }: FramePicture, unit: number): Table {
  return {
    columns: ['step', 'token', 'unit', 'gate', 'value'],
    rows: header.tokens.flatMap(({ text }, t) =>
      header.gates.map(({ key, name }) => [
        ...[t, text, unit, name],
        float32Text(arrays[`gate.${key}`].values[t * header.hiddenUnits + unit]),
      ]),
    ),
  };
}

/** Per gate and unit the shares of the window's steps at both ends. */
export function saturationTable({ header, arrays }: FramePicture): Table {
  return {
    columns: ['gate', 'unit', 'share_shut', 'share_open'],
    rows: saturatingGates(header.gates).flatMap(({ key, name, range }) => {
      const { left, right } = saturation(arrays[`gate.${key}`].values, header.hiddenUnits, range);
      return Array.from(left, (share, unit) => [name, unit, share, right[unit]]);
    }),
  };
}
