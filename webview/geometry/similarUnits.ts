// Units that do alike side by side: agglomerative clustering with average linkage on 1 − r, r the correlation of two units over the
// window, by chains of nearest neighbours (Murtagh 1983): quadratic in the units, so that 512 of them are ordered between two frames.

/** Distances 1 − r [H,H] of the columns of values [T,H]; a unit that never changes is uncorrelated with every other one. */
function distances(values: Float32Array, units: number): Float64Array {
  const steps = Math.floor(values.length / units);
  const rows = Array.from({ length: units }, (_, unit) => {
    const row = Float64Array.from({ length: steps }, (_, t) => values[t * units + unit]);
    const mean = row.reduce((sum, value) => sum + value, 0) / Math.max(1, steps);
    const length = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return row.map((value) => (length > 1e-9 ? (value - mean) / length : 0));
  });
  const out = new Float64Array(units * units);
  for (let a = 0; a < units; a++)
    for (let b = 0; b < a; b++) {
      let r = 0;
      for (let t = 0; t < steps; t++) r += rows[a][t] * rows[b][t];
      out[a * units + b] = out[b * units + a] = 1 - r;
    }
  return out;
}

interface Cluster {
  /** In the order of their rows. */
  units: number[];
  /** Sum of their ranks. */
  ranks: number;
}

/**
 * Units in the order of the leaves of their clustering by values [T,H]; of two clusters that are joined, the one whose units have the
 * smaller mean `rank` [H] stands first.
 */
export function similarUnitsTogether(values: Float32Array, units: number, rank: ArrayLike<number>): number[] {
  const distance = distances(values, units);
  const clusters: (Cluster | null)[] = Array.from({ length: units }, (_, k) => ({ units: [k], ranks: rank[k] }));
  const chain: number[] = [];
  for (let joined = 0; joined < units - 1;) {
    if (chain.length === 0) chain.push(clusters.findIndex((cluster) => cluster !== null));
    const top = chain[chain.length - 1];
    const before = chain[chain.length - 2] ?? -1;
    const nearest = nearestTo(top, before, clusters, distance);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    join(Math.min(top, nearest), Math.max(top, nearest), clusters, distance);
    joined++;
  }
  return clusters.find((cluster) => cluster !== null)?.units ?? [];
}

/** The nearest other cluster; among equals the one before in the chain, so that a chain ends. */
function nearestTo(top: number, before: number, clusters: (Cluster | null)[], distance: Float64Array): number {
  const row = distance.subarray(top * clusters.length, (top + 1) * clusters.length);
  let nearest = before;
  clusters.forEach((cluster, k) => {
    if (cluster !== null && k !== top && (nearest < 0 || row[k] < row[nearest])) nearest = k;
  });
  return nearest;
}

/** Puts cluster `gone` to cluster `kept`: the mean distance over all pairs of members, by Lance and Williams' recurrence. */
function join(kept: number, gone: number, clusters: (Cluster | null)[], distance: Float64Array): void {
  const [a, b] = [clusters[kept], clusters[gone]];
  if (a === null || b === null) throw new Error('a cluster was joined twice');
  const size = clusters.length;
  const [m, n] = [a.units.length, b.units.length];
  for (let k = 0; k < size; k++) {
    const mean = (m * distance[kept * size + k] + n * distance[gone * size + k]) / (m + n);
    distance[kept * size + k] = distance[k * size + kept] = mean;
  }
  const [first, second] = a.ranks / m <= b.ranks / n ? [a, b] : [b, a];
  clusters[kept] = { units: [...first.units, ...second.units], ranks: a.ranks + b.ranks };
  clusters[gone] = null;
}
