// What a person sees and does in the inspector, read from its document.
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from '../vscode/workbench';

export class Inspector {
  constructor(private readonly workbench: Workbench) {}

  get document(): FrameLocator {
    return this.workbench.webview();
  }
  get root(): Locator {
    return this.document.locator('#root');
  }
  get runBar(): Locator {
    return this.document.locator('.run-bar');
  }
  button(name: string | RegExp): Locator {
    return this.document.getByRole('button', { name });
  }

  /** Waits until the time axis with its pictures stands. */
  async picture(milliseconds = 30_000): Promise<void> {
    await this.heatmap('h').waitFor({ timeout: milliseconds });
  }

  /** "LSTM 128" and the rest of the run's description. */
  async description(): Promise<string> {
    return (await this.runBar.innerText()).replace(/\s+/g, ' ');
  }

  /** Steps made, from the run bar. */
  async step(): Promise<number> {
    const text = await this.runBar.locator('.steps').innerText();
    const found = /[\d,.\u202f ]*\d/.exec(text.replace(/^\D+/, ''));
    return Number(found?.[0].replace(/\D/g, ''));
  }

  /** Waits until the run is in a phase, as the run bar tells assistive technology. */
  async phase(name: string, milliseconds = 30_000): Promise<void> {
    await this.runBar
      .locator('[role="status"]')
      .filter({ hasText: name })
      .waitFor({ state: 'attached', timeout: milliseconds });
  }

  /** The row of a gate: its name, mean line and heatmap. */
  heatmap(gate: string): Locator {
    return this.document.locator(`.track.gate:not(.layer-band)[data-gate="${gate}"]`);
  }

  /** The numbers of a gate from the table alternative: a row per unit, a column per timestep. */
  async gate(key: string): Promise<number[][]> {
    const details = this.document.locator('.gates details.table-alternative');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    await details.locator('select').selectOption(`gate.${key}`);
    const rows = await details
      .locator(`table[data-gate="${key}"] tbody tr`)
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent ?? 'NaN'))),
      );
    assert.ok(rows.length > 0, `the table of ${key} is empty`);
    return rows;
  }

  /** Closes the table, which hides nothing but makes pages long. */
  async closeTable(): Promise<void> {
    const details = this.document.locator('.gates details.table-alternative');
    if ((await details.getAttribute('open')) !== null) await details.locator('summary').click();
  }

  private get letters(): Locator {
    return this.document.locator('.track.text .letter');
  }

  /** The tokens of the window as they are drawn, line ends and spaces put back. */
  async windowText(): Promise<string> {
    // The first child is what is drawn; a tooltip may follow it.
    const drawn = await this.letters.evaluateAll((all) => all.map((letter) => letter.firstChild?.nodeValue ?? ''));
    return drawn.map((glyph) => ({ '⏎': '\n', '→': '\t', '': ' ' })[glyph] ?? glyph).join('');
  }

  /** Column of the focus step, counted from the first that is drawn. */
  async focusColumn(): Promise<number> {
    return this.letters.evaluateAll((all) => all.findIndex((letter) => letter.classList.contains('focus')));
  }

  private async columnPoint(column: number): Promise<{ x: number; y: number }> {
    const boxes = await Promise.all([this.document.locator('.track.text').boundingBox(), this.columnMiddle(column)]);
    const [track, middle] = boxes;
    assert.ok(track, 'the text row is on screen');
    return { x: track.x + middle, y: track.y + 12 };
  }

  private columnMiddle(column: number): Promise<number> {
    return this.letters.nth(column).evaluate((letter) => Number(letter.getAttribute('x')));
  }

  async clickColumn(column: number): Promise<void> {
    const { x, y } = await this.columnPoint(column);
    await this.workbench.page.mouse.click(x, y);
  }

  async hoverColumn(column: number): Promise<void> {
    const { x, y } = await this.columnPoint(column);
    await this.workbench.page.mouse.move(x - 1, y);
    await this.workbench.page.mouse.move(x, y);
  }
}
