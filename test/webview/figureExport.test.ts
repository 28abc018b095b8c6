// Taking figures out of the inspector: files that stand alone and hold the very numbers, the clipboard and what happens without it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { SCENARIOS } from '../../webview/harness/scenarios';
import { COPY, CSV, SVG, choose, saved } from './figureMenus';
import { WebviewTester, settle, type InspectorPage, type OpenOptions } from './page';

const RESULTS = path.resolve('test-results/figures');
const CAPTION = 'lamps.txt · LSTM 128 · orthogonal, b_f = 1 · seed 1 · step 2,400 of 4,000';
const message = SCENARIOS.training().find((candidate) => candidate.kind === 'frame');
if (message?.kind !== 'frame') throw new Error('the training scenario shows no frame');
const { header } = message.frame;
const arrays = decodeFrame(message.frame);

describe('exporting a figure', function () {
  this.timeout(90_000);
  let tester: WebviewTester;
  const opened: InspectorPage[] = [];
  before(async () => {
    tester = await WebviewTester.launch();
    fs.mkdirSync(RESULTS, { recursive: true });
  });
  afterEach(async () => {
    for (const { page, problems } of opened.splice(0)) {
      assert.deepEqual(problems, []);
      await tester.release(page);
    }
  });
  after(() => tester.close());

  async function open(options: OpenOptions = {}): Promise<InspectorPage> {
    const inspector = await tester.open({ height: 1400, ...options });
    opened.push(inspector);
    return inspector;
  }

  /** Puts `write`, a function's text, in the place of the browser's: the made-up origin is not secure, so that it has no clipboard. */
  const clipboard = ({ page }: InspectorPage, write: string): Promise<void> =>
    page.evaluate(`{
      window.ClipboardItem = class { constructor(kinds) { this.getType = (kind) => kinds[kind]; } };
      Object.defineProperty(navigator, 'clipboard', { value: { write: ${write} } });
    }`);

  it('saves the numbers of the picture on screen, of every figure', async () => {
    const inspector = await open();
    await choose(inspector, '.track.gate[data-gate="f"]', CSV);
    const [{ content }] = await saved(inspector);
    // A token may be a line end: rows begin with the run.
    const [head, ...lines] = content.trimEnd().split(/\n(?=lstm-harness,)/);
    assert.ok(head.endsWith('step,token,unit,gate,value'));
    assert.equal(lines.length, header.tokens.length * header.hiddenUnits);
    lines.forEach((line, k) => {
      if (Math.fround(Number(line.split(',').at(-1))) !== arrays['gate.f'].values[k]) assert.fail(line);
    });
    const homes = ['.training', '.gradient > .section-header', '.track.triangle'];
    for (const home of homes) await choose(inspector, home, CSV);
    assert.equal((await saved(inspector)).length, 1 + homes.length);
  });

  it('saves drawings that stand alone: no styles, classes or files from elsewhere, and the caption in words', async () => {
    const inspector = await open();
    const homes = [
      '.training',
      '.influence-header',
      ...header.gates.map(({ key }) => `.track.gate[data-gate="${key}"]`),
      '.gradient > .section-header',
      '.track.triangle',
    ];
    for (const home of homes) await choose(inspector, home, SVG);
    const files = await saved(inspector);
    assert.equal(files.length, homes.length);
    // The page's policy forbids even a parsed file its one rule, which names fonts of the system only.
    const fontFace = /<style>@font-face \{[^}<]*src: local\([^}<]*\}<\/style>/;
    for (const { name, content } of files) {
      assert.match(content, fontFace);
      fs.writeFileSync(path.join(RESULTS, `${name}.svg`), content);
      const found = await inspector.page.evaluate(
        (markup) => {
          const drawing = new DOMParser().parseFromString(markup, 'image/svg+xml');
          const all = [...drawing.querySelectorAll('*')];
          const attributes = all.flatMap((element) => [...element.attributes]);
          return {
            root: drawing.documentElement.localName,
            links: attributes.filter((a) => a.name === 'href' && !a.value.startsWith('data:image/png;base64,')).length,
            styles: attributes.filter((a) => /^(class|style)$|^on/.test(a.name) || a.value.includes('var(')).length,
            urls: /url\(|@import|color-mix|currentColor/.exec(markup)?.[0] ?? null,
            foreign: all.filter((a) => a.namespaceURI !== 'http://www.w3.org/2000/svg').length,
            title: drawing.querySelector('svg > title')?.textContent ?? '',
            caption: [...drawing.querySelectorAll('svg > text')].map((text) => text.textContent).join(' '),
            description: drawing.querySelector('svg > desc')?.textContent ?? '',
            images: drawing.querySelectorAll('image').length,
            shapes: drawing.querySelectorAll('path, rect').length,
            fonts: [...drawing.querySelectorAll('text')].every((text) => text.hasAttribute('font-family')),
          };
        },
        content.replace(fontFace, ''),
      );
      assert.deepEqual(
        { ...found, title: '', caption: '', description: '', images: 0, shapes: 0 },
        {
          ...{ root: 'svg', links: 0, styles: 0, urls: null, foreign: 0, fonts: true },
          ...{ title: '', caption: '', description: '', images: 0, shapes: 0 },
        },
        name,
      );
      assert.ok(found.caption.includes(CAPTION) && found.description.includes(CAPTION), `${name}: ${found.caption}`);
      if (!name.includes('training')) assert.ok(found.description.includes('104 steps from offset 0'), name);
      assert.ok(found.title !== '' && found.shapes > 5, name);
      assert.equal(found.images, /gate|triangle/.test(name) && !name.endsWith('gradient-step-2400') ? 1 : 0, name);
    }
  });

  it('takes a heatmap’s cells into the drawing as they are', async () => {
    const inspector = await open();
    await choose(inspector, '.track.gate[data-gate="f"]', SVG);
    const [{ content }] = await saved(inspector);
    const wrong = await inspector.page.evaluate(async (markup) => {
      const link = /href="(data:image\/png[^"]*)"/.exec(markup)?.[1];
      const canvas = document.querySelector<HTMLCanvasElement>('.gate[data-gate="f"] canvas');
      if (!link || !canvas) return null;
      const image = new Image();
      image.src = link;
      await image.decode();
      const small = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
      if (!small) return null;
      small.imageSmoothingEnabled = false;
      small.drawImage(image, 0, 0, canvas.width, canvas.height);
      const [there, here] = [small, canvas.getContext('2d')].map(
        (context) => context?.getImageData(0, 0, canvas.width, canvas.height).data,
      );
      return there && here ? here.filter((byte, k) => byte !== there[k]).length : null;
    }, content);
    assert.equal(wrong, 0);
  });

  it('copies a PNG of two pixels per pixel, in the theme’s colours', async () => {
    const inspector = await open({ theme: 'light' });
    await clipboard(inspector, "async ([item]) => void (await (window.copied = item.getType('image/png')))");
    await choose(inspector, '.gradient > .section-header', COPY);
    await inspector.page.getByText('Copied as PNG').waitFor();
    const seen = await inspector.page.evaluate(async () => {
      const bitmap = await createImageBitmap(await (window as unknown as { copied: Promise<Blob> }).copied);
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      return { width: bitmap.width, corner: [...(context?.getImageData(2, 2, 1, 1).data ?? [])] };
    });
    assert.deepEqual(seen.corner, [255, 255, 255, 255]);
    const axis = await inspector.page.locator('.track.bars').boundingBox();
    assert.equal(seen.width, 2 * Math.ceil((axis?.width ?? 0) + 32));
    assert.deepEqual(await saved(inspector), []);
  });

  it('offers a file when the clipboard refuses', async () => {
    const inspector = await open();
    await clipboard(inspector, "() => Promise.reject(new DOMException('no', 'NotAllowedError'))");
    await choose(inspector, '.track.triangle', COPY);
    await inspector.page.getByText('The clipboard refused the picture').waitFor();
    const [{ name, extension, content }] = await saved(inspector);
    assert.deepEqual([name, extension], ['lamps-lstm-128-gradient-triangle-step-2400', 'png']);
    assert.equal(Buffer.from(content, 'base64').subarray(1, 4).toString(), 'PNG');
  });

  it('says of a stale picture, and of a snapshot, what it is of', async () => {
    const inspector = await open({ state: 'staleSample' });
    await choose(inspector, '.track.gate[data-gate="f"]', SVG);
    await inspector.page.evaluate(() => window.harness.show(24));
    await settle(inspector.page);
    await choose(inspector, '.track.gate[data-gate="f"]', SVG);
    const [stale, snapshot] = await saved(inspector);
    assert.ok(stale.content.includes('stroke-opacity="0.75"'), 'no hatch');
    assert.ok(snapshot.content.includes('step 24 of 4,000 (snapshot)'));
    assert.ok(snapshot.name.endsWith('step-24'));
  });
});
