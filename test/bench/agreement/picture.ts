// The README's picture of `npm run agreement`: accuracy against attractors, a line a cell with its intervals, and on templates against epochs.
import sharp from 'sharp';
import { JUDGED_EACH } from '../../../src/labs/agreement/templateCurves';
import { attractorsText } from '../../../src/trainer/cli/agreementTables';
import type { AgreementReport, TemplateCurve } from './report';

/** At twice the size, so that it is sharp on fine screens. */
const DENSITY = 144;
const [WIDTH, HEIGHT] = [920, 430];
const PANEL = { width: 340, height: 250, top: 88 };
const LEFTS = [76, 520];
type Cell = TemplateCurve['cell'];
/** Apart for colour-blind readers too, and by the form of their marks. */
const STYLES: Record<Cell, { name: string; colour: string; mark: (x: number, y: number) => string }> = {
  lstm: { name: 'LSTM', colour: '#0b6fb8', mark: (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>` },
  gru: { name: 'GRU', colour: '#3a7d34', mark: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>` },
  vanilla: { name: 'vanilla', colour: '#c2571a', mark: (x, y) => `<path d="M${x} ${y - 5.5}l5.2 9.5h-10.4z"/>` },
};
/** Lines of several cells stand side by side, so that their intervals can be read. */
const APART = 11;

interface Point {
  x: number;
  value: number;
  low: number;
  high: number;
}

export async function drawAgreement(report: AgreementReport, file: string): Promise<void> {
  await sharp(Buffer.from(agreementSvg(report)), { density: DENSITY })
    .png({ palette: true })
    .toFile(file);
}

export function agreementSvg(report: AgreementReport): string {
  const { networks, items, seeds } = report.supervised.tag;
  const names = networks.map(({ cell }, k) => {
    const { name, colour, mark } = STYLES[cell];
    return `<g transform="translate(${76 + 96 * k} 46)" fill="${colour}">${mark(6, -4)}<text x="16">${name}</text></g>`;
  });
  const panel = (left: number, title: string, below: string, inner: string) =>
    `<g transform="translate(${left} ${PANEL.top})"><text x="0" y="-10" font-weight="600">${title}</text>${inner}<text x="${PANEL.width / 2}" y="${PANEL.height + 56}" text-anchor="middle" fill="#444">${below}</text></g>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12" fill="#1b1b1b">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFTS[0]}" y="22" font-size="14" font-weight="600">Is the verb singular or plural? How often that is told from the words before it</text>`,
    ...names,
    `<text x="${76 + 96 * networks.length}" y="46" fill="#444">bars: 95 % (Wilson); dashed: always saying singular; dotted: a coin</text>`,
    panel(
      LEFTS[0],
      'sentences from treebanks, per cent right',
      'nouns of the other number in between',
      sentences(report),
    ),
    panel(LEFTS[1], 'templates with 1 to 5 attractors, per cent right', 'epochs of training', templates(report.curves)),
    `<text x="${LEFTS[0]}" y="${HEIGHT - 10}" fill="#444">${items.toLocaleString('en')} sentences, cross-validated over documents; right: bands from least to greatest seed; seeds ${seeds.join(', ')}; npm run agreement</text>`,
    '</svg>',
  ].join('\n');
}

const y = (share: number): number => PANEL.height * (1 - share);

function sentences({ supervised: { tag } }: AgreementReport): string {
  const counts = tag.networks[0].all;
  const x = (k: number) => (PANEL.width * (k + 0.5)) / counts.length;
  const labels = counts.map(({ attractors, n }, k) =>
    label(x(k), attractorsText(attractors), `${k === 0 ? 'n = ' : ''}${n}`),
  );
  const always = counts.map(({ majority }, k): [number, number] => [x(k), y(majority)]);
  const middle = (tag.networks.length - 1) / 2;
  const lines = tag.networks.map(({ cell, all }, c) =>
    line(
      cell,
      all.map(({ accuracy, low, high }, k) => ({ x: x(k) + (c - middle) * APART, value: accuracy, low, high })),
      'bars',
    ),
  );
  return [
    axis(),
    ...labels,
    polyline(always, 'stroke="#666" stroke-width="1.4" stroke-dasharray="5 4"'),
    ...lines,
  ].join('');
}

/** Means over numbers of attractors from 1 on. */
function templates(curves: readonly TemplateCurve[]): string {
  const epochs = curves[0].hits.length;
  const x = (epoch: number) => (PANEL.width * (epoch + 0.5)) / epochs;
  const labels = Array.from({ length: epochs }, (_, epoch) => label(x(epoch), String(epoch + 1), ''));
  const share = (hits: readonly number[]) =>
    hits.slice(1).reduce((a, b) => a + b, 0) / (JUDGED_EACH * (hits.length - 1));
  const lines = [...new Set(curves.map(({ cell }) => cell))].map((cell) => {
    const own = curves.filter((curve) => curve.cell === cell);
    const points = Array.from({ length: epochs }, (_, epoch): Point => {
      const shares = own.map(({ hits }) => share(hits[epoch]));
      const value = shares.reduce((a, b) => a + b, 0) / shares.length;
      return { x: x(epoch), value, low: Math.min(...shares), high: Math.max(...shares) };
    });
    return line(cell, points, 'band');
  });
  return [axis(), ...labels, ...lines].join('');
}

function axis(): string {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (share) =>
      `<line x1="0" x2="${PANEL.width}" y1="${y(share)}" y2="${y(share)}" stroke="#d9d9d9"/><text x="-8" y="${y(share) + 4}" text-anchor="end">${100 * share}</text>`,
  );
  const coin = `<line x1="0" x2="${PANEL.width}" y1="${y(0.5)}" y2="${y(0.5)}" stroke="#1b1b1b" stroke-width="1.2" stroke-dasharray="1.5 3"/>`;
  return [...ticks, coin].join('');
}

function label(x: number, text: string, below: string): string {
  return `<text x="${x}" y="${PANEL.height + 18}" text-anchor="middle">${text}</text><text x="${x}" y="${PANEL.height + 34}" text-anchor="middle" font-size="9.5" fill="#666">${below}</text>`;
}

function line(cell: Cell, points: readonly Point[], spread: 'bars' | 'band'): string {
  const { colour, mark } = STYLES[cell];
  const bars = points.map(
    ({ x, low, high }) => `<path d="M${x} ${y(low)}V${y(high)}M${x - 3.5} ${y(low)}h7M${x - 3.5} ${y(high)}h7"/>`,
  );
  const there = points.map(({ x, high }) => `${x} ${y(high)}`);
  const back = points.map(({ x, low }) => `${x} ${y(low)}`).reverse();
  const band = `<polygon points="${[...there, ...back].join(' ')}" fill-opacity="0.16"/>`;
  const marks = points.map(({ x, value }) => mark(x, y(value))).join('');
  const path = polyline(
    points.map(({ x, value }) => [x, y(value)]),
    'stroke-width="2"',
  );
  return `<g fill="${colour}">${spread === 'band' ? band : ''}${marks}</g><g fill="none" stroke="${colour}">${spread === 'bars' ? bars.join('') : ''}${path}</g>`;
}

function polyline(points: readonly (readonly [number, number])[], style: string): string {
  return `<polyline fill="none" points="${points.map((point) => point.join(' ')).join(' ')}" ${style}/>`;
}
