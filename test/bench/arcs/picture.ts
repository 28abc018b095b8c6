// The README's picture of `npm run arcs`: the gradient on the other end of arcs against the distance, and its share beside pairs without an arc.
import sharp from 'sharp';
import { distanceText } from '../../../src/trainer/cli/arcsReport';
import { CELL_NAMES, type ArcPoint, type ArcsReport, type CellReport } from './report';

/** At twice the size, so that it is sharp on fine screens. */
const DENSITY = 144;
const [WIDTH, HEIGHT] = [920, 430];
const PANEL = { width: 340, height: 250, top: 88 };
const LEFTS = [76, 520];
/** Apart for colour-blind readers too, and by the form of their marks. */
const STYLES: Record<string, { colour: string; mark: (x: number, y: number) => string }> = {
  lstm: { colour: '#0b6fb8', mark: (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>` },
  gru: { colour: '#3a7d34', mark: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>` },
  vanilla: { colour: '#c2571a', mark: (x, y) => `<path d="M${x} ${y - 5.5}l5.2 9.5h-10.4z"/>` },
};

export async function drawArcs(report: ArcsReport, file: string): Promise<void> {
  await sharp(Buffer.from(arcsSvg(report)), { density: DENSITY })
    .png({ palette: true })
    .toFile(file);
}

export function arcsSvg(report: ArcsReport): string {
  const { cells, distances, seeds, sentences } = report;
  const names = cells.map(
    ({ cell }, k) =>
      `<g transform="translate(${76 + 96 * k} 46)" fill="${STYLES[cell].colour}">${STYLES[cell].mark(6, -4)}<text x="16">${CELL_NAMES[cell]}</text></g>`,
  );
  const x = (k: number) => (PANEL.width * (k + 0.5)) / distances.length;
  const pointsOf = ({ curves }: CellReport) => curves.find(({ order }) => order === 'both')?.points ?? [];
  const labels = distances.map(
    (distance, k) =>
      `<text x="${x(k)}" y="${PANEL.height + 18}" text-anchor="middle">${distanceText(distance)}</text><text x="${x(k)}" y="${PANEL.height + 34}" text-anchor="middle" font-size="9.5" fill="#666">${k === 0 ? 'n = ' : ''}${Math.round(pointsOf(cells[0])[k].n)}</text>`,
  );
  const panel = (left: number, title: string, inner: string) =>
    `<g transform="translate(${left} ${PANEL.top})"><text x="0" y="-10" font-weight="600">${title}</text>${inner}${labels.join('')}<text x="${PANEL.width / 2}" y="${PANEL.height + 56}" text-anchor="middle" fill="#444">words apart</text></g>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12" fill="#1b1b1b">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFTS[0]}" y="22" font-size="14" font-weight="600">Does the gradient of a word’s loss reach the other end of its dependency arc?</text>`,
    ...names,
    `<text x="${76 + 96 * cells.length}" y="46" fill="#444">solid: arcs; dashed: pairs without an arc, matched by distance and parts of speech</text>`,
    panel(LEFTS[0], '‖∂J/∂x‖, geometric mean (logarithmic)', valuePanel(cells.map(pointsOf), cells, x)),
    panel(LEFTS[1], 'its share: arcs / pairs without an arc', ratioPanel(cells.map(pointsOf), cells, x)),
    `<text x="${LEFTS[0]}" y="${HEIGHT - 10}" fill="#444">${sentences.toLocaleString('en')} sentences none has read; bands: 95 % over documents drawn anew; seeds ${seeds.join(', ')}; npm run arcs</text>`,
    '</svg>',
  ].join('\n');
}

type X = (k: number) => number;

function valuePanel(points: ArcPoint[][], cells: CellReport[], x: X): string {
  const all = points.flat().flatMap(({ value }) => (value ? [value.arc, value.none] : []));
  const [low, high] = [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))];
  const y = (value: number) => (PANEL.height * (high - Math.log10(value))) / (high - low);
  const ticks = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  const axis = ticks.map((power) => gridLine(y(10 ** power), `10<tspan dy="-5" font-size="9">${power}</tspan>`));
  const lines = points.map((own, c) => {
    const known = own.flatMap(({ value, drawings }, k) => (value ? [{ value, k, ...intervalOf(drawings.value) }] : []));
    const arcs = known.map(({ value, k }) => [x(k), y(value.arc)] as const);
    return inColour(
      cells[c],
      band(known.map(({ k, low: from, high: to }) => [x(k), y(from), y(to)])),
      polyline(
        known.map(({ value, k }) => [x(k), y(value.none)]),
        true,
      ),
      polyline(arcs, false),
      arcs,
    );
  });
  return [...axis, ...lines].join('');
}

function ratioPanel(points: ArcPoint[][], cells: CellReport[], x: X): string {
  const shares = points.flat().flatMap(({ share }) => (share ? [share] : []));
  const high = Math.min(
    Math.max(...shares.map((share) => share.high)),
    2 * Math.max(...shares.map(({ ratio }) => ratio)),
  );
  const step = [0.25, 0.5, 1, 2, 5, 10].find((each) => high / each <= 8) ?? 20;
  const top = Math.ceil(high / step) * step;
  const y = (ratio: number) => PANEL.height * (1 - Math.min(top, ratio) / top);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, k) => k * step);
  const axis = ticks.map((ratio) => gridLine(y(ratio), String(ratio)));
  const one = `<line x1="0" x2="${PANEL.width}" y1="${y(1)}" y2="${y(1)}" stroke="#1b1b1b" stroke-width="1.2" stroke-dasharray="4 3"/>`;
  const lines = points.map((own, c) => {
    const known = own.flatMap(({ share }, k) => (share ? [{ share, k }] : []));
    const arcs = known.map(({ share, k }) => [x(k), y(share.ratio)] as const);
    return inColour(
      cells[c],
      band(known.map(({ share, k }) => [x(k), y(share.low), y(share.high)])),
      '',
      polyline(arcs, false),
      arcs,
    );
  });
  return [...axis, one, ...lines].join('');
}

function inColour(
  { cell }: CellReport,
  shade: string,
  dashed: string,
  line: string,
  marks: readonly (readonly [number, number])[],
): string {
  const { colour, mark } = STYLES[cell];
  const drawn = marks.map(([x, y]) => mark(x, y)).join('');
  return `<g fill="${colour}" stroke="none">${shade}${drawn}</g><g fill="none" stroke="${colour}">${dashed}${line}</g>`;
}

function band(points: [x: number, from: number, to: number][]): string {
  const there = points.map(([x, , to]) => `${x} ${to}`);
  const back = points.map(([x, from]) => `${x} ${from}`).reverse();
  return `<polygon points="${[...there, ...back].join(' ')}" fill-opacity="0.16"/>`;
}

function polyline(points: readonly (readonly [number, number])[], dashed: boolean): string {
  const style = dashed ? 'stroke-width="1.4" stroke-dasharray="5 4"' : 'stroke-width="2"';
  return `<polyline points="${points.map((point) => point.join(' ')).join(' ')}" ${style}/>`;
}

function gridLine(y: number, label: string): string {
  return `<line x1="0" x2="${PANEL.width}" y1="${y}" y2="${y}" stroke="#d9d9d9"/><text x="-8" y="${y + 4}" text-anchor="end">${label}</text>`;
}

function intervalOf(values: readonly (number | null)[]): { low: number; high: number } {
  const sorted = Float64Array.from(values.filter((value) => value !== null) as number[]).sort();
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))];
  return { low: at(0.025), high: at(0.975) };
}
