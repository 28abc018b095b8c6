// Frame times while 512 units over 512 steps are scrolled and zoomed. The inspector stands in a page of its own, in an iframe as wide as
// a webview that shows so many columns would be; its numbers are synthetic, what draws them is the inspector's own bundle.
import type { Frame, Page } from 'playwright-core';
import { WebviewTester } from '../../webview/page';
import { allowNames, zoomTo } from './window';

const SIZE = { units: 512, columns: 512 };
const ZOOM = 0.3;
const PIXELS = { width: 2360, height: 500 };
/** CSS pixels at which 512 columns fit, and how far the width goes down and up again while zooming. */
const WIDTH = 7780;
const ZOOMED = 0.25;
/** Animation frames of each movement. */
const FRAMES = 240;

export interface FrameFigures {
  columns: number;
  units: number;
  /** Milliseconds between animation frames. */
  scrolling: number[];
  zooming: number[];
}

export async function measureHeatmaps(progress: (sentence: string) => void): Promise<FrameFigures> {
  const tester = await WebviewTester.launch();
  try {
    progress('heatmaps of 512 × 512');
    const { page } = await tester.open({ state: 'paused', width: 1000, height: 700 });
    const frame = await inFrame(page);
    await frame.evaluate((size) => {
      const text = Array.from({ length: 640 }, (_, k) => 'the sea, as it must, answers nothing. '[k % 38]).join('');
      window.harness.draw({ ...size, text, focus: 500 });
    }, SIZE);
    await page.waitForTimeout(1500);
    const columns = await frame.locator('.track.text .letter').count();
    return { ...SIZE, columns, scrolling: await scrolled(frame), zooming: await zoomed(page) };
  } finally {
    await tester.close();
  }
}

/** The page anew as a frame of another one, laid out at a zoom at which all columns fit. */
async function inFrame(page: Page): Promise<Frame> {
  const url = page.url();
  await zoomTo(page, ZOOM, PIXELS);
  const style = `width:${WIDTH}px; height:${Math.round(PIXELS.height / ZOOM)}px; border:0`;
  // Any document of the same host will do, but for the inspector's own, which allows no frames.
  await page.goto(new URL('/main.css', url).href);
  await page.evaluate(
    ([source, look]) => {
      const panel = document.createElement('iframe');
      Object.assign(panel, { id: 'panel', src: source });
      panel.setAttribute('style', look);
      document.body.replaceChildren(panel);
      document.body.style.margin = '0';
      return new Promise<Event>((done) => panel.addEventListener('load', done));
    },
    [url, style] as const,
  );
  const frame = page.frames().find((each) => each.url() === url);
  if (!frame) throw new Error('the inspector is not in its frame');
  await frame.locator('.track.text').waitFor();
  for (const each of page.frames()) await allowNames(each);
  return frame;
}

/** The page scrolls down and up again, a little with every frame. */
function scrolled(frame: Frame): Promise<number[]> {
  return frame.evaluate(
    (frames) =>
      new Promise<number[]>((done) => {
        const deltas: number[] = [];
        const range = document.documentElement.scrollHeight - window.innerHeight;
        let [count, last] = [0, performance.now()];
        const next = (now: number): void => {
          if (count > 0) deltas.push(now - last);
          last = now;
          if (++count > frames) return done(deltas);
          window.scrollTo(0, (range * (1 - Math.cos((2 * Math.PI * count) / frames))) / 2);
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    FRAMES,
  );
}

/** The panel becomes narrower and wide again, a little with every frame, as when a window is zoomed or a border is dragged. */
function zoomed(page: Page): Promise<number[]> {
  return page.evaluate(
    ([frames, width, share]) =>
      new Promise<number[]>((done) => {
        const panel = document.getElementById('panel');
        const deltas: number[] = [];
        let [count, last] = [0, performance.now()];
        const next = (now: number): void => {
          if (count > 0) deltas.push(now - last);
          last = now;
          if (++count > frames) return done(deltas);
          const narrower = (share * (1 - Math.cos((2 * Math.PI * count) / frames))) / 2;
          if (panel) panel.style.width = `${Math.round(width * (1 - narrower))}px`;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [FRAMES, WIDTH, ZOOMED] as const,
  );
}
