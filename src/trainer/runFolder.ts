// The files of one run: run.json, metrics.jsonl, vocabulary.json, checkpoint.safetensors, tokens.bin, sample.txt and the
// folder snapshots.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { GatescopeError } from '../protocol/failures';
import { metricSchema, runRecordSchema, type Metric, type RunRecord } from '../protocol/run';
import { Vocabulary } from '../text/vocabulary';
import { replaceFile } from './replaceFile';

const NAMES = {
  record: 'run.json',
  metrics: 'metrics.jsonl',
  vocabulary: 'vocabulary.json',
  checkpoint: 'checkpoint.safetensors',
  tokens: 'tokens.bin',
  sample: 'sample.txt',
} as const;

/** Reads fail with runMissing or runDamaged, writes with storageUnwritable; files are replaced as a whole. */
export class RunFolder {
  constructor(readonly folder: string) {}

  /** Makes the folder where it does not exist yet. */
  create(): void {
    this.writing(() => mkdirSync(this.folder, { recursive: true }));
  }

  get tokenPath(): string {
    return path.join(this.folder, NAMES.tokens);
  }

  /** Folder of the snapshots; made with the first one. */
  get snapshotPath(): string {
    return path.join(this.folder, 'snapshots');
  }

  get hasCheckpoint(): boolean {
    return existsSync(this.pathOf('checkpoint'));
  }

  writeRecord(record: RunRecord): void {
    this.replace('record', JSON.stringify(record, null, 2));
  }

  readRecord(): RunRecord {
    if (!existsSync(this.pathOf('record'))) throw new GatescopeError('runMissing', { id: this.id });
    return this.reading('record', (bytes) => v.parse(runRecordSchema, JSON.parse(bytes.toString('utf8'))));
  }

  writeVocabulary(vocabulary: Vocabulary): void {
    this.replace('vocabulary', JSON.stringify(vocabulary));
  }

  readVocabulary(): Vocabulary {
    return this.reading('vocabulary', (bytes) => Vocabulary.fromJSON(JSON.parse(bytes.toString('utf8'))));
  }

  writeSample(text: string): void {
    this.replace('sample', text);
  }

  readSample(): string {
    return this.reading('sample', (bytes) => bytes.toString('utf8'));
  }

  writeCheckpoint(bytes: Uint8Array): void {
    this.replace('checkpoint', bytes);
  }

  readCheckpoint(): Uint8Array {
    return this.reading('checkpoint', (bytes) => bytes);
  }

  /** The failure that says a file of this run cannot be used. */
  damaged(file: keyof typeof NAMES, error: unknown): GatescopeError {
    return new GatescopeError('runDamaged', { id: this.id, file: NAMES[file], reason: reasonOf(error) });
  }

  appendMetrics(metrics: readonly Metric[]): void {
    if (metrics.length === 0) return;
    this.writing(() => appendFileSync(this.pathOf('metrics'), toLines(metrics)));
  }

  /** Replaces the history by the given one. */
  writeMetrics(metrics: readonly Metric[]): void {
    this.replace('metrics', toLines(metrics));
  }

  /** The history; a line cut off by a crash is left out. */
  readMetrics(): Metric[] {
    if (!existsSync(this.pathOf('metrics'))) return [];
    return this.reading('metrics', (bytes) =>
      bytes
        .toString('utf8')
        .split('\n')
        .flatMap((line) => {
          const parsed = v.safeParse(metricSchema, parseJson(line));
          return parsed.success ? [parsed.output] : [];
        }),
    );
  }

  private get id(): string {
    return path.basename(this.folder);
  }

  private pathOf(file: keyof typeof NAMES): string {
    return path.join(this.folder, NAMES[file]);
  }

  private replace(file: keyof typeof NAMES, content: string | Uint8Array): void {
    this.writing(() => {
      replaceFile(this.pathOf(file), content);
    });
  }

  private writing(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new GatescopeError('storageUnwritable', { folder: this.folder, reason: reasonOf(error) });
    }
  }

  private reading<T>(file: keyof typeof NAMES, parse: (bytes: Buffer) => T): T {
    try {
      return parse(readFileSync(this.pathOf(file)));
    } catch (error) {
      throw this.damaged(file, error);
    }
  }
}

function toLines(metrics: readonly Metric[]): string {
  return metrics.map((metric) => `${JSON.stringify(metric)}\n`).join('');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
