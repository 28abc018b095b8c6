// From a key to the picture: how long it takes until the inspector has painted the text, gates, gradients and cell of the cursor's new
// place, while training goes on. The page notes when keys go down, the inspector's document when what it has drawn is on screen, both by the
// same clock.
import type { Frame, Page } from 'playwright-core';
import type { Session } from '../../e2e/session';
import { eventually } from '../../eventually';
import { allowNames } from './window';

export const KINDS = ['move', 'type', 'page'] as const;
/** A step of the cursor, a letter typed, a page further. */
export type Kind = (typeof KINDS)[number];

export interface KeyFigures {
  columns: number;
  /**
   * Milliseconds from the key to the picture of the cursor's new place, by kind: of the text as it is then, the focus where the cursor is,
   * and that step's gradients known. A step of the cursor in an unchanged text finds all of it in the frame that is there.
   */
  latencies: Record<Kind, number[]>;
}

/** What the inspector's root says of what is drawn (webview/main.ts). */
interface Drawn {
  version: number;
  /** The cursor's offset whose picture it is. */
  place: number;
}

interface Wanted extends Pick<Drawn, 'version'> {
  /** The cursor's offset; null: any other than `notAt`. */
  at: number | null;
  notAt: number;
}

/** As many as the measurement makes unless told otherwise. */
export const PRESSES = 110;
/** Between presses: a person reads. The picture is refreshed by training in between, which a press may meet. */
const GAP = { least: 200, most: 1000 };
/** What is not drawn by then counts with this time. */
const PATIENCE_MILLISECONDS = 10_000;

const keyOf: Record<Kind, string> = { move: 'ArrowRight', type: 'e', page: 'PageDown' };

/** Presses keys in the editor, which has the focus and its cursor at offset `start`, while the inspector shows the text around it. */
export async function measureKeys(
  { workbench }: Session,
  columns: number,
  { start, presses }: { start: number; presses: number },
  progress: (sentence: string) => void,
): Promise<KeyFigures> {
  const { page } = workbench;
  const frame = await workbench.webviewFrame('#root');
  await allowNames(frame);
  await noteKeys(page);
  await eventually('the picture at the cursor', async () => (await drawnNow(frame)).place === start);
  const figures: KeyFigures = { columns, latencies: { move: [], type: [], page: [] } };
  for (let press = 0; press < presses; press++) {
    progress(`keys, ${press + 1} of ${presses}`);
    const kind: Kind = press % 11 === 10 ? 'page' : press % 2 === 0 ? 'move' : 'type';
    const before = await drawnNow(frame);
    const version = before.version + (kind === 'type' ? 1 : 0);
    const wanted = { version, at: kind === 'page' ? null : before.place + 1, notAt: before.place };
    const painted = whenPainted(frame, wanted);
    await page.keyboard.press(keyOf[kind]);
    const paintedAt = await painted;
    const pressedAt = await page.evaluate(() => window.keyDownAt);
    figures.latencies[kind].push(paintedAt === null ? PATIENCE_MILLISECONDS : paintedAt - pressedAt);
    await page.waitForTimeout(GAP.least + (((press * 37) % 100) / 100) * (GAP.most - GAP.least));
  }
  return figures;
}

declare global {
  interface Window {
    keyDownAt: number;
  }
}

async function noteKeys(page: Page): Promise<void> {
  await page.evaluate(() =>
    window.addEventListener(
      'keydown',
      ({ timeStamp }) => (window.keyDownAt = performance.timeOrigin + timeStamp),
      true,
    ),
  );
}

async function drawnNow(frame: Frame): Promise<Drawn> {
  const text = await frame.evaluate(() => document.getElementById('root')?.dataset.drawn ?? '');
  const [version, place] = text.split(' ').map(Number);
  return { version, place };
}

/** When the picture of the wanted place was painted; null when it was not. */
function whenPainted(frame: Frame, wanted: Wanted): Promise<number | null> {
  return frame.evaluate(
    ([{ version, at, notAt }, patience]) =>
      new Promise<number | null>((done) => {
        const root = document.getElementById('root');
        // What a draw has put into the document is painted in the same turn; a message is heard after it.
        const afterPaint = (then: (now: number) => void): void => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => then(performance.timeOrigin + performance.now());
          port2.postMessage(null);
        };
        const observer = new MutationObserver(() => {
          const [drawnVersion, place] = (root?.dataset.drawn ?? '').split(' ').map(Number);
          if (drawnVersion < version || (at === null ? place === notAt : place !== at)) return;
          observer.disconnect();
          afterPaint(done);
        });
        if (root) observer.observe(root, { attributes: true, attributeFilter: ['data-drawn'] });
        setTimeout(() => {
          observer.disconnect();
          done(null);
        }, patience);
      }),
    [wanted, PATIENCE_MILLISECONDS] as const,
  );
}
