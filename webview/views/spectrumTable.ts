// The numbers of the spectrum section as tables: every eigenvalue and singular value, and the singular values by lag, at full precision.
import * as l10n from '@vscode/l10n';
import type { BlockSpectrum, JacobianLags } from '../../src/protocol/spectra';
import { html } from '../dom';

/** A table under a caption; the first column names the row. */
function table(caption: string, head: string[], rows: (string | number)[][]): HTMLElement {
  return html(
    'table',
    {},
    html('caption', {}, caption),
    html('thead', {}, html('tr', {}, ...head.map((name) => html('th', { scope: 'col' }, name)))),
    html(
      'tbody',
      {},
      ...rows.map(([name, ...cells]) =>
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, String(name)),
          ...cells.map((cell) => html('td', {}, String(cell))),
        ),
      ),
    ),
  );
}

export function spectrumTables(
  spectrum: BlockSpectrum | null,
  block: string,
  lags: JacobianLags | null,
): HTMLElement[] {
  const tables: HTMLElement[] = [];
  if (spectrum !== null) {
    const { real, imaginary, singularValues } = spectrum;
    const rows = Array.from(real, (re, k) => [
      k + 1,
      ...[re, imaginary[k], Math.hypot(re, imaginary[k]), singularValues[k]].map((value) => value.toPrecision(9)),
    ]);
    tables.push(table(block, ['k', 'Re λ', 'Im λ', '|λ|', 'σ'], rows));
  }
  if (lags !== null) {
    const count = lags.curves[0]?.values.length ?? 0;
    const names = Array.from({ length: count }, (_, k) => [
      `σ${k + 1} 10 %`,
      `σ${k + 1} 50 %`,
      `σ${k + 1} 90 %`,
    ]).flat();
    const rows = lags.curves.map(({ lag, values }) => [
      lag,
      ...values.flatMap((value) =>
        value ? [value.low, value.median, value.high].map((power) => (10 ** power).toPrecision(6)) : ['', '', ''],
      ),
    ]);
    tables.push(table('∂h(i)/∂h(j)', [l10n.t('lag'), ...names], rows));
  }
  return tables;
}
