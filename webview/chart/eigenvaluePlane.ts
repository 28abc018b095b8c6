// Where the eigenvalues of a block of W_h stand on the complex plane, and which circles around 0 fit into the picture.

export type CircleName = 'unit' | 'slope' | 'rho' | 'sigma';

export interface PlaneCircle {
  name: CircleName;
  /** |λ| on the circle. */
  value: number;
  /** px; null where the circle lies outside the picture. */
  radius: number | null;
}

export interface PlanePoint {
  x: number;
  y: number;
  real: number;
  imaginary: number;
  magnitude: number;
  /** The picture ends before it: it stands on the rim, in its direction, degrees. */
  pinned: number | null;
}

export interface EigenvaluePlane {
  /** |λ| at half the picture's side. */
  extent: number;
  /** Centre and half side, px. */
  cx: number;
  cy: number;
  half: number;
  points: PlanePoint[];
  circles: PlaneCircle[];
  /** Eigenvalues with |λ| > 1. */
  outside: number;
}

export interface PlaneSpectrum {
  real: ArrayLike<number>;
  imaginary: ArrayLike<number>;
  singularValues: ArrayLike<number>;
  slope: number;
}

/** Room beyond the outermost thing shown. */
const MARGIN = 1.1;
/** Room around the square for the names of the axes, px. */
const RIM = 12;
/** A circle that would shrink everything else by more than this is named, not drawn. */
const SHRINK = 1.9;
/** This share of the eigenvalues decides on the extent; few that lie far out are pinned to the rim. */
const TYPICAL = 0.97;

/** ρ, the largest |λ|. */
export function spectralRadius({ real, imaginary }: PlaneSpectrum): number {
  let largest = 0;
  for (let k = 0; k < real.length; k++) largest = Math.max(largest, Math.hypot(real[k], imaginary[k]));
  return largest;
}

/**
 * How far from normal the block is, 0 … 1: the part of ‖W‖ that no eigenvalue accounts for, √(Σσ² − Σ|λ|²) / √Σσ² (Henrici).
 * 0 exactly for normal matrices, where ρ = σ_max.
 */
export function departureFromNormality({ real, imaginary, singularValues }: PlaneSpectrum): number {
  let [all, explained] = [0, 0];
  for (let k = 0; k < real.length; k++) {
    all += singularValues[k] ** 2;
    explained += real[k] ** 2 + imaginary[k] ** 2;
  }
  return all > 0 ? Math.sqrt(Math.max(0, all - explained) / all) : 0;
}

/** The plane in a picture of `width` × `height` px, its square in the middle; needs at least one eigenvalue. */
export function eigenvaluePlane(spectrum: PlaneSpectrum, width: number, height: number): EigenvaluePlane {
  const { real, imaginary, singularValues, slope } = spectrum;
  const magnitudes = Array.from({ length: real.length }, (_, k) => Math.hypot(real[k], imaginary[k]));
  const sorted = [...magnitudes].sort((a, b) => a - b);
  const rho = sorted[sorted.length - 1];
  const typical = Math.max(1, sorted[Math.floor((sorted.length - 1) * TYPICAL)]);
  const values = { unit: 1, slope: 1 / slope, rho, sigma: singularValues[0] };
  const fitting = [...Object.values(values)].filter((value) => value <= typical * SHRINK);
  const extent = Math.max(typical, ...fitting) * MARGIN;
  const half = Math.min(width, height) / 2 - RIM;
  const [cx, cy, scale] = [width / 2, height / 2, half / extent];
  const points = magnitudes.map((magnitude, k) => {
    const beyond = magnitude > extent;
    const factor = beyond ? (0.97 * extent) / magnitude : 1;
    return {
      x: cx + real[k] * factor * scale,
      y: cy - imaginary[k] * factor * scale,
      ...{ real: real[k], imaginary: imaginary[k], magnitude },
      pinned: beyond ? (Math.atan2(-imaginary[k], real[k]) * 180) / Math.PI : null,
    };
  });
  const circles = (Object.entries(values) as [CircleName, number][]).map(([name, value]) => ({
    ...{ name, value },
    radius: value <= extent ? value * scale : null,
  }));
  return { extent, cx, cy, half, points, circles, outside: magnitudes.filter((magnitude) => magnitude > 1).length };
}
