// Large pictures while the panel's width changes, as when it is zoomed or its border is dragged: they are scaled as they are, at the
// screen's own pace, and drawn anew once the width rests. Small ones are drawn anew at once.
import type { InspectorModel, PageSize } from './store';

/** Values per gate above which drawing takes longer than a frame of the screen. */
const LARGE = 100_000;
/** The width rests when it has not changed for so long. */
const REST_MILLISECONDS = 100;

/** Whether a model's picture is too large to be drawn with every frame of the screen. */
export function isLarge({ frame }: Pick<InspectorModel, 'frame'>): boolean {
  return frame !== null && frame.header.hiddenUnits * frame.header.tokens.length > LARGE;
}

export class Resizing {
  private timer = 0;
  /** Width that the pictures were drawn in, px; null while nothing changes. */
  private width: number | null = null;

  /** `draw` is called with a size that pictures are to be drawn for. */
  constructor(
    private readonly pictures: HTMLElement,
    private readonly draw: (size: PageSize) => void,
  ) {}

  /** The panel has a new size, `drawn` is the model that its pictures were drawn from. */
  changed(size: PageSize, drawn: InspectorModel): void {
    window.clearTimeout(this.timer);
    if (!isLarge(drawn) || size.panelWidth === drawn.panelWidth) {
      this.finish(size);
      return;
    }
    const { style } = this.pictures;
    const wider = size.panelWidth - drawn.panelWidth;
    this.width ??= this.pictures.offsetWidth - wider;
    // They keep their width, or all of them would be laid out and painted anew with every frame.
    style.width = `${this.width}px`;
    style.willChange = 'transform';
    style.transformOrigin = '0 0';
    style.transform = `scaleX(${(this.width + wider) / this.width})`;
    this.timer = window.setTimeout(() => this.finish(size), REST_MILLISECONDS);
  }

  private finish(size: PageSize): void {
    this.width = null;
    for (const property of ['width', 'will-change', 'transform-origin', 'transform'])
      this.pictures.style.removeProperty(property);
    this.draw(size);
  }
}
