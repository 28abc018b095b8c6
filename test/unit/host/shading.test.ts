// Shading in the editor as far as it is pure: levels, stretches, colours, and when it is made anew.
import assert from 'node:assert/strict';
import { LEVELS, shadedStretches, shadingLevel, valueAt } from '../../../src/host/editor/shadingLevels';
import { ShadingPump } from '../../../src/host/editor/shadingPump';
import { stretchAround, stretchToRead, stretchToShade } from '../../../src/host/editor/shadingStretch';
import { shadingStyle } from '../../../src/host/editor/shadingStyles';

const shadingOf = (...values: number[]) => ({
  starts: values.map((_, k) => 10 + k),
  ends: values.map((_, k) => 11 + k),
  values: Float32Array.from(values),
  target: null,
});

describe('a level of shading', () => {
  it('is twice as many bits of surprisal wide where tokens are words', () => {
    const bits = [1.59, 1.61, 14.3, 14.5];
    assert.deepEqual(
      bits.map((value) => shadingLevel('surprisal', value, 'words')),
      [0, 1, 8, 9],
    );
  });

  it('is 0.8 bits of surprisal wide, from nothing to full', () => {
    const bits = [0, 0.79, 0.81, 1.7, 7.1, 7.3, 40];
    assert.deepEqual(
      bits.map((value) => shadingLevel('surprisal', value, 'characters')),
      [0, 0, 1, 2, 8, 9, 9],
    );
  });

  it('is a power of ten of influence wide, from 10⁻⁸ on', () => {
    const norms = [0, 9e-9, 1.1e-8, 1.1e-7, 0.5, 5, 5000];
    assert.deepEqual(
      norms.map((value) => shadingLevel('influence', value, 'characters')),
      [0, 0, 1, 2, 8, 9, 9],
    );
  });

  it('is none for what is not known', () => {
    assert.equal(shadingLevel('surprisal', NaN, 'characters'), 0);
    assert.equal(shadingLevel('influence', NaN, 'characters'), 0);
  });
});

describe('the stretches of each level', () => {
  it('hold every token that is shaded once, alike ones that touch as one', () => {
    const levels = shadedStretches('surprisal', shadingOf(NaN, 1, 1, 5, 0, 1, 9), 'characters');
    assert.equal(levels.length, LEVELS);
    const filled = levels.flatMap((stretches, k) => (stretches.length > 0 ? [[k + 1, stretches]] : []));
    assert.deepEqual(filled, [
      [
        1,
        [
          { start: 11, end: 13 },
          { start: 15, end: 16 },
        ],
      ],
      [6, [{ start: 13, end: 14 }]],
      [9, [{ start: 16, end: 17 }]],
    ]);
  });

  it('do not join what only stands in the same level before and after a gap', () => {
    const shading = { ...shadingOf(1, 1), starts: [10, 14], ends: [11, 15] };
    assert.equal(shadedStretches('surprisal', shading, 'characters')[0].length, 2);
  });

  it('know the value of the token at an offset', () => {
    const shading = { ...shadingOf(1, 2), starts: [10, 14], ends: [12, 15] };
    assert.deepEqual(
      [9, 10, 11, 12, 14, 15].map((offset) => valueAt(shading, offset)),
      [null, 1, 1, null, 2, null],
    );
  });
});

describe('the stretch that is shaded', () => {
  it('is what is seen, folded lines between included', () => {
    const seen = [
      { start: 100, end: 200 },
      { start: 300, end: 380 },
    ];
    assert.deepEqual(stretchToShade('surprisal', seen, 9000), { start: 100, end: 380 });
    assert.equal(stretchToShade('surprisal', [], 0), null);
  });

  it('is bounded in an endless line: around the cursor, else from its beginning', () => {
    const seen = [{ start: 0, end: 10_000_000 }];
    for (const cursor of [0, 5_000_000, 10_000_000]) {
      const stretch = stretchToShade('surprisal', seen, cursor);
      assert.ok(stretch && stretch.start <= cursor && stretch.end >= cursor, `around ${cursor}`);
      assert.equal(stretch.end - stretch.start, 8192);
    }
    assert.deepEqual(stretchToShade('surprisal', [{ start: 50, end: 10_000_000 }], 0), { start: 50, end: 8242 });
  });

  it('ends at the cursor for influence, and is nothing where all that is seen comes after it', () => {
    const seen = [{ start: 1000, end: 2000 }];
    assert.deepEqual(stretchToShade('influence', seen, 1500), { start: 1000, end: 1500 });
    assert.deepEqual(stretchToShade('influence', seen, 2300), { start: 1000, end: 2000 });
    assert.equal(stretchToShade('influence', seen, 900), null);
    assert.equal(stretchToShade('influence', seen, 1_000_000), null);
  });

  it('is read with what warms the state up and what follows, inside the document', () => {
    assert.deepEqual(stretchToRead('surprisal', { start: 5000, end: 6000 }, 0, 100_000), { start: 3000, end: 6400 });
    assert.deepEqual(stretchToRead('surprisal', { start: 10, end: 60 }, 0, 70), { start: 0, end: 70 });
    assert.deepEqual(stretchToRead('influence', { start: 5000, end: 6000 }, 6500, 1e6), { start: 3000, end: 6900 });
    const { start, end } = stretchAround(5000, 1e6);
    assert.ok(start <= 5000 - 256 && end > 5001 && end - start < 4000);
  });
});

