// What is drawn of agreement: log-odds against attractors in between, and how often a model is right on a set, by attractors.
import * as l10n from '@vscode/l10n';
import { FEW_ITEMS, type AgreementCell, type AgreementRung, type AgreementSetAnswer } from '../src/protocol/agreement';
import type { ScoredProbe } from './agreementProbe';
import type { ClassCurve, ClassValue } from './chart/intervalChart';
import { scientific } from './shownText';

/** "12.3 %", "4.1×10⁻⁶" of a probability given as its logarithm. */
export function probabilityText(logarithm: number): string {
  const probability = Math.exp(logarithm);
  return probability >= 0.001
    ? `${(100 * probability).toFixed(probability >= 0.1 ? 1 : 2)} %`
    : scientific(probability);
}

/** "+1.23", "−0.40" nats. */
export const signedText = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

export const oddsOf = ({ logProbabilities: [first, second] }: AgreementRung): number => first - second;

/** Of one model also the curve of phrases in the subject's own number under its name; of several, a thin one beside each. */
export function ladderCurves(probes: readonly ScoredProbe[]): ClassCurve[] {
  const several = probes.length > 1;
  return probes.flatMap(({ name, index, pair: { ladder }, words }) => {
    const isGenerated = ladder.kind === 'generated';
    const values = (rungs: readonly AgreementRung[]): ClassValue[] =>
      rungs.map((rung, at) => ({
        ...{ at, value: oddsOf(rung), low: null, high: null, few: false },
        said: [
          ...(several ? [name] : []),
          `“${rung.prefix}”`,
          ...words.map((word, which) => `P(${word}) = ${probabilityText(rung.logProbabilities[which])}`),
          l10n.t('ln odds {0}', signedText(oddsOf(rung))),
          ...(rung.unknown.length > 0 ? [l10n.t('unknown: {0}', rung.unknown.join(', '))] : []),
        ].join('\n'),
      }));
    const own: ClassCurve = {
      ...{ name: several ? name : isGenerated ? l10n.t('attractors') : '', index, isNull: false },
      values: values(ladder.rungs),
    };
    if (ladder.control.length === 0) return [own];
    const control = several ? { name: '', index } : { name: l10n.t('same number'), index: 1 };
    return [own, { ...control, isNull: true, values: values(ladder.control) }];
  });
}

export interface ScoredModel {
  name: string;
  value: AgreementSetAnswer;
}

/** Numbers of attractors that any model was scored with, ascending; null for pairs, which say none. */
export function attractorClasses(models: readonly ScoredModel[]): (number | null)[] {
  const all = new Set(models.flatMap(({ value }) => value.all.map(({ attractors }) => attractors)));
  return [...all].sort((a, b) => (a ?? 0) - (b ?? 0));
}

/** Of one model also the strict curve; of several, one curve each. */
export function setCurves(models: readonly ScoredModel[]): ClassCurve[] {
  const classes = attractorClasses(models);
  const values = (name: string, cells: readonly AgreementCell[]): ClassValue[] =>
    cells.flatMap((cell) => {
      const at = classes.indexOf(cell.attractors);
      return at < 0 || cell.n === 0 ? [] : [cellValue(name, cell, at)];
    });
  const curves: ClassCurve[] = models.map(({ name, value }, index) => ({
    ...{ name: models.length === 1 ? l10n.t('all items') : name, index, isNull: false },
    values: values(name, value.all),
  }));
  const [{ value }] = models;
  if (models.length === 1 && value.strict.length > 0) {
    const name = l10n.t('attractors only');
    curves.push({ name, index: 1, isNull: true, values: values(name, value.strict) });
  }
  const majority = value.all.flatMap(({ attractors, majority: share, n }): ClassValue[] =>
    share === null
      ? []
      : [
          {
            ...{ at: classes.indexOf(attractors), value: share, low: null, high: null, few: n < FEW_ITEMS },
            said: l10n.t('always the more frequent number: {0}', percent(share)),
          },
        ],
  );
  if (majority.length > 0) curves.push({ name: l10n.t('majority'), index: 3, isNull: true, values: majority });
  return curves;
}

function cellValue(name: string, { attractors, n, accuracy, low, high }: AgreementCell, at: number): ClassValue {
  const few = n < FEW_ITEMS;
  const said = [
    attractors === null ? name : l10n.t('{0}, attractors: {1}', name, attractors),
    l10n.t('{0} right (95 %: {1}–{2})', percent(accuracy), percent(low), percent(high)),
    few ? l10n.t('n = {0}: too few to lean on', n) : `n = ${n}`,
  ].join('\n');
  return { at, value: accuracy, low, high, few, said };
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
