// A folder with a folder per label in it: every file is one example, its label the folder's name.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { GatescopeError } from '../../protocol/failures';
import type { DatasetSource } from '../../protocol/taskRun';

export interface ExampleFile {
  path: string;
  label: string | null;
  /** The file is one example, not one per line. */
  whole: boolean;
}

/** The given files, and in place of folders what is in them. @throws GatescopeError datasetUnlabelled for a folder without folders. */
export function expandFolders({ files }: DatasetSource): ExampleFile[] {
  return files.flatMap(({ path: file, label }) =>
    isFolder(file) ? filesOf(file) : [{ path: file, label, whole: false }],
  );
}

function filesOf(folder: string): ExampleFile[] {
  const labels = namesIn(folder).filter((name) => isFolder(path.join(folder, name)));
  if (labels.length === 0)
    throw new GatescopeError('datasetUnlabelled', { name: path.basename(folder), column: '', found: '' });
  return labels.flatMap((label) =>
    namesIn(path.join(folder, label))
      .map((name) => path.join(folder, label, name))
      .filter((file) => !isFolder(file))
      .map((file) => ({ path: file, label, whole: true })),
  );
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
