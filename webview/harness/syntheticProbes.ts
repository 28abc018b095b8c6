// What probes might find, for the harness: the token's own kind fades upwards, what takes reading grows.
import type { AnnotatedProbes, ProbeAnswer, ProbeScore } from '../../src/protocol/probes';

const score = (accuracy: number): ProbeScore => ({
  accuracy,
  low: accuracy - 0.01,
  high: Math.min(1, accuracy + 0.01),
});

export function syntheticProbes(layers: number): ProbeAnswer {
  const halves = [
    { name: 'inside', share: 0.3 },
    { name: 'outside', share: 0.7 },
  ];
  const names = ['kind', 'letterCase', 'kindBefore', 'place', 'enclosed'] as const;
  const state = (layer: number): ProbeAnswer['vectors'][number] => ({
    ...{ what: 'state', layer, width: 128 },
    scores: [0.98 - 0.06 * layer, 0.99 - 0.04 * layer, 0.92, 0.86 + 0.03 * layer, 0.75 + 0.06 * layer].map(
      (now, k) => ({
        now: score(now),
        untrained: score(k === 0 ? now : now - 0.05),
      }),
    ),
  });
  const embedding = [1, 1, 0.35, 0.52, 0.7].map((now) => ({ now: score(now), untrained: score(now) }));
  return {
    properties: names.map((name) => ({ name, majority: name === 'enclosed' ? 0.7 : 0.4, classes: halves })),
    vectors: [
      { what: 'embedding', layer: 0, width: 64, scores: embedding },
      ...Array.from({ length: layers }, (_, layer) => state(layer)),
    ],
    ...{ fitted: 12_288, judged: 4096 },
  };
}

/** Parts of speech read best from above, number alike from everywhere. */
export function syntheticAnnotatedProbes(
  layers: number,
  directions: readonly ('forward' | 'reverse')[],
): AnnotatedProbes {
  const scores = (upos: number, number: number) => [
    { now: score(upos), untrained: score(upos - 0.12) },
    { now: score(number), untrained: score(number - 0.005) },
  ];
  return {
    properties: [
      { name: 'upos', fitted: 19_840, judged: 4960, majority: 0.171, classes: ['ADJ', 'ADP', 'DET', 'NOUN', 'VERB'] },
      { name: 'number', fitted: 6120, judged: 1530, majority: 0.742, classes: ['Plur', 'Sing'] },
    ],
    vectors: [
      { what: 'embedding', layer: 0, direction: 'forward', width: 64, scores: scores(0.412, 0.81) },
      ...Array.from({ length: layers }, (_, layer) =>
        directions.map((direction) => ({
          ...{ what: 'state' as const, layer, direction, width: 128 },
          scores: scores(0.71 + 0.05 * layer, 0.83 + 0.005 * layer),
        })),
      ).flat(),
    ],
    ...{ sentences: 2001, every: 1, words: 24_800, unaligned: 131, broken: null },
  };
}
