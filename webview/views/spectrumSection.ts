// "Spectrum": what W_h could do to a state (eigenvalues, ρ, σ_max), what the steps of this window did to it (singular values of
// ∂h(i)/∂h(j) by lag), and what may be concluded. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import type { QuestionOf } from '../../src/protocol/questions';
import type { BlockSpectrum, JacobianLags } from '../../src/protocol/spectra';
import type { FrameHeader, GateInfo } from '../../src/protocol/traceFrame';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { askedOf, chosenPlace, hasPlaces, placeLabel } from '../networkPlace';
import type { Known } from '../questions';
import { pictureCaption } from '../pictureCaption';
import { besideWidth, isUnfolded, pageOf } from '../selectors';
import { staleStepText, staleText } from '../staleText';
import type { InspectorModel } from '../store';
import { gateTerm } from './gateTerms';
import type { ShellContext, ShellView } from './shellView';
import { drawEigenvalues } from './spectrumEigenvalues';
import { createCapacity } from './spectrumCapacity';
import { createFading } from './spectrumFading';
import { drawLags } from './spectrumLags';
import { boundSentence, gatedSentence, lagSentence, radiusSentence } from './spectrumSentences';
import { spectrumTables } from './spectrumTable';

type Gate = QuestionOf<'spectrum'>['gate'];

/** Singular values drawn by lag. */
const COUNT = 4;
const PADDING = 24;
const GAP = 32;
const WIDEST = 420;

export function createSpectrumSection(context: ShellContext): ShellView {
  const { events, formats, questions } = context;
  const fading = createFading(context);
  const capacity = createCapacity(context);
  const eigenvalues = createCard(l10n.t('Eigenvalues'));
  const lags = createCard(l10n.t('Singular values'));
  const conclusions = createCard(l10n.t('What may be concluded'));
  const gates = html('span', { class: 'segments', role: 'group', 'aria-label': l10n.t('Block of W_h') });
  for (const { element: card } of [eigenvalues, lags]) card.classList.add('with-figure');
  eigenvalues.head.append(gates);
  const tableHolder = html('div', {
    class: 'table-holder',
    tabindex: 0,
    role: 'region',
    'aria-label': l10n.t('Numbers'),
  });
  const tables = html(
    'details',
    { class: 'table-alternative' },
    html('summary', {}, l10n.t('Eigenvalues and singular values as a table')),
    tableHolder,
  );
  const figure = html('p', { class: 'figure-note' });
  const cards = html('div', { class: 'spectrum-cards' }, eigenvalues.element, lags.element, conclusions.element);
  const note = html(
    'span',
    { class: 'section-note' },
    l10n.t('what W_h could do to a state, and what these steps did to it'),
  );
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Spectrum')), note),
    cards,
    figure,
    tables,
    fading.element,
    capacity.element,
  );
  const element = html('section', { class: 'spectrum', 'aria-label': l10n.t('Spectrum') }, details);
  const fillGates = createKeyedContent(gates);
  const fillTables = createTables(tableHolder);
  let open = false;
  let last: InspectorModel | null = null;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose('spectrum.open', open);
  });
  tables.addEventListener('toggle', () => last && update(last));

  function update(model: InspectorModel): void {
    last = model;
    const header = model.frame?.header ?? null;
    const blocks = header?.gates.filter(hasBlock) ?? [];
    const shown = pageOf(model) === 'run' && header !== null && blocks.length > 0;
    setShown(element, shown);
    if (!shown) return;
    const run = model.host?.run ?? null;
    const wanted = isUnfolded(model, 'spectrum.open');
    if (wanted !== open) details.open = open = wanted;
    if (!details.open) return;
    fading.update(model);
    capacity.update(model);
    const gate = chosenGate(model, blocks);
    fillGates(`${blocks.map(({ key }) => key).join()} ${gate.key}`, () =>
      blocks.length < 2 ? [] : blocks.map((block) => gateButton(block, block.key === gate.key)),
    );
    const { runId, step, tokens } = header;
    const place = chosenPlace(model.sections, header);
    const asked = askedOf(header, place);
    const spectrum = questions.about({ about: 'spectrum', gate: gate.key as Gate, ...asked }, `${runId} ${step}`);
    const moment = `${runId} ${step} ${tokens[0]?.start} ${tokens.length} ${header.documentVersion}`;
    const jacobians = questions.about({ about: 'jacobians', count: COUNT, ...asked }, moment);
    const width = cardWidth(besideWidth(model));
    cards.style.setProperty('--gs-card', `${width}px`);
    setText(figure, run === null ? '' : pictureCaption({ run, header, place }, formats));
    const block = blockName(gate);
    const at = hasPlaces(header) ? ` · ${placeLabel(place, header)}` : '';
    setText(eigenvalues.note, l10n.t('of {0}, {1}', block, gateTerm(gate.name)) + at);
    setText(lags.note, l10n.t('of ∂h(i)/∂h(j) by lag') + at);
    const drawn = `${width} ${formats.integer(step)} ${header.cell}`;
    eigenvalues.show(spectrum, drawn, (value) => [
      drawEigenvalues(value, block, width),
      eigenvalueCaption(value, block),
    ]);
    const gain =
      spectrum.value && header.cell === 'vanilla' ? spectrum.value.slope * spectrum.value.singularValues[0] : null;
    lags.show(jacobians, drawn, (value) => [drawLags(value, width, gain), lagCaption(value)]);
    const found = { ...spectrum, stale: spectrum.stale || jacobians.stale };
    const draw = (value: BlockSpectrum): HTMLElement[] => conclusionTexts(header, value, jacobians.value);
    conclusions.show(found, drawn, draw, jacobians.value);
    for (const { card, known } of [
      { card: eigenvalues, known: spectrum },
      { card: lags, known: jacobians },
      { card: conclusions, known: found },
    ])
      setText(card.state, stateText(known, step, formats.integer.bind(formats)));
    if (tables.open) fillTables(spectrum.value, block, jacobians.value);
  }

  function gateButton({ key, symbol, name }: GateInfo, pressed: boolean): HTMLElement {
    const button = html(
      'button',
      { type: 'button', 'data-gate': key, 'aria-pressed': String(pressed), title: gateTerm(name) },
      symbol,
    );
    button.addEventListener('click', () => events.choose('spectrum.gate', key));
    return button;
  }

  return { element, update };
}

