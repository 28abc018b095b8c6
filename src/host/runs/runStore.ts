// Runs on disk, read and deleted through workspace.fs: <storage>/runs/<ID>/{run.json, metrics.jsonl, checkpoint.safetensors, vocabulary.json}.
import * as vscode from 'vscode';
import * as v from 'valibot';
import { runRecordSchema, type RunRecord } from '../../protocol/run';
import { OWNER_FILE } from '../../protocol/runOwner';
import { isRunId } from './runId';

export class RunStore {
  readonly folder: vscode.Uri;

  constructor(
    storage: vscode.Uri,
    private readonly warn: (text: string) => void,
    /** The process that a run's owner file names, if it lives. */
    private readonly liveTrainer: (ownerFile: string) => number | null,
  ) {
    this.folder = vscode.Uri.joinPath(storage, 'runs');
  }

  folderOf(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, id);
  }

  /** Makes the folder of a new run. */
  async create(id: string): Promise<vscode.Uri> {
    const folder = this.folderOf(id);
    await vscode.workspace.fs.createDirectory(folder);
    return folder;
  }

  /** All readable runs, newest first. What cannot be read is logged and left alone. */
  async list(): Promise<RunRecord[]> {
    let entries: [string, vscode.FileType][];
    try {
      entries = await vscode.workspace.fs.readDirectory(this.folder);
    } catch {
      return [];
    }
    const ids = entries.filter(([name, type]) => type === vscode.FileType.Directory && isRunId(name));
    const records = await Promise.all(ids.map(([id]) => this.read(id)));
    return records
      .filter((record) => record !== null)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  }

  /** One run; null when it is gone or damaged. A run that no process trains any more counts as paused. */
  async read(id: string): Promise<RunRecord | null> {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folderOf(id), 'run.json'));
      const record = v.parse(runRecordSchema, JSON.parse(new TextDecoder().decode(bytes)));
      return record.phase === 'training' || record.phase === 'preparing' ? { ...record, phase: 'paused' } : record;
    } catch (error) {
      // The folder of a run that is about to begin has no record yet.
      const missing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      const reason = error instanceof Error ? error.message : String(error);
      if (!missing) this.warn(`run ${id} in storage cannot be read: ${reason}`);
      return null;
    }
  }

  /** Replaces run.json as a whole: written beside it, then renamed. */
  async save(record: RunRecord): Promise<void> {
    const folder = this.folderOf(record.id);
    const beside = vscode.Uri.joinPath(folder, 'run.json.host');
    try {
      await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(JSON.stringify(record, null, 2)));
      await vscode.workspace.fs.rename(beside, vscode.Uri.joinPath(folder, 'run.json'), { overwrite: true });
    } catch (error) {
      this.warn(`run ${record.id} cannot be stored: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async delete(id: string): Promise<void> {
    if (!isRunId(id)) throw new Error(`not a run: ${id}`);
    await vscode.workspace.fs.delete(this.folderOf(id), { recursive: true, useTrash: false });
  }

  /** The living process that trains a run, in this window or another; null when there is none. */
  async trainedBy(id: string): Promise<number | null> {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folderOf(id), OWNER_FILE));
      return this.liveTrainer(new TextDecoder().decode(bytes));
    } catch {
      return null;
    }
  }

  /** Deletes the oldest runs beyond `limit`, sparing those in use here and those trained elsewhere; returns the names of the deleted. */
  async trim(limit: number, inUse: ReadonlySet<string>): Promise<string[]> {
    const surplus = (await this.list()).slice(limit).filter((record) => !inUse.has(record.id));
    const deleted: string[] = [];
    for (const { id } of surplus) {
      if ((await this.trainedBy(id)) !== null) continue;
      await this.delete(id);
      deleted.push(id);
    }
    return deleted;
  }
}
