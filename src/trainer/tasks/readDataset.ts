// Reads the examples of a task from their files.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { GatescopeError, type FailureCode } from '../../protocol/failures';
import type { TextSource } from '../../protocol/run';
import type { DatasetSource } from '../../protocol/taskRun';
import { DatasetError, type LabelledText, type TaggedSentence } from '../../text/datasets/examples';
import { readLabelledTable, readLinesOfClass } from '../../text/datasets/labelledTexts';
import { readTagged } from '../../text/datasets/taggedSentences';
import { openSource } from '../sourceReader';
import { expandFolders, type ExampleFile } from './folderPerLabel';

/** Examples are held in memory. */
const LARGEST_MEGABYTES = 200;
const SAMPLE_UNITS = 4000;

export interface DatasetRequest {
  source: TextSource;
  /** The text of the source, where it is not in a file. */
  text: string | null;
  dataset?: DatasetSource;
  isCancelled(): boolean;
  report(fraction: number): void;
}

export interface ReadFiles {
  bytes: number;
  encoding: string;
  characters: number;
  hash: string;
  /** Beginning of the first file. */
  sample: string;
  /** Undecodable places. */
  replaced: number;
  emptyLines: number;
  incomplete: number;
  columns: string[];
}

/** Where the examples are: the given files, else the source itself. */
export function datasetSource({ source, dataset }: Pick<DatasetRequest, 'source' | 'dataset'>): DatasetSource {
  return dataset ?? { files: [{ path: source.path ?? '', label: null }] };
}

/** Texts with their classes; null when cancelled. @throws GatescopeError as openSource, datasetMalformed, datasetUnlabelled. */
export async function readLabelled(
  request: DatasetRequest,
): Promise<(ReadFiles & { examples: LabelledText[] }) | null> {
  const { labelColumn: label, textColumn: text } = datasetSource(request);
  const examples: LabelledText[] = [];
  const read = await readFiles(request, (content, { label: fileLabel, whole }, files) => {
    if (fileLabel !== null && whole) {
      const own = content.trim();
      if (own === '') files.emptyLines++;
      else examples.push({ text: own, label: fileLabel });
      return;
    }
    if (fileLabel !== null) {
      const lines = readLinesOfClass(content, fileLabel);
      for (const example of lines.examples) examples.push(example);
      files.emptyLines += lines.emptyLines;
      return;
    }
    const table = readLabelledTable(content, { label, text });
    for (const example of table.examples) examples.push(example);
    files.emptyLines += table.emptyLines;
    files.incomplete += table.incomplete;
    files.columns = [table.columns.label, table.columns.text].map((column) => String(column + 1));
  });
  return read && { ...read, examples };
}

/** Sentences with their tags; null when cancelled. @throws GatescopeError as readLabelled. */
export async function readTaggedFiles(
  request: DatasetRequest,
): Promise<(ReadFiles & { examples: TaggedSentence[] }) | null> {
  const { tagColumn } = datasetSource(request);
  const examples: TaggedSentence[] = [];
  const read = await readFiles(request, (content, _file, files) => {
    const tagged = readTagged(content, tagColumn);
    for (const example of tagged.examples) examples.push(example);
    files.emptyLines += tagged.emptyLines;
    files.columns = [tagged.column];
  });
  return read && { ...read, examples };
}

async function readFiles(
  request: DatasetRequest,
  take: (content: string, file: ExampleFile, files: ReadFiles) => void,
): Promise<ReadFiles | null> {
  const { source, text, isCancelled, report } = request;
  const files = expandFolders(datasetSource(request));
  const encodings = new Set<string>();
  const hash = createHash('sha256');
  const read: ReadFiles = {
    ...{ bytes: 0, encoding: '', characters: 0, hash: '', sample: '', replaced: 0 },
    ...{ emptyLines: 0, incomplete: 0, columns: [] },
  };
  for (const [at, example] of files.entries()) {
    const file = example.path;
    const name = file === '' ? source.name : path.basename(file);
    const reader = await openSource(file === '' ? source : { ...source, name, path: file }, text);
    let content = '';
    try {
      const megabytes = Math.ceil((read.bytes + reader.bytes) / 1e6);
      if (megabytes > LARGEST_MEGABYTES)
        throw new GatescopeError('tooLargeToHold', { name, megabytes, limit: LARGEST_MEGABYTES });
      for await (const piece of reader.pieces()) {
        if (isCancelled()) return null;
        content += piece.text;
        report((at + piece.fraction) / files.length);
      }
      await reader.checkUnchanged();
      read.bytes += reader.bytes;
      read.replaced += reader.replaced;
      encodings.add(reader.encoding);
    } finally {
      await reader.close();
    }
    hash.update(content, 'utf8');
    read.characters += content.length;
    if (read.sample === '') read.sample = content.slice(0, SAMPLE_UNITS).replace(/[\ud800-\udbff]$/, '');
    naming(name, () => take(content, example, read));
  }
  return { ...read, encoding: [...encodings].join(', '), hash: hash.digest('hex') };
}

const CODES: Record<DatasetError['problem'], FailureCode> = {
  malformed: 'datasetMalformed',
  unlabelled: 'datasetUnlabelled',
  untagged: 'datasetUntagged',
  oneClass: 'datasetOneClass',
  tooFew: 'datasetTooFew',
};

/** Says which file a DatasetError is about. */
export function naming<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const { problem, args } = error;
    throw new GatescopeError(CODES[problem], {
      name,
      ...(problem === 'unlabelled' ? { column: '', found: '' } : {}),
      ...args,
    });
  }
}
