// The text as token ids in the run's folder (tokens.bin, two little-endian bytes per token), so that a run can be
// resumed without its text and a large text need not be held in memory.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { GatescopeError } from '../protocol/failures';
import { MemoryTokenSource, type TokenSource } from '../text/tokenSource';

/** Up to this many tokens are held in memory (64 MB); longer texts are read from the file lane by lane. */
const HELD_TOKENS = 32 * 1024 * 1024;
const BUFFERED = 64 * 1024;

/** Appends ids to a new file; throws GatescopeError storageUnwritable where it cannot. */
export class TokenFileWriter {
  length = 0;
  private readonly descriptor: number;
  private readonly buffer = new Uint16Array(BUFFERED);
  private filled = 0;

  constructor(private readonly path: string) {
    this.descriptor = this.storing(() => openSync(path, 'w'));
  }

  add(id: number): void {
    this.buffer[this.filled++] = id;
    this.length++;
    if (this.filled === BUFFERED) this.flush();
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.descriptor);
    }
  }

  private flush(): void {
    const bytes = new Uint8Array(this.buffer.buffer, 0, this.filled * 2);
    this.storing(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor, bytes, at);
    });
    this.filled = 0;
  }

  private storing<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GatescopeError('storageUnwritable', { folder: path.dirname(this.path), reason });
    }
  }
}

class FileTokenSource implements TokenSource {
  constructor(
    private readonly descriptor: number,
    readonly length: number,
  ) {}

  read(position: number, target: Uint16Array): void {
    readFully(this.descriptor, position, target);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** A token source that holds an open file as long as it is used. */
export type OpenTokens = TokenSource & { close(): void };

/** Opens a token file; throws when it does not hold `tokens` ids. */
export function openTokenFile(path: string, tokens: number, heldTokens = HELD_TOKENS): OpenTokens {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size !== tokens * 2) throw new Error(`${size} bytes instead of ${tokens * 2}`);
    if (tokens > heldTokens) return new FileTokenSource(descriptor, tokens);
    const ids = new Uint16Array(tokens);
    readFully(descriptor, 0, ids);
    closeSync(descriptor);
    return Object.assign(new MemoryTokenSource(ids), { close: () => undefined });
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readFully(descriptor: number, position: number, target: Uint16Array): void {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  for (let at = 0; at < bytes.length;) {
    const read = readSync(descriptor, bytes, at, bytes.length - at, position * 2 + at);
    if (read === 0) throw new Error(`the token file ends before token ${position + target.length}`);
    at += read;
  }
}
