// What a network that reads both ways and one that reads forward only make of the same example: their predictions, and what each token adds.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import type { TaskPrediction } from '../../src/protocol/traceFrame';
import { comparedModels, type ComparedModel } from '../comparedModels';
import { html, setText, svg } from '../dom';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import { momentOf } from '../influenceMeasures';
import type { NumberFormats } from '../numberFormats';
import type { Picture } from '../picture';
import { chosenTarget } from '../predictionMeasures';
import { gateNumber, quoted, shareText } from '../shownText';
import { createTrack, type Track } from './track';

const HEIGHT = 46;

export interface DirectionRows {
  readonly element: HTMLElement;
  update(picture: Picture, prediction: TaskPrediction): void;
}

interface Row {
  element: HTMLElement;
  said: HTMLElement;
  track: Track;
}

/** One row for the run shown and each it is compared with, on one scale. */
export function createDirectionRows(formats: NumberFormats): DirectionRows {
  const element = html('div', { class: 'direction-rows' });
  let rows: Row[] = [];

  function fit(count: number): void {
    if (rows.length === count) return;
    rows = Array.from({ length: count }, () => {
      const said = html('p', { class: 'direction-said off-axis' });
      const track = createTrack('contributions');
      track.drawing.removeAttribute('aria-hidden');
      track.drawing.setAttribute('role', 'img');
      return { element: html('div', {}, said, track.element), said, track };
    });
    element.replaceChildren(...rows.map((row) => row.element));
  }

  return {
    element,
    update(picture, prediction) {
      const { run, metrics, comparison } = picture;
      const models = run === null ? [] : comparedModels(run, metrics, comparison);
      fit(models.length);
      const target = chosenTarget(picture.sections, prediction);
      const answers = models.map((model, k) => answerOf(picture, model, target, k));
      const largest = Math.max(1e-9, ...answers.flatMap((answer) => [...(answer?.values ?? [])].map(Math.abs)));
      rows.forEach((row, k) => {
        setText(row.said, saidText(models[k], answers[k], target, formats));
        setText(row.track.left, answers[k] ? l10n.t('adds to F') : '');
        draw(row.track, picture, answers[k]?.values ?? null, largest, target);
      });
    },
  };
}

type Answer = NonNullable<ReturnType<typeof answerOf>>;

function answerOf(picture: Picture, { seeds: [first] }: ComparedModel, target: string, k: number) {
  const { header, questions, run } = picture;
  const { record } = first;
  if (record === null || record.step === 0 || record.phase === 'preparing') return null;
  const isOwn = record.id === run?.id;
  const moment = `${momentOf(picture)} ${isOwn ? '' : `${record.phase} ${record.phase === 'training' ? '' : record.step}`}`;
  const question = { about: 'attribution', method: 'integrated', target } as const;
  const { value, stale } = questions.about(question, moment, `directions ${k}`, isOwn ? undefined : record.id);
  return value && !stale && value.values.length === header.tokens.length ? value : null;
}

function saidText(
  { name, seeds: [first] }: ComparedModel,
  answer: Answer | null,
  target: string,
  formats: NumberFormats,
): string {
  const { record, config, problem } = first;
  const reads = config.bidirectional ? l10n.t('reads both ways') : l10n.t('reads forward only');
  if (problem !== null) return `${name}, ${reads}: ${problem}`;
  const parts = [`${name}, ${reads}`];
  if (record === null) parts.push(l10n.t('waits for its turn'));
  else if (answer === null) parts.push(l10n.t('computing…'));
  else {
    const chance = answer.likeliest.find(({ text }) => text === target);
    if (chance) parts.push(l10n.t('p of {0}: {1}', quoted(target), shareText(chance.probability)));
    const [best] = answer.likeliest;
    if (best.text !== target)
      parts.push(l10n.t('it predicts {0}, {1}', quoted(best.text), shareText(best.probability)));
    parts.push(l10n.t('F = {0}', gateNumber(answer.logit)));
  }
  return [...parts, ...(record ? accuracyTexts(record, formats) : [])].join(' · ');
}

function accuracyTexts({ scores }: RunRecord, formats: NumberFormats): string[] {
  if (!scores) return [];
  const [accuracy, low, high] = [scores.accuracy, ...scores.interval].map((share) => formats.percent(share));
  return [l10n.t('accuracy {0} ({1} to {2}) on n = {3}', accuracy, low, high, formats.integer(scores.n))];
}

function draw(
  { resize, drawing }: Track,
  { axis, header }: Picture,
  values: ArrayLike<number> | null,
  largest: number,
  target: string,
): void {
  resize(axis, HEIGHT);
  const zero = HEIGHT / 2;
  const bars = columns(axis).flatMap((t) => {
    const value = values?.[t] ?? 0;
    const height = (Math.abs(value) / largest) * (zero - 3);
    const said = l10n.t(
      '{0} adds {1} to the logit of {2}',
      quoted(header.tokens[t].text),
      gateNumber(value),
      quoted(target),
    );
    const place = { x: columnX(axis, t) + 2, width: axis.column - 4, y: value > 0 ? zero - height : zero, height };
    return values
      ? [svg('rect', { class: value > 0 ? 'arrow raises' : 'arrow lowers', ...place }, svg('title', {}, said))]
      : [];
  });
  const strongest = values
    ? columns(axis).reduce((best, t) => (Math.abs(values[t]) > Math.abs(values[best]) ? t : best), axis.first)
    : null;
  const labels =
    strongest === null || !values
      ? []
      : [
          svg(
            'text',
            { class: 'note', x: columnMiddle(axis, axis.first + axis.count - 1) + axis.column, y: zero + 4 },
            `${quoted(header.tokens[strongest].text)} ${gateNumber(values[strongest])}`,
          ),
        ];
  drawing.setAttribute('aria-label', labels[0]?.textContent ?? l10n.t('computing…'));
  const line = svg('path', {
    class: 'grid',
    d: `M${axis.left},${zero + 0.5}H${columnX(axis, axis.first + axis.count)}`,
  });
  drawing.replaceChildren(line, ...bars, ...labels);
}
