// The examples of a task in the run's folder: tokens.bin and tags.bin hold ids one example behind the other, dataset.json the rest, so
// that a run can be resumed and scored without the files it came from.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { RunFolder } from '../runFolder';
import { replaceFile } from '../replaceFile';
import { openTokenFile, TokenFileWriter, type OpenTokens } from '../tokenFile';

const storedSchema = v.object({
  format: v.literal(1),
  task: v.picklist(['classification', 'tagging', 'cloze']),
  lowerCase: v.boolean(),
  labels: v.array(v.string()),
  lengths: v.array(v.number()),
  /** One digit an example: 0 trained on, 1 validation, 2 test. */
  parts: v.string(),
  classes: v.nullable(v.array(v.number())),
});

/** What every batch is made from; tokens and tags are read from their files. */
export interface StoredDataset {
  task: 'classification' | 'tagging' | 'cloze';
  lowerCase: boolean;
  labels: string[];
  lengths: Int32Array;
  parts: Uint8Array;
  classes: Int32Array | null;
}

export interface OpenDataset extends StoredDataset {
  tokens: OpenTokens;
  tags: OpenTokens | null;
  /** Where each example begins in tokens and tags. */
  starts: Float64Array;
  close(): void;
}

const TAGS = 'tags.bin';
const REST = 'dataset.json';

export function writeDataset(folder: RunFolder, dataset: StoredDataset): void {
  const { task, lowerCase, labels, lengths, parts, classes } = dataset;
  const stored: v.InferOutput<typeof storedSchema> = {
    ...{ format: 1, task, lowerCase, labels },
    lengths: Array.from(lengths),
    parts: parts.join(''),
    classes: classes && Array.from(classes),
  };
  replaceFile(path.join(folder.folder, REST), JSON.stringify(stored));
}

/** Writes ids to tokens.bin, or tags to tags.bin. */
export function writeIds(folder: RunFolder, kind: 'tokens' | 'tags', ids: Uint16Array): void {
  const writer = new TokenFileWriter(kind === 'tokens' ? folder.tokenPath : path.join(folder.folder, TAGS));
  try {
    for (const id of ids) writer.add(id);
  } finally {
    writer.close();
  }
}

/** @throws GatescopeError runDamaged */
export function openDataset(folder: RunFolder): OpenDataset {
  let tokens: OpenTokens | null = null;
  try {
    const text = readFileSync(path.join(folder.folder, REST), 'utf8');
    const stored = v.parse(storedSchema, JSON.parse(text));
    const lengths = Int32Array.from(stored.lengths);
    const starts = new Float64Array(lengths.length);
    let total = 0;
    lengths.forEach((length, at) => {
      starts[at] = total;
      total += length;
    });
    const opened = (tokens = openTokenFile(folder.tokenPath, total));
    const tags = stored.task === 'tagging' ? openTokenFile(path.join(folder.folder, TAGS), total) : null;
    return {
      ...{ task: stored.task, lowerCase: stored.lowerCase, labels: stored.labels, lengths, starts, tokens, tags },
      parts: Uint8Array.from(stored.parts, Number),
      classes: stored.classes && Int32Array.from(stored.classes),
      close: () => {
        opened.close();
        tags?.close();
      },
    };
  } catch (error) {
    tokens?.close();
    throw folder.damaged('tokens', error);
  }
}
