// What a reader could not read on a page, found by measuring it: words cut off, words over words, and parts beyond the panel's edge.
import type { Page } from 'playwright-core';

/** Words that may be cut: what a screen reader alone is told, and lists that hide what does not fit whole. */
const MAY_BE_CUT = '.visually-hidden, .slider-label, .predictions-list, .place-before, .place-after';
/** Words that may lie over others: the letters of the text row have columns of their own; cells of tables scroll under their heads. */
const MAY_OVERLAP = '.letter, .table-holder, .visually-hidden, title, option';

/** What scrolls sideways by itself. */
const SCROLLS = '.table-holder, .probes-holder';

/** Complaints, none for a clear page; the page stands at its top, so that nothing sticks over what scrolls. */
export function unclear(page: Page): Promise<string[]> {
  return page.evaluate(
    ([mayBeCut, mayOverlap, scrolls]) => {
      window.scrollTo(0, 0);
      const found = new Set<string>();
      // Methods, because tsx gives names to functions by a helper that the page does not have.
      const of = {
        named(element: Element): string {
          const words = (element.textContent ?? '').trim().slice(0, 40);
          return `.${element.getAttribute('class') ?? element.tagName} “${words}”`;
        },
        hides(overflow: string): boolean {
          return overflow === 'hidden' || overflow === 'clip';
        },
        seen(element: Element): boolean {
          const { width, height } = element.getBoundingClientRect();
          return width > 1 && height > 1 && getComputedStyle(element).visibility !== 'hidden';
        },
      };
      const all = [...document.querySelectorAll('#root *')].filter((element) => of.seen(element));
      for (const element of all) {
        if (element.getBoundingClientRect().right > window.innerWidth + 1 && !element.closest(scrolls))
          found.add(`beyond the panel: ${of.named(element)}`);
        if (!(element instanceof HTMLElement) || element.closest(mayBeCut)) continue;
        const { overflowX, overflowY } = getComputedStyle(element);
        const cut =
          (of.hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (of.hides(overflowY) && element.scrollHeight > element.clientHeight + 2);
        if (cut && !element.closest('[title]')) found.add(`cut off: ${of.named(element)}`);
      }
      const lines: { element: Element; left: number; right: number; top: number; bottom: number }[] = [];
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const element = node.parentElement;
        if (!element || !node.textContent?.trim() || element.closest(mayOverlap) || !of.seen(element)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          let { left, right, top, bottom } = rect;
          for (let box: Element | null = element; box; box = box.parentElement) {
            if (box instanceof SVGElement || getComputedStyle(box).overflowX === 'visible') continue;
            const clip = box.getBoundingClientRect();
            [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
            [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
          }
          if (right - left > 1 && bottom - top > 1) lines.push({ element, left, right, top, bottom });
        }
      }
      lines.forEach((a, k) => {
        for (const b of lines.slice(k + 1)) {
          const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (a.element !== b.element && x > 2 && y > 5)
            found.add(`over each other: ${of.named(a.element)}, ${of.named(b.element)}`);
        }
      });
      return [...found];
    },
    [MAY_BE_CUT, MAY_OVERLAP, SCROLLS] as const,
  );
}