/** Only gates that multiply the past state by weights of their own. */
const hasBlock = ({ equation }: GateInfo): boolean => equation.includes('W_');

/** The block as the equations write it: W_f, and W_h of a vanilla cell. */
const blockName = ({ equation }: GateInfo): string => /W_\S/.exec(equation)?.[0] ?? 'W_h';

/** The candidate unless another one was chosen: it is what writes into the state. */
function chosenGate({ sections }: InspectorModel, blocks: readonly GateInfo[]): GateInfo {
  const chosen = blocks.find(({ key }) => key === sections['spectrum.gate']);
  return chosen ?? blocks.find(({ key }) => key === 'g') ?? blocks[0];
}

function cardWidth(width: number): number {
  const columns = width >= 900 ? 3 : width >= 680 ? 2 : 1;
  return Math.min(WIDEST, Math.floor((width - PADDING - GAP * (columns - 1)) / columns));
}

const stateText = (known: Known<unknown>, step: number, integer: (value: number) => string): string => {
  if (known.problem !== null) return known.problem;
  if (known.value === null) return l10n.t('computing…');
  if (known.stale && known.step !== step)
    return staleStepText(known.everySeconds, integer(known.step ?? 0), integer(step));
  return known.stale ? staleText(known.everySeconds) : l10n.t('step {0}', integer(step));
};

function eigenvalueCaption({ real, imaginary }: BlockSpectrum, block: string): HTMLElement {
  const outside = Array.from(real).filter((re, k) => Math.hypot(re, imaginary[k]) > 1).length;
  const said =
    outside === 0
      ? l10n.t('None of the {0} eigenvalues of {1} lies outside |λ| = 1.', real.length, block)
      : outside === 1
        ? l10n.t('1 of the {0} eigenvalues of {1} lies outside |λ| = 1 (diamond).', real.length, block)
        : l10n.t('{0} of the {1} eigenvalues of {2} lie outside |λ| = 1 (diamonds).', outside, real.length, block);
  return html('p', {}, said.replace('|λ| = 1', '|λ|\u00a0=\u00a01'));
}

function lagCaption(value: JacobianLags): HTMLElement {
  const measured = l10n.t(
    'Medians over {0} positions of this window, band: the middle 80 % of σ₁. What is float32 rounding beside σ₁ is left out.',
    value.positions.length,
  );
  return html('p', {}, measured);
}

function conclusionTexts({ cell }: FrameHeader, spectrum: BlockSpectrum, lags: JacobianLags | null): HTMLElement[] {
  const said = [cell === 'vanilla' ? boundSentence(spectrum) : gatedSentence(cell), radiusSentence(spectrum)];
  if (lags !== null) said.push(l10n.t('Measured here: {0}', lagSentence(lags)));
  return said.map((text) => html('p', {}, text));
}

interface Card {
  element: HTMLElement;
  head: HTMLElement;
  note: HTMLElement;
  state: HTMLElement;
  /** Redraws when the answer, `drawn` or `beside`, another answer that is told of, has changed; dims what is out of date. */
  show<Value>(known: Known<Value>, drawn: string, draw: (value: Value) => (Node | string)[], beside?: unknown): void;
}

function createCard(title: string): Card {
  const note = html('span', { class: 'section-note' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const head = html('div', { class: 'card-head' }, html('h3', {}, title), note);
  const content = html('div', { class: 'card-content' });
  let shown: { value: unknown; drawn: string; beside: unknown } = { value: null, drawn: '', beside: null };
  return {
    element: html('div', { class: 'spectrum-card' }, head, content, state),
    ...{ head, note, state },
    show(known, drawn, draw, beside = null) {
      content.classList.toggle('stale', known.stale && known.value !== null);
      if (shown.value === known.value && shown.drawn === drawn && shown.beside === beside) return;
      shown = { value: known.value, drawn, beside };
      content.replaceChildren(...(known.value === null ? [] : draw(known.value)));
    },
  };
}

/** Tables are built anew only for other numbers. */
function createTables(holder: HTMLElement) {
  let shown: readonly unknown[] = [];
  return (spectrum: BlockSpectrum | null, block: string, lags: JacobianLags | null): void => {
    const values = [spectrum, block, lags];
    if (values.every((value, k) => value === shown[k])) return;
    shown = values;
    holder.replaceChildren(...spectrumTables(spectrum, block, lags));
  };
}
