// The inspector's entry: connects the host, the store and the page.
import * as l10n from '@vscode/l10n';
import { placeSuffix } from '../src/protocol/layerPlace';
import { Connection } from './connection';
import { registerControls } from './controls/designSystem';
import { createFigureMenus } from './export/figureMenus';
import { zoomOf } from './geometry/axisZoom';
import { columnsThatFit } from './geometry/timeAxis';
import { NumberFormats } from './numberFormats';
import type { Picture } from './picture';
import { createPictureOf, withUnit } from './pictureOf';
import { CURSOR_PATIENCE, receive } from './receive';
import { Questions } from './questions';
import { Resizing } from './resizing';
import { drawnUnitOf } from './selectors';
import { SAVED_CHOICES_VERSION, restoreChoices, type SectionChoice } from './savedChoices';
import { Store, initialModel, onlyWentOn, type InspectorModel, type PageSize } from './store';
import { readTheme } from './theme';
import { createPage } from './views/page';
import { createTimeZone } from './views/timeZone';

const RESIZE_DELAY = 120;
const SAVE_DELAY = 250;

function start(root: HTMLElement): void {
  if (root.dataset.bundle) l10n.config({ contents: root.dataset.bundle });
  const language = root.dataset.language ?? 'en';
  document.documentElement.lang = language;
  registerControls();

  const connection = new Connection();
  const choices = restoreChoices(connection.savedState());
  const sizeNow = (): PageSize => ({ width: root.clientWidth, panelWidth: window.innerWidth });
  let theme = readTheme();
  let unacknowledged: number | null = null;
  let hovered = 'null';
  let singledOut = '';
  let scrollTo: number | null = choices.scroll;

  const questions = new Questions(
    (message) => connection.post(message),
    () => store.redraw(),
  );
  const choose = (name: string, value: SectionChoice): void =>
    store.update((model) => ({ ...model, sections: { ...model.sections, [name]: value } }));
  const pictureOf = createPictureOf(questions);
  const timeZone = createTimeZone({
    act: (action) => connection.act(action),
    saveParses: (trees, seconds) => connection.post({ kind: 'action', action: 'saveParses', trees, seconds }),
    focus: (t) => moveFocus(t, false),
    reveal: (t) => moveFocus(t, true),
    hover: (t) => {
      store.update((model) => (model.hover === t ? model : { ...model, hover: t }));
      reportHover(t);
    },
    unit: (unit) => store.update((model) => withUnit(model, unit)),
    topArrows: (topArrows) => store.update((model) => ({ ...model, topArrows })),
    relativeGradient: (relativeGradient) => store.update((model) => ({ ...model, relativeGradient })),
    choose,
  });
  const formats = new NumberFormats(language);
  const figureMenus = createFigureMenus(root, (message) => connection.post(message));
  const page = createPage(
    root,
    {
      formats,
      questions,
      events: {
        act: (action, value) => connection.act(action, value),
        lossUnit: (lossUnit) => store.update((model) => ({ ...model, lossUnit })),
        temperature: (temperature) => store.update((model) => ({ ...model, temperature })),
        lookAt,
        modelOpen: (modelOpen) => store.update((model) => ({ ...model, modelOpen })),
        chooseAnnotations: () => connection.post({ kind: 'chooseAnnotations' }),
        choose,
      },
    },
    timeZone,
  );
  const store = new Store(initialModel(choices, sizeNow()), draw);

  let drawn: InspectorModel | null = null;
  function draw(model: InspectorModel, anew: boolean): void {
    const before = anew ? null : drawn;
    drawn = model;
    questions.training = model.host?.run?.phase === 'training' && model.snapshot === null;
    page.update(model);
    if (before !== null && onlyWentOn(before, model)) return;
    const picture = pictureOf(model, theme);
    if (picture !== null) timeZone.update(picture);
    if (picture !== null) root.dataset.drawn = drawnPlace(picture);
    if (picture !== null) reportUnit(picture);
    figureMenus.update({ model, picture, formats });
    if (picture !== null && scrollTo !== null) {
      window.scrollTo(0, scrollTo);
      scrollTo = null;
    }
    if (unacknowledged !== null) connection.post({ kind: 'ack', sequence: unacknowledged });
    unacknowledged = null;
    askForColumns(model);
    saveSoon();
  }

  function lookAt(snapshot: number | null): void {
    const unconfirmedSnapshots = store.model.unconfirmedSnapshots + 1;
    store.update((model) => ({ ...model, snapshot, unconfirmedSnapshots }));
    connection.post({ kind: 'snapshot', step: snapshot });
  }

  function moveFocus(t: number, focusEditor: boolean): void {
    const token = store.model.frame?.header.tokens[t];
    if (token === undefined) return;
    const inDocument = store.model.frame?.header.origin === 'document';
    const awaitedCursor = inDocument ? { offset: token.end, until: performance.now() + CURSOR_PATIENCE } : null;
    store.update((model) => ({ ...model, cursor: token.end, awaitedCursor }));
    if (inDocument) connection.post({ kind: 'reveal', start: token.start, end: token.end, focusEditor });
  }

  function reportUnit({ unit, place }: Picture): void {
    const message = { kind: 'unit', unit, suffix: placeSuffix(place) } as const;
    const key = JSON.stringify(message);
    if (key !== singledOut) connection.post(message);
    singledOut = key;
  }

  function reportHover(t: number | null): void {
    const header = store.model.frame?.header;
    const token = t === null || header?.origin !== 'document' ? undefined : header.tokens[t];
    const range = token ? { start: token.start, end: token.end } : null;
    const key = JSON.stringify(range);
    if (key === hovered) return;
    hovered = key;
    connection.post({ kind: 'hover', range });
  }

  let columns = 0;
  let columnsTimer = 0;
  function askForColumns(model: InspectorModel): void {
    const fit = Math.max(
      1,
      Math.min(512, columnsThatFit(model.panelWidth, drawnUnitOf(model), zoomOf(model.sections))),
    );
    if (fit === columns) return;
    const first = columns === 0;
    columns = fit;
    window.clearTimeout(columnsTimer);
    columnsTimer = window.setTimeout(() => connection.post({ kind: 'view', columns }), first ? 0 : RESIZE_DELAY);
  }

  let saveTimer = 0;
  let saved = '';
  function saveSoon(): void {
    window.clearTimeout(saveTimer);
    saveTimer = window.setTimeout(() => {
      const { lossUnit, topArrows, relativeGradient, focusUnit, temperature, modelOpen, sections } = store.model;
      const scroll = scrollTo ?? Math.max(0, window.scrollY);
      const choicesNow = {
        ...{ version: SAVED_CHOICES_VERSION, lossUnit, topArrows, relativeGradient },
        ...{ focusUnit, temperature, modelOpen, sections, scroll },
      };
      const text = JSON.stringify(choicesNow);
      if (text !== saved) connection.saveState(choicesNow);
      saved = text;
    }, SAVE_DELAY);
  }

  connection.listen((message) => {
    if (message.kind === 'answer') questions.receive(message);
    store.update((model) => receive(model, message, performance.now()));
    if (message.kind !== 'frame') return;
    unacknowledged = message.sequence;
    store.redraw();
  });
  const resizing = new Resizing(timeZone.element, (size) =>
    store.update((model) =>
      model.width === size.width && model.panelWidth === size.panelWidth ? model : { ...model, ...size },
    ),
  );
  new ResizeObserver(() => resizing.changed(sizeNow(), store.model)).observe(root);
  new MutationObserver(() => {
    theme = readTheme();
    store.redraw();
  }).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  window.addEventListener('scroll', saveSoon, { passive: true });
  store.redraw();
  connection.post({ kind: 'ready', version: 1 });
}

/**
 * What stands on screen, for whoever measures how soon it does: the document's version and the offset of the cursor that it is the
 * picture of.
 */
function drawnPlace({ header: { documentVersion, tokens }, focus }: Picture): string {
  return [documentVersion, tokens[focus]?.end].join(' ');
}

const root = document.getElementById('root');
if (root) start(root);
