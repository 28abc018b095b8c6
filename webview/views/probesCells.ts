// The cells of a table of probes: a strip from 0 to 1 with the accuracy and its interval beside what a guess and the untrained network reach.
import * as l10n from '@vscode/l10n';
import type { ProbeScore } from '../../src/protocol/probes';
import { html, svg } from '../dom';

/** A cell's picture, px: accuracy from 0 to 1. */
const STRIP = { width: 116, height: 18, inset: 6 } as const;

export interface ProbeRow {
  name: string;
  /** By property. */
  scores: readonly { now: ProbeScore; untrained: ProbeScore | null }[];
}

/** Head and body; `majorities` by property. */
export function probeRows(
  heads: readonly { name: string; title: string }[],
  majorities: readonly number[],
  rows: readonly ProbeRow[],
): Element[] {
  const head = heads.map(({ name, title }) => html('th', { scope: 'col', title }, name));
  const body = rows.map(({ name, scores }) =>
    html('tr', {}, html('th', { scope: 'row' }, name), ...scores.map((each, k) => cell(each, majorities[k]))),
  );
  return [html('thead', {}, html('tr', {}, html('td', {}), ...head)), html('tbody', {}, ...body)];
}

function cell({ now, untrained }: ProbeRow['scores'][number], majority: number): Element {
  const title = cellTitle(now, untrained, majority);
  return html('td', { title }, strip(now, untrained, majority), percent(now.accuracy));
}

export const percent = (share: number): string => `${(100 * share).toFixed(share >= 0.995 || share < 0.1 ? 0 : 1)} %`;

function cellTitle(now: ProbeScore, untrained: ProbeScore | null, majority: number): string {
  const told = l10n.t('{0} right (95 %: {1} to {2})', percent(now.accuracy), percent(now.low), percent(now.high));
  const guess = l10n.t('always the most frequent: {0}', percent(majority));
  const before = untrained === null ? [] : [l10n.t('before training: {0}', percent(untrained.accuracy))];
  return [told, ...before, guess].join('\n');
}

function strip(now: ProbeScore, untrained: ProbeScore | null, majority: number): SVGElement {
  const { width, height, inset } = STRIP;
  const x = (share: number): number => inset + share * (width - 2 * inset);
  const y = height / 2;
  const picture = svg('svg', { width, height, class: 'probe-strip', 'aria-hidden': 'true' });
  picture.append(
    svg('path', { class: 'grid', d: `M${x(0)},${y}H${x(1)}` }),
    svg('path', { class: 'probe-guess', d: `M${x(majority)},${y - 6}v12` }),
    ...(untrained ? [svg('circle', { class: 'probe-before', cx: x(untrained.accuracy), cy: y, r: 3.5 })] : []),
    svg('path', { class: 'interval', d: `M${x(now.low)},${y}H${x(now.high)}` }),
    svg('circle', { class: 'probe-now', cx: x(now.accuracy), cy: y, r: 3.5 }),
  );
  return picture;
}
