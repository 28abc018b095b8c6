// The line over the syntactic arcs: shown or not, which reading of the sentence at the cursor, and how the arcs are drawn.
import * as l10n from '@vscode/l10n';
import { brokenList, brokenText } from '../brokenSentences';
import { createLinkButton } from '../controls/button';
import { createKeyedContent, html, setShown, setText } from '../dom';
import type { WantedTrees } from '../../src/protocol/syntax';
import type { Picture, ViewEvents } from '../picture';
import {
  AGREEMENT,
  BELOW,
  FUNCTION_HEADS,
  isBelow,
  POINTS_TO_HEAD,
  READING,
  readingChoice,
  showsAgreement,
  SYNTAX_OPEN,
  TABLE,
  TREES,
  wantedTrees,
  type SyntaxMeasures,
} from '../syntaxMeasures';
import { ambiguityText, ambiguityTitle, beginningText, missingText, probabilityText } from '../syntaxSentences';

export interface SyntaxHeader {
  readonly element: HTMLElement;
  /** `measures` is null while the section is closed. */
  update(picture: Picture, measures: SyntaxMeasures | null): void;
  /** Offers the readings of the sentence that begins at this offset, until the focus goes to another one. */
  offer(start: number): void;
}

interface Toggle {
  readonly label: HTMLElement;
  readonly box: HTMLInputElement;
}

