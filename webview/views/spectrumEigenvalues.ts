// The eigenvalues of one block of W_h on the complex plane, with the circles |λ| = 1, 1/γ, ρ and σ_max named in the corners.
import * as l10n from '@vscode/l10n';
import type { BlockSpectrum } from '../../src/protocol/spectra';
import { eigenvaluePlane, type CircleName, type EigenvaluePlane, type PlanePoint } from '../chart/eigenvaluePlane';
import { svg } from '../dom';
import { gateNumber } from '../shownText';
import { nearOne } from './spectrumSentences';

const HEIGHT = 236;
/** Corners: where a circle's name stands, and the angle at which its leader meets it. */
const CORNERS: Record<CircleName, { right: boolean; bottom: boolean; angle: number }> = {
  unit: { right: false, bottom: false, angle: (-3 * Math.PI) / 4 },
  slope: { right: false, bottom: true, angle: (3 * Math.PI) / 4 },
  rho: { right: true, bottom: false, angle: -Math.PI / 4 },
  sigma: { right: true, bottom: true, angle: Math.PI / 4 },
};

/** The picture; `name` is the block's, as in W_c. */
export function drawEigenvalues(spectrum: BlockSpectrum, name: string, width: number): SVGSVGElement {
  const plane = eigenvaluePlane(spectrum, width, HEIGHT);
  const { cx, cy, half, points, outside } = plane;
  const picture = svg('svg', {
    ...{ width, height: HEIGHT, role: 'img', class: 'eigenvalues' },
    'aria-label': l10n.t(
      'Eigenvalues of {0} on the complex plane: {1} of {2} outside |λ| = 1, ρ = {3}, σ_max = {4}',
      name,
      outside,
      points.length,
      nearOne(plane.circles[2].value),
      nearOne(plane.circles[3].value),
    ),
  });
  picture.append(
    svg('path', { class: 'grid', d: `M${cx - half},${cy}h${2 * half}M${cx},${cy - half}v${2 * half}` }),
    svg('text', { class: 'note', x: cx + half + 4, y: cy + 4 }, 'Re'),
    svg('text', { class: 'note', x: cx + 4, y: cy - half - 1 }, 'Im'),
    ...points.map(mark),
    ...circles(plane, width),
  );
  return picture;
}

function mark(point: PlanePoint): SVGElement {
  const { x, y, real, imaginary, magnitude, pinned } = point;
  const said = `λ = ${gateNumber(real)} ${imaginary < 0 ? '−' : '+'} ${Math.abs(imaginary).toFixed(2)}i, |λ| = ${magnitude.toFixed(3)}`;
  const title = svg('title', {}, said);
  if (pinned !== null)
    return svg(
      'path',
      { class: 'outside', d: 'M-4,-4l8,4l-8,4z', transform: `translate(${x},${y})rotate(${pinned})` },
      title,
    );
  return magnitude > 1
    ? svg('path', { class: 'outside', d: `M${x - 3},${y}l3,-3l3,3l-3,3z` }, title)
    : svg('circle', { class: 'inside', cx: x, cy: y, r: 2 }, title);
}

/** What each circle is called; where 1/γ is 1 it is the unit circle. */
function circleName(name: CircleName, value: number): string {
  if (name === 'unit') return '|λ| = 1';
  if (name === 'slope') return value === 1 ? '1/γ = 1' : `1/γ = ${value}`;
  return `${name === 'rho' ? 'ρ' : 'σ_max'} = ${nearOne(value)}`;
}

function circles({ circles: all, cx, cy }: EigenvaluePlane, width: number): SVGElement[] {
  return all.flatMap(({ name, value, radius }) => {
    const { right, bottom, angle } = CORNERS[name];
    const [x, y] = [right ? width - 2 : 2, bottom ? HEIGHT - 4 : 12];
    const text = circleName(name, value);
    const label = svg('text', { class: right ? 'end' : '', x, y }, text);
    if (radius === null) {
      const far = svg(
        'text',
        { class: right ? 'note end' : 'note', x, y: bottom ? y - 14 : y + 14 },
        l10n.t('outside the picture'),
      );
      return [label, far];
    }
    const [edgeX, edgeY] = [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
    const towards = bottom ? y - 12 : y + 4;
    const from = right ? Math.max(edgeX, x - 30) : Math.min(edgeX, x + 30);
    return [
      svg('circle', { class: 'circle-halo', cx, cy, r: radius }),
      svg('circle', { class: `circle ${name}`, cx, cy, r: radius }, svg('title', {}, text)),
      svg('path', { class: 'leader', d: `M${from},${towards}L${edgeX},${edgeY}` }),
      label,
    ];
  });
}
