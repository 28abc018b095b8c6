// Who takes part: the engine, and its peers as far as they can be had here.
import path from 'node:path';
import type { Workload } from './workloads';

export interface Contestant {
  /** Stands for it in results: the same for every number of threads. */
  id: string;
  name: string;
  threads: number;
  /** ours; a peer; or a peer held back, which counts only where an aim names it. */
  role: 'ours' | 'peer' | 'held';
  /** Compiles a workload before its first step, for seconds: done beforehand, all at once. */
  compiles: boolean;
  command: string;
  args: string[];
  environment?: Record<string, string>;
  /** Whether it is asked for a workload; a sentence when it is left out for a reason worth telling. */
  takes(workload: Workload): boolean | string;
}

export interface Stage {
  node: string;
  /** The Python that has the peers; null when none was named. */
  python: string | null;
  /** The bundled engine. */
  ownBundle: string;
  allThreads: number;
  /** Ask for what takes minutes, too. */
  slow: boolean;
}

/** Peers that a Python may have, named also when there is none. */
export const PYTHON_PEERS = [
  { id: 'pytorch', name: 'PyTorch' },
  { id: 'jax', name: 'JAX' },
  { id: 'keras', name: 'Keras' },
];

/** oneDNN, MKL and ATen each choose their instructions by themselves. */
const AVX2_ONLY = {
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  MKL_ENABLE_INSTRUCTIONS: 'AVX2',
  ATEN_CPU_CAPABILITY: 'avx2',
};

const folder = path.join(__dirname, 'peers');
const isTraining = ({ task }: Workload): boolean => task === 'train';
const isInspection = ({ task }: Workload): boolean => ['gates', 'allPairs', 'jacobians'].includes(task);

/** Every contestant for one thread and for all of them. */
export function contestantsOn(stage: Stage): Contestant[] {
  const counts = stage.allThreads > 1 ? [1, stage.allThreads] : [1];
  return counts.flatMap((threads) => [...engines(stage, threads), ...pythonPeers(stage, threads)]);
}

function engines({ node, ownBundle, slow }: Stage, threads: number): Contestant[] {
  const script = (file: string): string[] => ['--import', 'tsx', path.join(folder, file)];
  const ours: Contestant = {
    ...{ id: 'ours', name: 'Gatescope', threads, role: 'ours', compiles: false },
    ...{ command: node, args: [ownBundle, String(threads)] },
    takes: ({ task }) => threads === 1 || (task !== 'product' && task !== 'peak'),
  };
  // tfjs computes on one thread in Node.
  if (threads > 1) return [ours];
  const unrolled: Contestant = {
    ...{ id: 'tfjs-wasm', name: 'tfjs wasm, unrolled', threads, role: 'peer', compiles: false },
    ...{ command: node, args: script('tfjsUnrolled.ts') },
    takes: isTraining,
  };
  const layers: Contestant = {
    ...{ id: 'tfjs-layers', name: 'tfjs tf.layers, cpu', threads, role: 'peer', compiles: false },
    ...{ command: node, args: script('tfjsLayers.ts') },
    takes: (workload) => {
      if (!isTraining(workload)) return false;
      return workload.id !== 'lstm128v5000' || slow || 'one step takes more than a minute; --slow measures it';
    },
  };
  return [ours, unrolled, layers];
}

function pythonPeers({ python }: Stage, threads: number): Contestant[] {
  if (python === null) return [];
  const peer = (
    id: string,
    name: string,
    [file, ...args]: string[],
    takes: Contestant['takes'],
    held: Record<string, string> | null = null,
  ): Contestant => ({
    ...{ id, name, threads, role: held ? 'held' : 'peer', command: python, takes },
    compiles: ['jax', 'keras'].includes(id),
    args: [path.join(folder, file), String(threads), ...args],
    environment: { ...threadLimits(threads), ...held },
  });
  const trainsAndMultiplies = (workload: Workload): boolean =>
    isTraining(workload) || (workload.task === 'product' && threads === 1);
  return [
    peer('pytorch', 'PyTorch', ['pytorch_peer.py'], trainsAndMultiplies),
    peer('pytorch-loop', 'PyTorch, loop', ['pytorch_peer.py', 'loop'], isInspection),
    peer('pytorch-vmap', 'PyTorch, vmap, denormals flushed', ['pytorch_peer.py', 'vmap'], isInspection),
    peer('pytorch-avx2', 'PyTorch held to AVX2', ['pytorch_peer.py'], ({ id }) => id === 'lstm256x2', AVX2_ONLY),
    peer('jax', 'JAX', ['jax_peer.py'], isTraining),
    peer('keras', 'Keras', ['keras_peer.py'], isTraining),
  ];
}

function threadLimits(threads: number): Record<string, string> {
  const names = ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}
