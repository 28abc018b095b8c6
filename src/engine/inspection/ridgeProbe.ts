// Linear probes by least squares: one score a class, w·x + b, fitted to 1 for the right class and 0 for the others with a little weight
// decay; the largest score is the answer. The only minimum is the solution of one linear system that all properties of the same vectors
// share, so that many of them cost little more than one. Generators, so that the work can be done in pieces.

/** λ of λ·‖w‖² beside the mean squared error of standardised vectors. */
const DECAY = 1e-3;
/** Multiplications between two pauses. */
const PIECE = 2e6;

export interface RidgeProbe {
  /** Weights [classes, D + 1] of standardised vectors, the bias last. */
  weights: Float64Array;
  classes: number;
}

export interface RidgeProbes {
  mean: Float64Array;
  /** 1 / standard deviation; 0 for what never changes. */
  scale: Float64Array;
  probes: RidgeProbe[];
}

/** Fits a probe to each labelling of rows [n,D], n ≥ 1. */
export function* fitRidgeProbes(
  rows: Float32Array,
  D: number,
  labellings: readonly { labels: ArrayLike<number>; classes: number }[],
): Generator<void, RidgeProbes> {
  const n = rows.length / D;
  const mean = new Float64Array(D);
  const scale = new Float64Array(D);
  for (let at = 0; at < rows.length; at++) mean[at % D] += rows[at] / n;
  for (let at = 0; at < rows.length; at++) scale[at % D] += (rows[at] - mean[at % D]) ** 2 / n;
  for (let k = 0; k < D; k++) scale[k] = scale[k] > 1e-12 ? 1 / Math.sqrt(scale[k]) : 0;
  const totals = labellings.map(({ classes }) => new Float64Array(classes * D));
  const counts = labellings.map(({ classes }) => new Float64Array(classes));
  const gram = new Float64Array(D * D);
  const x = new Float64Array(D);
  const rowsInPiece = Math.max(1, Math.floor(PIECE / (D * D)));
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < D; k++) x[k] = (rows[row * D + k] - mean[k]) * scale[k];
    for (let i = 0; i < D; i++) for (let j = 0; j <= i; j++) gram[i * D + j] += (x[i] * x[j]) / n;
    labellings.forEach(({ labels }, which) => {
      const label = labels[row];
      counts[which][label] += 1 / n;
      for (let k = 0; k < D; k++) totals[which][label * D + k] += x[k] / n;
    });
    if (row % rowsInPiece === 0) yield;
  }
  for (let k = 0; k < D; k++) gram[k * D + k] += DECAY;
  yield* factorise(gram, D);
  const probes: RidgeProbe[] = [];
  for (const [which, { classes }] of labellings.entries()) {
    const weights = new Float64Array(classes * (D + 1));
    for (let c = 0; c < classes; c++) {
      // Vectors have mean 0: the bias is the class's share, and takes nothing from the weights.
      weights.set(solve(gram, D, totals[which].subarray(c * D, (c + 1) * D)), c * (D + 1));
      weights[c * (D + 1) + D] = counts[which][c];
      yield;
    }
    probes.push({ weights, classes });
  }
  return { mean, scale, probes };
}

/** The class of the largest score of every row [n,D], by probe. */
export function* answersOf({ mean, scale, probes }: RidgeProbes, rows: Float32Array): Generator<void, Uint8Array[]> {
  const D = mean.length;
  const n = rows.length / D;
  const answers = probes.map(() => new Uint8Array(n));
  const x = new Float64Array(D);
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < D; k++) x[k] = (rows[row * D + k] - mean[k]) * scale[k];
    probes.forEach(({ weights, classes }, which) => {
      let best = -Infinity;
      for (let c = 0; c < classes; c++) {
        const from = c * (D + 1);
        let score = weights[from + D];
        for (let k = 0; k < D; k++) score += weights[from + k] * x[k];
        if (score <= best) continue;
        best = score;
        answers[which][row] = c;
      }
    });
    if (row % 256 === 0) yield;
  }
  return answers;
}

/** Cholesky's L in the lower triangle, in place. */
function* factorise(a: Float64Array, D: number): Generator<void, void> {
  for (let j = 0; j < D; j++) {
    for (let i = j; i < D; i++) {
      let sum = a[i * D + j];
      for (let k = 0; k < j; k++) sum -= a[i * D + k] * a[j * D + k];
      a[i * D + j] = i === j ? Math.sqrt(sum) : sum / a[j * D + j];
    }
    yield;
  }
}

/** Of L Lᵀ w = right. */
function solve(l: Float64Array, D: number, right: Float64Array): Float64Array {
  const w = right.slice();
  for (let i = 0; i < D; i++) {
    for (let k = 0; k < i; k++) w[i] -= l[i * D + k] * w[k];
    w[i] /= l[i * D + i];
  }
  for (let i = D - 1; i >= 0; i--) {
    for (let k = i + 1; k < D; k++) w[i] -= l[k * D + i] * w[k];
    w[i] /= l[i * D + i];
  }
  return w;
}