describe('the look of a level', () => {
  const [dark, light] = [
    { dark: true, highContrast: false },
    { dark: false, highContrast: false },
  ];
  const numbers = (colour: string): number[] => [...colour.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
  const luminance = (rgb: number[]): number => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  for (const by of ['surprisal', 'influence'] as const) {
    it(`keeps letters readable over ${by}, 4.5 : 1`, () => {
      for (const [kind, ground, ink] of [
        [dark, 31, 204],
        [light, 255, 59],
      ] as const)
        for (let level = 1; level <= LEVELS; level++) {
          const [r, g, b, opacity] = numbers(shadingStyle(by, level, kind).tint ?? '');
          const behind = luminance([r, g, b].map((value) => value * opacity + ground * (1 - opacity)));
          const letters = luminance([ink, ink, ink]);
          const contrast = (Math.max(behind, letters) + 0.05) / (Math.min(behind, letters) + 0.05);
          assert.ok(contrast >= 4.5, `${by} ${level}: ${contrast.toFixed(2)}`);
        }
    });

    it(`never tells ${by} by tint alone: a bar under the letters says it too, and alone in high contrast`, () => {
      const styles = Array.from({ length: LEVELS }, (_, k) => shadingStyle(by, k + 1, { ...dark, highContrast: true }));
      assert.ok(styles.every(({ tint, bar }) => tint === null && bar.pixels >= 1));
      assert.ok(styles[0].bar.pixels < styles[LEVELS - 1].bar.pixels);
      assert.equal(new Set(Array.from({ length: LEVELS }, (_, k) => shadingStyle(by, k + 1, dark).bar.colour)).size, 9);
    });
  }
});

describe('when shading is made anew', () => {
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it('is once for all that moves together, never two at a time, the latest wish last', async () => {
    let [running, most, times] = [0, 0, 0];
    const finished: (() => void)[] = [];
    const shade = async (): Promise<void> => {
      times++;
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => finished.push(resolve));
      running--;
    };
    const pump = new ShadingPump({ shade, failed: assert.fail }, 5, 60);
    for (let k = 0; k < 20; k++) pump.want();
    await wait(20);
    assert.equal(times, 1);
    pump.want();
    await wait(20);
    assert.equal(times, 1, 'one is on its way');
    finished.shift()?.();
    await wait(20);
    assert.deepEqual([times, most], [2, 1]);
    pump.dispose();
  });

  it('is soon for what moved and seldom for mere training', async () => {
    let times = 0;
    const pump = new ShadingPump({ shade: async () => void times++, failed: assert.fail }, 1, 60);
    pump.refresh();
    await wait(15);
    assert.equal(times, 1);
    pump.refresh();
    await wait(15);
    assert.equal(times, 1);
    pump.want();
    await wait(15);
    assert.equal(times, 2);
    await wait(60);
    assert.equal(times, 2, 'the wish took the refresh along');
    pump.dispose();
  });

  it('is tried again after a failure, and never once it is switched off', async () => {
    const told: unknown[] = [];
    const shade = (): Promise<void> => Promise.reject(new Error('no trainer'));
    const pump = new ShadingPump({ shade, failed: (error) => told.push(error) }, 1, 60);
    pump.want();
    await wait(10);
    pump.want();
    await wait(10);
    assert.equal(told.length, 2);
    pump.want();
    pump.dispose();
    await wait(10);
    assert.equal(told.length, 2);
  });
});
