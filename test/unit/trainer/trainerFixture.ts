// A temporary folder, a small text with something to learn in it, and a session that records its events.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';
import type { TextSource } from '../../../src/protocol/run';
import type { TrainerEvent, TrainerRequestOf } from '../../../src/protocol/trainerMessages';
import { RunSession, type RunSessionOptions } from '../../../src/trainer/runSession';

/** Small enough for the plain kernels: a step takes about a millisecond. */
export const TINY: RunConfig = {
  ...DEFAULT_CONFIG,
  ...{ hiddenUnits: 6, embeddingSize: 4, sequenceLength: 8, batchSize: 4, learningRate: 0.01, epochs: 1 },
};

/** `sentences` sentences with agreement between subject and verb, always the same. */
export function smallText(sentences: number): string {
  const subjects = ['the cat', 'the dogs', 'a bird', 'two fish'];
  const verbs = ['sleeps', 'sleep', 'sings', 'swim'];
  return Array.from({ length: sentences }, (_, k) => {
    const which = (k * 7 + (k >> 2)) % 4;
    return `${subjects[which]} ${verbs[which]}${k % 5 === 0 ? '.\n' : ', '}`;
  }).join('');
}

export class Workspace {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'gatescope-test-'));
  private readonly sessions: RunSession[] = [];

  file(name: string, content: string | Uint8Array): string {
    const target = path.join(this.folder, name);
    writeFileSync(target, content);
    return target;
  }

  runFolder(id: string): string {
    return path.join(this.folder, 'runs', id);
  }

  session(options: Partial<RunSessionOptions> = {}): { session: RunSession; events: TrainerEvent[] } {
    const events: TrainerEvent[] = [];
    const emit = (event: TrainerEvent) => events.push(event);
    const session = new RunSession({ emit, kernelsWasm: null, memoryMegabytes: 1024, ...options });
    this.sessions.push(session);
    return { session, events };
  }

  async dispose(): Promise<void> {
    for (const session of this.sessions) await session.close().catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A train request on the given text, or on the file at `path`. */
  order(id: string, config: RunConfig, from: { text: string } | { path: string }): TrainerRequestOf<'train'> {
    const filePath = 'path' in from ? from.path : null;
    const source: TextSource = { uri: '', name: 'sample.txt', path: filePath, part: { kind: 'whole' } };
    const createdAt = '2026-01-01T00:00:00.000Z';
    return {
      runFolder: this.runFolder(id),
      runId: id,
      createdAt,
      config,
      source,
      text: 'text' in from ? from.text : null,
    };
  }
}

/** Resolves once `condition` holds, looking again after every macrotask. */
export async function until(condition: () => boolean): Promise<void> {
  for (let k = 0; k < 100_000; k++) {
    if (condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('the condition did not come true');
}
