// The figures of the page that can be taken out of it: the training chart and what stands on the time axis.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import { gateTerm } from '../views/gateTerms';
import type { NumberFormats } from '../numberFormats';
import type { Picture } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { measureInfluence, methodName, methodOf } from '../influenceMeasures';
import { quoted } from '../shownText';
import type { InspectorModel } from '../store';
import { agreementFigures } from './agreementFigures';
import { answerFigures } from './answerFigures';
import { provenance, trainingCaption } from './caption';
import { compareFigures } from './compareFigures';
import { joinedFigures } from './joinedFigures';
import { weightsTable } from './answerTables';
import { gateTable, gradientTable, influenceTable } from './frameTables';
import { withConstants, type Table } from './table';
import { placeFigures } from './placeFigures';
import { syntaxFigures } from './syntaxFigure';
import { predictionFigures, scoresFigures } from './taskFigures';
import { oneAfterTheOther, trainingTable } from './trainingTable';

/** What the page shows. */
export interface Scene {
  model: InspectorModel;
  picture: Picture | null;
  formats: NumberFormats;
}

export interface Figure {
  /** Part of file names. */
  id: string;
  title: string;
  /** Selector of the element that carries the menu. */
  home: string;
  /** Selectors of what is drawn, from top to bottom. */
  parts: readonly string[];
  /** Selectors of sentences on the page that explain the marks; they join the caption. */
  notes: readonly string[];
  /** What it is of: file, model, initialisation, seed, step, window. */
  caption: string;
  run: RunRecord;
  /** Training step of the weights. */
  step: number;
  /** null while its numbers are not known. */
  table(): Table | null;
}

/** All figures of the scene; whether each is on the page is for its `home` to tell. */
export function figuresOf(scene: Scene): Figure[] {
  const ofRun = [...trainingFigures(scene), ...scoresFigures(scene)];
  return [
    ...ofRun,
    ...frameFigures(scene),
    ...compareFigures(scene),
    ...answerFigures(scene),
    ...joinedFigures(scene),
    ...agreementFigures(scene),
  ];
}

function trainingFigures({ model, formats }: Scene): Figure[] {
  const run = model.host?.run ?? null;
  if (run === null) return [];
  const others = (model.host?.comparison?.runs ?? []).filter(({ record, metrics }) => record && metrics.length > 0);
  const ofRun = (record: RunRecord, metrics: InspectorModel['metrics']): Table =>
    withConstants(provenance(record, null, formats), trainingTable(metrics));
  return [
    {
      id: 'training',
      title: l10n.t('Training'),
      home: '.training',
      parts: ['.training-picture'],
      notes: [],
      caption: [run, ...others.flatMap(({ record }) => record ?? [])]
        .map((record) => trainingCaption(record, formats))
        .join(' | '),
      run,
      step: run.step,
      table: () =>
        oneAfterTheOther([
          ofRun(run, model.metrics),
          ...others.flatMap(({ record, metrics }) => (record ? [ofRun(record, metrics)] : [])),
        ]),
    },
  ];
}

const TEXT = '.track.text';
const RULER = '.track.ruler';
/** Of the place that is looked at: others may be unfolded, too. */
const gateTrack = (key: string): string => `.place-gates.chosen > .place-opened > .track.gate[data-gate="${key}"]`;

function frameFigures({ picture, formats }: Scene): Figure[] {
  if (picture === null || picture.run === null) return [];
  const { header, run, focus, place } = picture;
  const caption = pictureCaption(picture, formats);
  const ofAll = pictureCaption({ run, header }, formats);
  const focusText = l10n.t('focus step i = {0}, {1}', focus, quoted(header.tokens[focus]?.text ?? ''));
  const common = { run, step: header.step };
  const ofNetwork = (make: () => Table) => (): Table => withConstants(provenance(run, header, formats), make());
  const tableOf = (make: () => Table) => (): Table => withConstants(provenance(run, header, formats, place), make());
  const gates = header.gates.map((gate): Figure => ({
    ...common,
    id: `gate-${gate.name}`,
    title: `${gateTerm(gate.name)}, ${gate.equation}`,
    home: gateTrack(gate.key),
    parts: [TEXT, gateTrack(gate.key), RULER],
    notes: ['.gates > .section-header > .note'],
    caption: [caption, focusText].join(' · '),
    table: tableOf(() => gateTable(picture, gate)),
  }));
  const ofWhole = { picture, common, caption: [ofAll, focusText].join(' · '), tableOf: ofNetwork };
  const syntax = syntaxFigures(ofWhole);
  if (header.prediction) return [...predictionFigures(ofWhole), ...syntax, ...gates, ...placeFigures(ofWhole)];
  return [
    {
      ...common,
      id: 'influence',
      title: `${l10n.t('Influence')}, ${methodName(methodOf(picture.sections))}`,
      home: '.influence-header',
      parts: ['.track.influence', TEXT, RULER],
      notes: ['.influence-header > .influence-about', '.influence-header > .influence-check'],
      caption: [ofAll, focusText].join(' · '),
      table: ofNetwork(() => influenceTable(picture, measureInfluence(picture))),
    },
    ...syntax,
    ...gates,
    {
      ...common,
      id: 'gradient',
      title: l10n.t('Gradient'),
      home: '.gradient > .section-header',
      parts: [TEXT, '.gradient > .path-keys', '.gradient > .track.bars', RULER],
      notes: ['.gradient > .section-header > .note', '.gradient > .caption'],
      caption: [caption, focusText].join(' · '),
      table: tableOf(() => gradientTable(picture, 'focus')),
    },
    ...placeFigures(ofWhole),
    {
      ...common,
      id: 'gradient-triangle',
      title: l10n.t('‖∂J(i)/∂h(j)‖, absolute'),
      home: '.track.triangle',
      parts: [TEXT, '.track.triangle', RULER],
      notes: [],
      caption: [caption, focusText].join(' · '),
      table: tableOf(() => gradientTable(picture, 'every')),
    },
    {
      ...common,
      id: 'weight-gradient',
      title: l10n.t('‖∂J/∂W_h‖ contributed at each step'),
      home: '.weight-section > .section-header',
      parts: [TEXT, '.weight-section > .path-keys', '.track.weight', RULER],
      notes: ['.weight-section > .section-header > .note', '.weight-section > .caption'],
      caption,
      table: tableOf(() => weightsTable(picture)),
    },
  ];
}
