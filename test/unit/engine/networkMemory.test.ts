// The memory a network needs is known before any is taken: arenaBytes is enough for training, evaluating and inspecting whatever the
// shape, the head and the number of threads, and it is not much more than that.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { arenaStart } from '../../../src/engine/kernels/kernelMemory';
import type { ThreadPlatform } from '../../../src/engine/kernels/kernelThread';
import type { MatrixKernels } from '../../../src/engine/kernels/matrixKernels';
import { createSimdKernels } from '../../../src/engine/kernels/simdKernels';
import { arenaBytes, trainingFloats } from '../../../src/engine/network/arenaBytes';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { classHeadOf, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import { TrainingSession, type TrainingOptions } from '../../../src/engine/training/trainingSession';
import { everyCell, randomIds, randomNumbers } from '../../oracle/smallNetworks';
import { kernelModules } from './kernelsUnderTest';
import { SMALL_NETWORK } from './smallTraining';

interface Shape {
  config: NetworkConfig;
  T: number;
  B: number;
  threads: number;
}

const PAGE = 65536;
/** Shapes that take more are left out, so that the test takes seconds. */
const LARGEST = 60e6;
const SIMD = new WebAssembly.Module(new Uint8Array(kernelModules().simd));
/** Threads that are never asked to run anything. */
const IDLE: ThreadPlatform = { processors: 8, start: () => Promise.resolve() };

/** Kernels with exactly so many bytes left, however memory is rounded. */
function kernelsWith(bytes: number, threads: number): MatrixKernels {
  const start = arenaStart(threads);
  const capacity = Math.ceil((start + bytes) / PAGE) * PAGE - start;
  const kernels = createSimdKernels('simd', SIMD, bytes, { count: threads, platform: IDLE });
  kernels.allocate(Math.floor((capacity - bytes) / 64) * 16);
  return kernels;
}

/** What a model and its session took, in bytes. */
function taken({ config, T, B, threads }: Shape, bytes: number, optimizer: TrainingOptions['optimizer']): number {
  const kernels = kernelsWith(bytes, threads);
  const before = kernels.mark();
  const model = new LanguageModel(kernels, config);
  try {
    assert.ok(new TrainingSession(model, { timesteps: T, batch: B, learningRate: 0.01, clipNorm: 1, optimizer }));
    return kernels.mark() - before;
  } finally {
    model.parameters.dispose();
  }
}

function randomShape(random: () => number): Shape {
  const upTo = (most: number) => 1 + Math.floor(random() ** 3 * most);
  const cells = everyCell(upTo(300), upTo(300), upTo(3000));
  const { shape } = cells[Math.floor(random() * cells.length)];
  const [layers, bidirectional] = [upTo(8), random() < 0.5];
  const connections = (['none', 'residual', 'dense', 'highway'] as const)[Math.floor(random() * 4)];
  const directionsJoined = random() < 0.5 ? 'sum' : 'concatenation';
  const between = { connections, directionsJoined, dropout: random() < 0.5 ? 0.2 : 0 } as const;
  const pooling = (['mean', 'max', 'last'] as const)[Math.floor(random() * 3)];
  const heads = [
    undefined,
    { kind: 'classes', classes: upTo(200), pooling } as const,
    { kind: 'tags', tags: upTo(3000) } as const,
  ];
  const head = heads[Math.floor(random() * heads.length)];
  return {
    config: {
      ...SMALL_NETWORK,
      recurrentInitialisation: 'identity',
      ...shape,
      layers,
      bidirectional,
      head,
      ...between,
    },
    ...{ T: upTo(200), B: upTo(64), threads: 1 + Math.floor(random() * 8) },
  };
}

describe('the estimate of a network’s memory', () => {
  it('holds a model in training, over random shapes, optimizers and numbers of threads', () => {
    const random = randomNumbers(78);
    for (let at = 0; at < 60; at++) {
      const shape = randomShape(random);
      const { config, T, B, threads } = shape;
      const bytes = 4 * trainingFloats(config, T, B, threads);
      const where = JSON.stringify(shape);
      if (bytes > LARGEST) continue;
      const optimizer = (['adam', 'sgd', 'rmsprop'] as const)[at % 3];
      const used = taken(shape, bytes, optimizer);
      assert.ok(used <= bytes, `${used} of ${bytes}: ${where}`);
      if (threads === 1 && optimizer === 'adam') assert.ok(bytes - used < 8192, `${used} of ${bytes}: ${where}`);
    }
  });

  for (const [name, shape] of Object.entries<Partial<NetworkConfig> & { T: number; B: number; threads: number }>({
    'a large vocabulary': { vocabulary: 12_000, hiddenUnits: 3, embeddingSize: 3, T: 90, B: 24, threads: 2 },
    'millions of weights': { vocabulary: 9000, hiddenUnits: 150, embeddingSize: 200, T: 2, B: 2, threads: 8 },
    'a long sequence': { hiddenUnits: 2, embeddingSize: 1, layers: 2, bidirectional: true, T: 1500, B: 1, threads: 8 },
    'many layers': { layers: 8, bidirectional: true, T: 1, B: 1, threads: 8 },
  }))
    for (const cell of ['vanilla', 'lstm', 'gru'] as const)
      it(`holds ${name}: ${cell}`, () => {
        const { T, B, threads, ...network } = shape;
        const config: NetworkConfig = { ...SMALL_NETWORK, cell, resetGate: 'after', ...network };
        config.recurrentInitialisation = 'identity';
        const bytes = 4 * trainingFloats(config, T, B, threads);
        assert.ok(taken({ config, T, B, threads }, bytes, 'adam') <= bytes);
      });

  for (const { name, shape } of everyCell(13, 5, 7))
    for (const [layers, bidirectional] of [
      [1, false],
      [2, true],
    ] as const)
      it(`is enough to train, evaluate and inspect 512 columns: ${name}, ${layers} layers`, () => {
        const config: NetworkConfig = { ...SMALL_NETWORK, ...shape, layers, bidirectional };
        useEverything(kernelsWith(arenaBytes(config, 6, 3), 1), config);
        useEverything(createJavascriptKernels(arenaBytes(config, 6, 3)), config, 40);
      });

  it('has room for a copy of the largest gradient, which other operations of tfjs may make', () => {
    const config: NetworkConfig = { ...SMALL_NETWORK, hiddenUnits: 1, embeddingSize: 4000, vocabulary: 4000 };
    assert.ok(arenaBytes(config, 2, 1) - 4 * trainingFloats(config, 2, 1, 1) > 4 * 4000 * 4000);
  });

  it('is enough for a classifier with lanes of different lengths', () => {
    const config: NetworkConfig = {
      ...{ ...SMALL_NETWORK, layers: 2, bidirectional: true },
      head: { kind: 'classes', classes: 3, pooling: 'max' },
    };
    useEverything(kernelsWith(arenaBytes(config, 6, 3), 1), config);
    useEverything(createJavascriptKernels(arenaBytes(config, 6, 3)), config);
  });
});

/** Everything that takes memory once a model is there. Throws RangeError where it is not enough. */
function useEverything(kernels: MatrixKernels, config: NetworkConfig, columns = 512): void {
  const [T, B] = [6, 3];
  const model = new LanguageModel(kernels, config);
  try {
    const session = new TrainingSession(model, { timesteps: T, batch: B, learningRate: 0.01, clipNorm: 1 });
    const text = randomIds(config.vocabulary, columns + 41, 3);
    const head = classHeadOf(config);
    const inputs = text.subarray(0, T * B);
    if (head) {
      session.step(inputs, Int32Array.of(0, 1, 2), null);
      session.step(inputs, Int32Array.of(0, 1, 2), Int32Array.of(1, T, 2));
    } else {
      session.step(inputs, text.subarray(1, T * B + 1));
      session.evaluate(text, 100);
      inspectWindow(model, text.subarray(0, 40), text.subarray(40, 40 + columns), 0);
    }
    const { variable } = model.parameters.get('embedding');
    session.optimizer.minimize(() => variable.square().sum(), true, [variable])?.dispose();
  } finally {
    model.dispose();
  }
}
