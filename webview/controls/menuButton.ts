// A small button that opens a menu. The toolkit has none: this is the browser's popover with the keys of a menu.
import { html, svg } from '../dom';

export interface MenuItem {
  label: string;
  onChoose: () => void;
}

export interface MenuOptions {
  /** Name of the button and of the menu. */
  label: string;
  /** Path of the button's drawing in a square of 16. */
  icon: string;
  items: readonly MenuItem[];
}

export interface MenuButton {
  readonly element: HTMLElement;
  setLabel(label: string): void;
}

const GAP = 2;

/** Down, Up, Home and End move; Enter and Space choose; Escape goes back to the button; Tab and scrolling close. */
export function createMenuButton({ label, icon, items }: MenuOptions): MenuButton {
  const button = html(
    'button',
    { type: 'button', class: 'menu-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    svg(
      'svg',
      { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      svg('path', { d: icon, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.2 }),
    ),
  );
  const menu = html('div', { class: 'menu', role: 'menu', popover: 'auto' });
  const entries = items.map((item) => {
    const entry = html('button', { type: 'button', role: 'menuitem', tabindex: -1 }, item.label);
    entry.addEventListener('click', () => {
      close();
      item.onChoose();
    });
    return entry;
  });
  menu.append(...entries);
  button.popoverTargetElement = menu;
  const element = html('div', { class: 'menu-holder' }, button, menu);

  const close = (): void => {
    if (!menu.matches(':popover-open')) return;
    menu.hidePopover();
    button.focus();
  };
  const leave = (): void => menu.hidePopover();
  const focusOn = (index: number): void => entries[(index + entries.length) % entries.length]?.focus();

  menu.addEventListener('toggle', () => {
    const open = menu.matches(':popover-open');
    button.setAttribute('aria-expanded', String(open));
    element.classList.toggle('open', open);
    if (!open) return window.removeEventListener('scroll', leave);
    place(menu, button);
    focusOn(0);
    window.addEventListener('scroll', leave, { passive: true });
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    menu.showPopover();
  });
  menu.addEventListener('keydown', (event) => {
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Tab' || event.key === 'Escape') close();
    if (event.key === 'Escape') event.preventDefault();
    if (to === undefined) return;
    event.preventDefault();
    focusOn(to);
  });
  // What stands under the menu is not meant.
  for (const kind of ['click', 'pointermove']) element.addEventListener(kind, (event) => event.stopPropagation());

  const setLabel = (name: string): void => {
    if (button.title === name) return;
    button.title = name;
    for (const named of [button, menu]) named.setAttribute('aria-label', name);
  };
  setLabel(label);
  return { element, setLabel };
}

/** Under the button, or over it where there is no room below; never beyond the page's left edge. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + GAP + height <= window.innerHeight;
  menu.style.left = `${Math.max(GAP, at.right - width)}px`;
  menu.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}
