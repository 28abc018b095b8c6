// The figures of one unit, of saturation and of the cell, and those the trainer was asked for: spectra, and exponents over training.
import * as l10n from '@vscode/l10n';
import { pictureCaption } from '../pictureCaption';
import { stepCaption } from '../stepCaption';
import {
  cellTable,
  exponentTable,
  capacityTable,
  fadingTable,
  lagTable,
  saturationTable,
  spectrumTable,
  unitTable,
} from './answerTables';
import { provenance, trainingCaption } from './caption';
import type { Figure, Scene } from './figures';
import { withConstants, type Table } from './table';

/** None without a picture: nothing is asked before there is one. */
export function answerFigures({ picture, formats }: Scene): Figure[] {
  if (picture === null || picture.run === null) return [];
  const { run, header, unit, questions, place } = picture;
  const caption = pictureCaption(picture, formats);
  const common = { run, step: header.step, caption };
  const [spectrum, lags, exponents, fading, capacity] = [
    questions.last('spectrum'),
    questions.last('jacobians'),
    questions.last('lyapunov'),
    questions.last('fading'),
    questions.last('memoryCapacity'),
  ];
  // What is shown may be of earlier weights than the frame; the file says which.
  const at = (step: number | null | undefined): { step: number; caption: string } => {
    const now = step ?? header.step;
    const own = stepCaption({ ...header, step: now }, run, formats);
    return { step: now, caption: caption.replace(stepCaption(header, run, formats), own) };
  };
  const tableAt =
    (step: number | null | undefined, make: () => Table | null, of = place) =>
    (): Table | null => {
      const table = make();
      return table && withConstants(provenance(run, { ...header, step: step ?? header.step }, formats, of), table);
    };
  const card = (k: number): Pick<Figure, 'home' | 'parts' | 'notes'> => {
    const home = `.spectrum-cards > :nth-child(${k})`;
    return { home, parts: [`${home} > .card-content`], notes: [`${home} > .card-head > .section-note`] };
  };
  return [
    {
      ...common,
      id: 'unit',
      title: l10n.t('Unit {0}', unit),
      home: '.unit-panel',
      parts: ['.track.text', '.unit-panel > .track', '.track.ruler'],
      notes: ['.unit-panel > summary > .note'],
      table: tableAt(header.step, () => unitTable(picture, unit)),
    },
    {
      ...common,
      id: 'saturation',
      title: l10n.t('Saturation'),
      home: '.saturation',
      parts: ['.saturation-plots'],
      notes: ['.saturation > .note'],
      table: tableAt(header.step, () => saturationTable(picture)),
    },
    {
      ...common,
      id: 'cell',
      title: l10n.t('Cell'),
      home: '.cell-view',
      parts: ['.cell-view > .cell-columns'],
      notes: ['.cell-view > summary > .section-note'],
      table: tableAt(header.step, () => cellTable(picture)),
    },
    {
      ...{ ...common, ...at(spectrum?.step), ...card(1) },
      id: 'eigenvalues',
      title: l10n.t('Eigenvalues'),
      table: tableAt(
        spectrum?.step,
        () => spectrum && spectrumTable(spectrum.value, spectrum.question.gate),
        spectrum?.question.place,
      ),
    },
    {
      ...{ ...common, ...at(lags?.step), ...card(2) },
      id: 'singular-values',
      title: l10n.t('Singular values'),
      table: tableAt(lags?.step, () => lags && lagTable(lags.value), lags?.question.place),
    },
    {
      ...{ ...common, ...at(fading?.step) },
      id: 'fading-memory',
      title: l10n.t('Fading memory'),
      home: '.fading:not(.capacity)',
      parts: ['.fading:not(.capacity) .fading-content'],
      notes: ['.fading:not(.capacity) .figure-note'],
      caption: trainingCaption(run, formats),
      table: tableAt(fading?.step, () => fading && fadingTable(fading.value)),
    },
    {
      ...{ ...common, ...at(capacity?.step) },
      id: 'memory-capacity',
      title: l10n.t('Linear memory capacity'),
      home: '.capacity',
      parts: ['.capacity .fading-content'],
      notes: ['.capacity .figure-note'],
      caption: trainingCaption(run, formats),
      table: tableAt(capacity?.step, () => capacity && capacityTable(capacity.value)),
    },
    {
      ...common,
      id: 'lyapunov',
      title: l10n.t('Lyapunov exponents'),
      home: '.lyapunov > details',
      parts: ['.lyapunov-content'],
      notes: ['.lyapunov .figure-note'],
      caption: trainingCaption(run, formats),
      table: () =>
        exponents &&
        withConstants(provenance(run, null, formats, exponents.question.place), exponentTable(exponents.value)),
    },
  ];
}
