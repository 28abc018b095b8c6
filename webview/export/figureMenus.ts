// A menu on every figure: copy as PNG, save as SVG, save as CSV. Files are written by the host, which asks for the place.
import * as l10n from '@vscode/l10n';
import { MOST_FIGURE_CHARACTERS, type FromInspector } from '../../src/protocol/inspectorMessages';
import { createMenuButton, type MenuButton } from '../controls/menuButton';
import { html, setText } from '../dom';
import type { Picture } from '../picture';
import { fileName } from './caption';
import { figuresOf, type Figure, type Scene } from './figures';
import { base64Of, pngOf } from './raster';
import { standaloneSvg, type FigureFile } from './standaloneSvg';
import { csvText } from './table';

type Extension = Extract<FromInspector, { kind: 'saveFigure' }>['extension'];

interface Menu {
  holder: HTMLElement;
  button: MenuButton;
}

/** A tray with an arrow out of it. */
const ICON = 'M3 8v5.5h10V8M8 10V2M5 5l3-3 3 3';
const WORD_MILLISECONDS = 4000;
const OF_EVERY_LOSS = ['gradient-triangle', 'weight-gradient'];

/** Keeps a menu on every figure of `root`; to be called after each redraw. */
export function createFigureMenus(
  root: HTMLElement,
  post: (message: FromInspector) => void,
): { update(scene: Scene): void } {
  const menus = new Map<string, Menu>();
  let shown: Scene | null = null;

  function update(scene: Scene): void {
    const { model } = scene;
    // Only another run, frame, layer or choice brings other figures or names; a menu takes what is drawn when something is chosen from it.
    const same =
      shown?.model.host?.run === model.host?.run &&
      shown?.picture?.arrays === scene.picture?.arrays &&
      shown?.model.sections === model.sections;
    shown = scene;
    if (!same) for (const figure of figuresOf(scene)) attach(figure);
  }

  function attach({ id, home: selector, title }: Figure): void {
    const home = root.querySelector(selector);
    if (home === null) return;
    const label = l10n.t('Export this figure: {0}', title);
    let menu = menus.get(id);
    if (!menu) {
      const said = html('span', { class: 'figure-said', role: 'status' });
      const run = (act: (figure: Figure) => Promise<string>) => (): void => void attempt(id, said, act);
      const button = createMenuButton({
        label,
        icon: ICON,
        items: [
          { label: l10n.t('Copy as PNG'), onChoose: run(copy) },
          { label: l10n.t('Save as SVG…'), onChoose: run((figure) => save(figure, 'svg', drawn(figure).markup)) },
          { label: l10n.t('Save as CSV…'), onChoose: run(saveTable) },
        ],
      });
      menu = { holder: html('div', { class: 'figure-menu' }, said, button.element), button };
      menus.set(id, menu);
    }
    menu.button.setLabel(label);
    if (menu.holder.parentElement === home) return;
    home.classList.add('figure-home');
    home.append(menu.holder);
  }

  function drawn({ title, caption, notes, parts }: Figure): FigureFile {
    const said = notes.map((selector) => root.querySelector(selector)?.textContent ?? '');
    const present = parts.flatMap((selector) => [...root.querySelectorAll(selector)]);
    return standaloneSvg(title, [...said, caption], present);
  }

  async function copy(figure: Figure): Promise<string> {
    const png = pngOf(drawn(figure));
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
      return l10n.t('Copied as PNG');
    } catch {
      await save(figure, 'png', await base64Of(await png));
      return l10n.t('The clipboard refused the picture: save it as a file instead.');
    }
  }

  function saveTable(figure: Figure): Promise<string> {
    const table = figure.table();
    return table ? save(figure, 'csv', csvText(table)) : Promise.resolve(l10n.t('Its numbers are not known yet.'));
  }

  /** Resolves to what the person is told here; the host says the rest. */
  function save({ id, run, step }: Figure, extension: Extension, content: string): Promise<string> {
    if (content.length > MOST_FIGURE_CHARACTERS)
      return Promise.resolve(l10n.t('Too large to save: the figure has more numbers than one file should.'));
    post({ kind: 'saveFigure', name: fileName(run, id, step), extension, content });
    return Promise.resolve('');
  }

  async function attempt(id: string, said: HTMLElement, act: (figure: Figure) => Promise<string>): Promise<void> {
    const figure = shown && figuresOf(shown).find((candidate) => candidate.id === id);
    if (!figure) return;
    if (shown?.picture && isIncomplete(shown.picture, id)) return say(said, l10n.t('Its numbers are not known yet.'));
    let word: string;
    try {
      word = await act(figure);
    } catch (error) {
      word = l10n.t('The figure could not be exported.');
      post({ kind: 'problem', message: `figure ${id}: ${error instanceof Error ? error.message : String(error)}` });
    }
    say(said, word);
  }

  return { update };
}

function say(said: HTMLElement, word: string): void {
  setText(said, word);
  if (word !== '') setTimeout(() => said.textContent === word && setText(said, ''), WORD_MILLISECONDS);
}

/** Figures of every loss wait for the whole picture; those of one, until the cursor's place has its own gradients. */
function isIncomplete({ header, focus }: Picture, id: string): boolean {
  return header.rowOnly === true && (OF_EVERY_LOSS.includes(id) || focus !== header.focus);
}
