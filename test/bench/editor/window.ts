// Room for 256 columns: the window as it is after zooming out, and the inspector made wider by its border.
import type { CDPSession, Frame, Page } from 'playwright-core';
import { Inspector } from '../../e2e/inspector';
import type { Workbench } from '../../vscode/workbench';

/** Of a window of 2,400 × 1,100 pixels that was zoomed out to a half, as one does to see more of a text. */
const ZOOM = 0.5;
const PIXELS = { width: 2400, height: 1100 };
/** What the editor beside the inspector keeps, CSS pixels. */
const EDITOR_WIDTH = 440;

export const WINDOW_SENTENCE = `a window of ${PIXELS.width} × ${PIXELS.height} pixels at ${ZOOM * 100} % zoom`;

/** Lays the page out as in a browser zoomed to `zoom`. */
export async function zoomTo(page: Page, zoom: number, pixels: { width: number; height: number }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  const [width, height] = [Math.round(pixels.width / zoom), Math.round(pixels.height / zoom)];
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: zoom, mobile: false });
  return session;
}

/** Zooms out and drags the border between editor and inspector; returns the number of columns that are drawn then. */
export async function makeWide(workbench: Workbench): Promise<number> {
  const { page } = workbench;
  await zoomTo(page, ZOOM, PIXELS);
  await page.waitForTimeout(1000);
  const groups = page.locator('.editor-group-container');
  const [editor, inspector] = [await groups.nth(0).boundingBox(), await groups.nth(1).boundingBox()];
  if (!editor || !inspector) throw new Error('editor and inspector are not side by side');
  const y = inspector.y + inspector.height / 2;
  await page.mouse.move(inspector.x, y);
  await page.mouse.down();
  for (const share of [0.5, 1]) await page.mouse.move(inspector.x - share * (editor.width - EDITOR_WIDTH), y);
  await page.mouse.up();
  return settledColumns(new Inspector(workbench), page);
}

/** The columns once their number has stayed the same for a while. */
async function settledColumns(inspector: Inspector, page: Page): Promise<number> {
  let [columns, same] = [0, 0];
  for (let look = 0; look < 60 && same < 4; look++) {
    await page.waitForTimeout(500);
    const now = await inspector.document.locator('.track.text .letter').count();
    same = now === columns && now > 0 ? same + 1 : 0;
    columns = now;
  }
  return columns;
}

/** Lets a frame evaluate functions that have named ones in them, which the compiler of these scripts wraps in a call of its own. */
export async function allowNames(frame: Frame): Promise<void> {
  await frame.evaluate('globalThis.__name = (named) => named');
}