export function createSyntaxHeader(events: ViewEvents): SyntaxHeader {
  const toggle = (name: string, label: Node | string, title: string): Toggle => {
    const box = html('input', { type: 'checkbox' });
    box.addEventListener('change', () => events.choose(name, box.checked));
    return { box, label: html('label', { class: 'toggle', title }, box, label) };
  };
  const choice = (name: string, label: string, options: [value: string, text: string][]): HTMLSelectElement => {
    const select = html(
      'select',
      { class: 'syntax-choice', 'aria-label': label },
      ...options.map(([value, text]) => html('option', { value }, text)),
    );
    select.addEventListener('change', () =>
      events.choose(name, name === POINTS_TO_HEAD ? select.value === 'head' : select.value),
    );
    return select;
  };
  const open = toggle(
    SYNTAX_OPEN,
    html('b', {}, l10n.t('Syntax')),
    l10n.t('Which word depends on which, as arcs over the text (Universal Dependencies)'),
  );
  const closedNote = html('span', { class: 'note' }, l10n.t('which word depends on which'));
  const readings = html('span', {
    class: 'segments syntax-readings',
    role: 'group',
    'aria-label': l10n.t('Readings of the sentence'),
  });
  const which = html('select', {
    class: 'syntax-choice syntax-which',
    'aria-label': l10n.t('Sentence with two readings'),
    title: l10n.t('Sentences in sight with two readings; Space among the arcs switches too'),
  });
  const ambiguity = html('span', { class: 'syntax-ambiguity', title: ambiguityTitle() });
  const direction = choice(POINTS_TO_HEAD, l10n.t('Arrows point to'), [
    ['dependent', l10n.t('head → dependent')],
    ['head', l10n.t('dependent → head')],
  ]);
  direction.title = l10n.t(
    'Linguists draw arrows from the head to what depends on it: study → Scientists. Some lectures say it the other way round; then the arrowheads turn, the tree is the same.',
  );
  const turned = toggle(
    FUNCTION_HEADS,
    l10n.t('function words as heads'),
    l10n.t(
      'Universal Dependencies hang function words on content words. Here prepositions, articles, copulas, helping verbs and clause markers become the heads of what they stand with.',
    ),
  );
  const agreement = toggle(
    AGREEMENT,
    html('span', {}, html('i', { class: 'syntax-swatch' }), l10n.t('gradient')),
    l10n.t('Colours arcs that the network’s gradient follows'),
  );
  const trees = choice(TREES, l10n.t('Trees'), [
    ['imported', l10n.t('imported trees')],
    ['parser', l10n.t('parser’s trees')],
  ]);
  const below = toggle(
    BELOW,
    l10n.t('below'),
    l10n.t(
      'Arcs under the text, as a mirror of the influence arrows: where network and grammar agree, the same two words are joined over and under the text.',
    ),
  );
  const table = toggle(TABLE, l10n.t('table'), l10n.t('The arcs as a table'));
  const importing = createLinkButton(l10n.t('Import trees…'), () => events.act('importTrees'));
  importing.title = l10n.t('A CoNLL-U file whose trees are shown in place of the parser’s');
  let shown: WantedTrees = 'imported';
  let seconds: number[] = [];
  const saving = createLinkButton(l10n.t('Save as CoNLL-U…'), () => events.saveParses(shown, seconds));
  const status = html('span', { class: 'note', role: 'status' });
  const missing = html('span', { class: 'syntax-missing' });
  const first = html(
    'span',
    { class: 'syntax-line' },
    open.label,
    closedNote,
    which,
    readings,
    ambiguity,
    missing,
    status,
  );
  const tools = html(
    'span',
    { class: 'syntax-line syntax-tools' },
    ...[direction, turned.label, agreement.label, below.label, table.label, trees, importing, saving],
  );
  const fillReadings = createKeyedContent(readings);
  const fillWhich = createKeyedContent(which);
  /** The sentence whose readings are offered though the focus may be in another one, and where the focus was then. */
  let offered: { start: number; focused: number | undefined } | null = null;
  let latest: { picture: Picture; measures: SyntaxMeasures } | null = null;
  const offer = (start: number): void => {
    offered = { start, focused: latest?.measures.atFocus?.sentence.start };
    if (latest) updateReadings(latest.measures);
  };
  which.addEventListener('change', () => offer(Number(which.value)));
  const updateReadings = (measures: SyntaxMeasures): void => {
    const { ambiguous, atFocus } = measures;
    if (offered?.focused !== atFocus?.sentence.start) offered = null;
    const at = offered?.start ?? atFocus?.sentence.start ?? 0;
    const near = ambiguous.find(({ sentence }) => sentence.start >= at) ?? ambiguous.at(-1) ?? null;
    const both = near?.sentence ?? null;
    setShown(which, ambiguous.length > 1);
    fillWhich(ambiguous.map(({ sentence }) => sentence.start).join(), () =>
      ambiguous.map(({ sentence }) => html('option', { value: sentence.start }, beginningText(sentence))),
    );
    which.value = String(both?.start);
    setShown(readings, both !== null);
    setText(ambiguity, both ? ambiguityText(both) : '');
    const probabilities = (both?.readings ?? []).map(({ probability }) => probabilityText(probability ?? 0));
    fillReadings(`${both?.start} ${probabilities.join()}`, () =>
      probabilities.map((probability, k) => {
        const name = l10n.t('Reading {0} of {1} · {2}', k + 1, probabilities.length, probability);
        const title = l10n.t(
          'Probability of the whole tree among all trees of the sentence; trees that differ in punctuation alone count as one',
        );
        const button = html('button', { type: 'button', title }, name);
        button.addEventListener('click', () => {
          if (both && latest) events.choose(READING, readingChoice(latest.picture, both, k));
        });
        return button;
      }),
    );
    [...readings.children].forEach((button, k) => button.setAttribute('aria-pressed', String(k === near?.reading)));
  };

  return {
    element: html('div', { class: 'section-header syntax-header off-axis' }, first, tools),
    update(picture, measures) {
      const { sections } = picture;
      open.box.checked = measures !== null;
      setShown(closedNote, measures === null);
      setShown(tools, measures !== null);
      for (const shown of [which, readings, ambiguity, missing, status]) setShown(shown, measures !== null);
      latest = measures && { picture, measures };
      if (measures === null) return;
      direction.value = sections[POINTS_TO_HEAD] === true ? 'head' : 'dependent';
      turned.box.checked = sections[FUNCTION_HEADS] === true;
      agreement.box.checked = sections[AGREEMENT] !== false;
      below.box.checked = isBelow(picture);
      table.box.checked = sections[TABLE] === true;
      trees.value = shown = wantedTrees(picture);
      seconds = measures.sentences.filter(({ reading }) => reading === 1).map(({ sentence }) => sentence.start);
      const { answer, problem, stale } = measures;
      setShown(trees, (answer?.imported ?? null) !== null);
      const hasArcs = measures.sentences.some(({ arcs }) => arcs.length > 0);
      setShown(saving, hasArcs);
      for (const tool of [direction, turned.label, below.label, table.label])
        setShown(tool, hasArcs || answer === null);
      setShown(
        agreement.label,
        (hasArcs || answer === null) && showsAgreement({ header: picture.header, sections: {} }),
      );
      const broken = answer?.broken ?? [];
      setText(missing, answer ? brokenText(broken) || missingText(answer) : '');
      missing.title = brokenList(broken);
      setText(status, problem ?? (stale ? (answer ? l10n.t('stale, computing…') : l10n.t('computing…')) : ''));
      updateReadings(measures);
    },
    offer,
  };
}
