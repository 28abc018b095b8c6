// "Model", at the foot of a run: one line that says what the network is; unfolded, its equations, shape, training, engine and parameters.
import * as l10n from '@vscode/l10n';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { createKeyedContent, html, setShown, setText } from '../dom';
import { modelDigest, modelFacts, type Fact, type FactGroup } from '../modelFacts';
import { pageOf } from '../selectors';
import { gateTerm } from './gateTerms';
import type { ShellContext, ShellView } from './shellView';
import { createWeightTable } from './weightTable';

/** The section; whether it is unfolded is one of the choices that outlive the page. */
export function createModelSection(context: ShellContext): ShellView {
  const { events, formats } = context;
  const digest = html('span', { class: 'section-note' });
  const content = html('div', { class: 'model-groups' });
  const weights = createWeightTable(context);
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Model')), digest),
    content,
    weights.element,
  );
  const element = html('section', { class: 'model', 'aria-label': l10n.t('Model') }, details);
  const fill = createKeyedContent(content);
  // What the model was told last: where the element differs, a person has just folded or unfolded it, which stands.
  let open = false;
  let unfoldedHere = false;
  details.addEventListener('toggle', () => {
    unfoldedHere = details.open && !open;
    open = details.open;
    events.modelOpen(open);
  });

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown = run !== null && run.parameters > 0 && pageOf(model) === 'run';
      setShown(element, shown);
      if (!shown) return;
      if (model.modelOpen !== open) details.open = open = model.modelOpen;
      setText(digest, modelDigest(run, formats));
      if (!details.open) return;
      const gates = model.frame?.header.gates ?? [];
      const groups = modelFacts(run, formats);
      fill(JSON.stringify([gates, groups]), () => [
        ...(gates.length > 0 ? [cellGroup(gates)] : []),
        ...groups.map(factGroup),
      ]);
      weights.update(model);
      // The section is the last on the page: what unfolds would lie under its lower edge.
      if (unfoldedHere) requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }));
      unfoldedHere = false;
    },
  };
}

/** The cell's equations in the order in which its pictures stand, each beside its symbol and name. */
function cellGroup(gates: readonly GateInfo[]): HTMLElement {
  const list = html(
    'dl',
    {},
    ...gates.flatMap(({ key, symbol, name, equation }) => [
      html('dt', {}, html('span', { class: 'gate-symbol', 'data-gate': key }, symbol), ` ${gateTerm(name)}`),
      html('dd', {}, html('code', {}, equation)),
    ]),
  );
  const blocks = gates.some(({ equation }) => equation.includes('U_'));
  const note = blocks
    ? l10n.t('W_· are the blocks of W_h, U_· those of W_x · σ logistic function · ∘ element by element')
    : l10n.t('W_h recurrent weights, W_x input weights, b bias');
  return html('div', { class: 'model-group cell' }, html('h3', {}, l10n.t('Cell')), list, html('p', {}, note));
}

function factGroup({ title, facts }: FactGroup): HTMLElement {
  return html('div', { class: 'model-group' }, html('h3', {}, title), html('dl', {}, ...facts.flatMap(factRow)));
}

function factRow({ name, code, value, note }: Fact): HTMLElement[] {
  const said = html('dd', {});
  if (code !== undefined) said.append(html('code', {}, code), ' ');
  if (value !== undefined) said.append(value, ' ');
  if (note !== undefined) said.append(html('span', { class: 'section-note' }, `· ${note}`));
  return [html('dt', {}, name), said];
}
