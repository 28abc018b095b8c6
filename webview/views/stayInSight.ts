// What stays in sight over the scrolling pictures leaves them room: with arcs it may be taller than that, then its arrows scroll away, or all of it.

/** Most of the panel's height that may stay in sight. */
const MOST = 0.6;

/** `part` sticks to the top; where it is too tall with arcs, only what begins at `kept` does, and where that is too tall, nothing. */
export function stayInSight(part: HTMLElement, kept: HTMLElement): void {
  const fit = (): void => {
    const { top, height } = part.getBoundingClientRect();
    const room = MOST * window.innerHeight;
    const arrows = kept.getBoundingClientRect().top - top;
    const withArcs = part.querySelector('.syntax-section.open') !== null;
    const away = !withArcs || height <= room ? 0 : height - arrows <= room ? arrows : null;
    part.classList.toggle('scrolls', away === null);
    part.style.top = away ? `${-away}px` : '';
  };
  new ResizeObserver(fit).observe(part);
  window.addEventListener('resize', fit);
}
