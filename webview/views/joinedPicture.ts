// The chart of the gradient along arcs, and the sentences under it.
import * as l10n from '@vscode/l10n';
import type { JoinedAnswer } from '../../src/protocol/joined';
import { intervalChart, ratioScale } from '../chart/intervalChart';
import { distanceNames, joinedCurves, orderName, type JoinedChoice } from '../joinedCurves';
import type { JoinedModel } from '../joinedMeasures';
import type { NumberFormats } from '../numberFormats';
import { beginningTexts, modelName } from '../runText';
import { scientific } from '../shownText';
import { measureStrong } from '../textMeasure';
import { drawIntervals } from './intervalPicture';
import { joinedSentences, sampleText } from './joinedWords';

const HEIGHT = 300;

/** A model that has answered. */
export type MeasuredModel = Pick<JoinedModel, 'name' | 'index' | 'record'> & {
  value: JoinedAnswer;
  /** Training step of the weights. */
  step: number | null;
};

export function drawJoined(
  measured: readonly MeasuredModel[],
  choice: JoinedChoice,
  width: number,
  formats: NumberFormats,
): SVGSVGElement {
  const curves = joinedCurves(measured, choice);
  const isRatio = choice.shown !== 'norm';
  const scale = ratioScale(
    curves.flatMap(({ values }) => values),
    isRatio ? 1 : null,
  );
  const names = distanceNames();
  const size = { width, height: HEIGHT, hasCounts: true };
  const chart = intervalChart(curves, names.length, scale, size, measureStrong);
  const order = measured.length > 1 ? choice.order : 'both';
  const counted = measured[0].value.curves.find((one) => one.order === order && one.asked === choice.asked);
  return drawIntervals(chart, scale, size, {
    label: joinedSentences(measured, choice).join(' '),
    classes: names,
    counts: names.map((_, at) => (counted ? `${at === 0 ? 'n ' : ''}${formats.integer(counted.points[at].n)}` : '')),
    axis: l10n.t('distance in words, neighbours 1; below it arcs of {0}, {1}', measured[0].name, orderName(order)),
    tick: tickText,
    reference: isRatio ? { value: 1, text: l10n.t('as without an arc') } : null,
  });
}

/** What the marks mean, and what they are of. */
export function joinedNote(
  measured: readonly MeasuredModel[],
  { shown, asked }: JoinedChoice,
  formats: NumberFormats,
): string {
  const whose =
    asked === 'later'
      ? l10n.t('J: loss of the later word, x: embeddings of the earlier one.')
      : l10n.t('J: loss of the earlier word, x: embeddings of the later one.');
  return [
    shown === 'norm'
      ? l10n.t(
          'Filled: geometric mean of ‖∂J/∂x‖ at arcs; thin: at pairs of words without an arc, matched by distance and part of speech.',
        )
      : l10n.t(
          'Arcs over pairs of words without an arc, matched by distance and part of speech; bars: 95 %, sentences drawn anew.',
        ),
    whose,
    l10n.t('Pale: fewer than 30 arcs.'),
    ...(measured.some(({ value }) => value.unit === 'characters')
      ? [l10n.t('A word’s characters count together: the norm of all their gradients.')]
      : []),
    ...(measured.length > 1 ? [l10n.t('Of every model the first run, one seed.')] : []),
    samplesText(measured, formats),
  ].join(' ');
}

/** Models with the same sample share its sentence. */
function samplesText(measured: readonly MeasuredModel[], formats: NumberFormats): string {
  const samples = new Map<string, string[]>();
  for (const { record, value, step } of measured) {
    const own = [modelName(record.config), ...beginningTexts(record, formats)];
    own.push(l10n.t('step {0}', formats.integer(step ?? record.step)));
    const sample = sampleText(value, formats);
    samples.set(sample, [...(samples.get(sample) ?? []), own.join(' · ')]);
  }
  return [...samples].map(([sample, models]) => `${models.join(' | ')}: ${sample}.`).join(' ');
}

/** "1.5", "2", "10⁻⁴". */
const tickText = (value: number): string =>
  value >= 0.001 && value < 10_000 ? String(value) : scientific(value).replace('1.0×', '');
