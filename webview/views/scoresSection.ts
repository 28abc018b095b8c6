// How well a run on a task does on examples that nothing was chosen by: accuracy with its interval against always saying the same, each
// class by itself, and which classes are taken for which.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import { confusedPairs } from '../../src/protocol/confusedPairs';
import type { Scores } from '../../src/protocol/taskRun';
import { classScores } from '../chart/classScores';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { pageOf } from '../selectors';
import { quoted, shareText } from '../shownText';
import type { ShellContext, ShellView } from './shellView';

/** A larger matrix is not read but searched. */
const MOST_CLASSES = 20;
const MOST_PAIRS = 40;

export function createScoresSection({ formats }: ShellContext): ShellView {
  const lead = html('p', { class: 'scores-lead' });
  const made = html('p', { class: 'note scores-lead' });
  const said = html('p', { class: 'note scores-lead', role: 'status' });
  const tables = html('div', { class: 'scores-tables' });
  const element = html(
    'section',
    { class: 'scores', 'aria-label': l10n.t('Scores'), hidden: true },
    html('div', { class: 'section-header' }, html('b', {}, l10n.t('Scores'))),
    ...[lead, made, tables, said],
  );
  const fill = createKeyedContent(tables);
  tables.addEventListener('focusin', (event) => setText(said, (event.target as HTMLElement).title));
  tables.addEventListener('pointerover', (event) => setText(said, (event.target as HTMLElement).title));
  tables.addEventListener('keydown', moveByKey);

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown = pageOf(model) === 'run' && run?.dataset !== undefined;
      setShown(element, shown);
      if (!shown) return;
      setText(
        lead,
        leadText(
          run,
          model.metrics.findLast((metric) => typeof metric.validationAccuracy === 'number'),
        ),
      );
      setText(made, madeText(run));
      const { scores } = run;
      fill(JSON.stringify(scores ?? null), () => (scores?.confusion ? scoreTables(scores, scores.confusion) : []));
    },
  };

  function leadText(
    { scores, dataset }: RunRecord,
    newest: { step: number; validationAccuracy?: number | null } | undefined,
  ): string {
    if (scores) {
      const [low, high] = scores.interval.map((share) => formats.percent(share));
      const { majority } = scores;
      const parts = [
        l10n.t(
          'On {0} held-out predictions that nothing was chosen by: accuracy {1} (95 % between {2} and {3}, Wilson).',
          ...[formats.integer(scores.n), formats.percent(scores.accuracy), low, high],
        ),
        ...(scores.macroF1 === null ? [] : [l10n.t('Macro-F1 {0}.', scores.macroF1.toFixed(3))]),
        ...(scores.perplexity === null
          ? []
          : [l10n.t('Perplexity of hidden tokens {0}.', formats.loss(scores.perplexity))]),
        l10n.t(
          'Always saying {0}, the most frequent, is right in {1}.',
          quoted(majority.label),
          formats.percent(majority.accuracy),
        ),
        l10n.t('Weights of step {0}.', formats.integer(scores.step)),
      ];
      return parts.join(' ');
    }
    const coming = l10n.t(
      'Scores on the {0} examples of the test part come when training ends.',
      formats.integer(dataset?.test ?? 0),
    );
    if (typeof newest?.validationAccuracy !== 'number') return coming;
    const now = l10n.t(
      'Validation accuracy {0} at step {1}.',
      formats.percent(newest.validationAccuracy),
      formats.integer(newest.step),
    );
    return `${now} ${coming}`;
  }

  function madeText({ dataset }: RunRecord): string {
    if (!dataset) return '';
    const { training, validation, test, labels, truncated, incomplete, emptyLines, singletons, unknownShare } = dataset;
    const counted = (count: number, text: (count: string) => string) =>
      count > 0 ? [text(formats.integer(count))] : [];
    return [
      l10n.t(
        '{0} examples are trained on, {1} decide when to stop, {2} are for these scores',
        ...[training, validation, test].map((count) => formats.integer(count)),
      ),
      ...counted(labels.length, (count) => l10n.t('{0} labels', count)),
      ...counted(truncated, (count) => l10n.t('{0} longer than the longest sequence, cut there', count)),
      ...counted(emptyLines, (count) =>
        emptyLines === 1 ? l10n.t('1 empty line skipped') : l10n.t('{0} empty lines skipped', count),
      ),
      ...counted(incomplete, (count) =>
        incomplete === 1
          ? l10n.t('1 line without label or text skipped')
          : l10n.t('{0} lines without label or text skipped', count),
      ),
      ...counted(singletons, (count) =>
        singletons === 1 ? l10n.t('1 label with a single example') : l10n.t('{0} labels with a single example', count),
      ),
      ...(unknownShare > 0 ? [l10n.t('{0} of the held-out tokens are unknown', shareText(unknownShare))] : []),
    ].join(' · ');
  }

  function scoreTables({ labels }: Scores, confusion: number[][]): HTMLElement[] {
    const isLarge = labels.length > MOST_CLASSES;
    return [
      isLarge
        ? holder(l10n.t('Most confused classes'), pairTable(labels, confusion))
        : holder(l10n.t('Confusion matrix'), confusionTable(labels, confusion)),
      holder(l10n.t('Scores by class'), classTable(labels, confusion)),
    ];
  }

  function confusionTable(labels: readonly string[], confusion: number[][]): HTMLTableElement {
    const head = html(
      'tr',
      {},
      html('th', { scope: 'col' }, l10n.t('right ↓ predicted →')),
      ...labels.map((label) => html('th', { scope: 'col' }, label)),
    );
    const rows = confusion.map((row, right) => {
      const n = row.reduce((a, b) => a + b, 0);
      const cells = row.map((count, predicted) => {
        const title = l10n.t(
          '{0} taken for {1}: {2} of {3}',
          ...[quoted(labels[right]), quoted(labels[predicted]), formats.integer(count), formats.integer(n)],
        );
        const first = right === 0 && predicted === 0;
        const kind = right === predicted ? 'hit' : 'missed';
        const cell = html('td', { class: kind, title, tabindex: first ? 0 : -1 }, formats.integer(count));
        cell.style.setProperty('--share', (n > 0 ? count / n : 0).toFixed(3));
        return cell;
      });
      return html('tr', {}, html('th', { scope: 'row' }, labels[right]), ...cells);
    });
    const caption = html('caption', {}, l10n.t('Which classes are taken for which; shaded by the share of the row'));
    return html('table', { class: 'confusion' }, caption, html('thead', {}, head), html('tbody', {}, ...rows));
  }

  /** Of so many classes that a matrix could not be read: the file of the figure holds it. */
  function pairTable(labels: readonly string[], confusion: number[][]): HTMLTableElement {
    const names = [l10n.t('right'), l10n.t('predicted'), l10n.t('examples'), l10n.t('of the class')];
    const rows = confusedPairs(confusion, MOST_PAIRS).map(({ right, predicted, count, of }) => {
      const cells = [labels[predicted], formats.integer(count), `${((100 * count) / of).toFixed(0)} %`];
      const [taken, ...numbers] = cells.map((text) => html('td', {}, text));
      taken.className = 'class-name';
      return html('tr', {}, html('th', { scope: 'row' }, labels[right]), taken, ...numbers);
    });
    const head = html('tr', {}, ...names.map((name) => html('th', { scope: 'col' }, name)));
    const caption = html(
      'caption',
      {},
      l10n.t(
        'Which classes are most often taken for which, of {0}; the saved table has the whole matrix',
        labels.length,
      ),
    );
    return html('table', { class: 'confused' }, caption, html('thead', {}, head), html('tbody', {}, ...rows));
  }

  function classTable(labels: readonly string[], confusion: number[][]): HTMLTableElement {
    const names = [l10n.t('class'), 'n', l10n.t('precision'), l10n.t('recall'), 'F1'];
    const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));
    const rows = classScores(confusion).map(({ n, precision, recall, f1 }, at) => {
      const values = [formats.integer(n), share(precision), share(recall), share(f1)];
      return html('tr', {}, html('th', { scope: 'row' }, labels[at]), ...values.map((value) => html('td', {}, value)));
    });
    const head = html('tr', {}, ...names.map((name) => html('th', { scope: 'col' }, name)));
    const caption = html('caption', {}, l10n.t('Each class by itself'));
    return html('table', { class: 'by-class' }, caption, html('thead', {}, head), html('tbody', {}, ...rows));
  }
}

function holder(label: string, table: HTMLTableElement): HTMLElement {
  return html('div', { class: 'scores-holder', role: 'region', tabindex: 0, 'aria-label': label }, table);
}

/** Arrow keys go from cell to cell of the confusion matrix. */
function moveByKey(event: KeyboardEvent): void {
  const cell = event.target;
  if (!(cell instanceof HTMLTableCellElement) || !cell.closest('.confusion')) return;
  const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const row = cell.parentElement as HTMLTableRowElement;
  if (!move) return;
  event.preventDefault();
  const body = row.parentElement as HTMLTableSectionElement;
  const to = (body.rows[row.sectionRowIndex + move[0]] as HTMLTableRowElement | undefined)?.cells[
    cell.cellIndex + move[1]
  ];
  if (!(to instanceof HTMLTableCellElement) || to.tagName !== 'TD') return;
  cell.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
