// Opens the text of a run, wherever it comes from, and hands it on piece by piece.
import { open, type FileHandle } from 'node:fs/promises';
import { GatescopeError } from '../protocol/failures';
import type { TextSource } from '../protocol/run';
import { StreamDecoder } from '../text/decodeStream';
import { detectEncoding, UnreadableTextError, type DetectedEncoding } from '../text/detectEncoding';

const PIECE_BYTES = 256 * 1024;
const PIECE_UNITS = 128 * 1024;
const SAMPLE_BYTES = 64 * 1024;
const PROBES = 16;
const PROBE_BYTES = 4096;

export interface TextPiece {
  text: string;
  /** 0…1 of the text read so far. */
  fraction: number;
}

/** A text that can be read any number of times, streaming. */
export interface SourceReader {
  readonly encoding: string;
  /** Bytes that a reading covers. */
  readonly bytes: number;
  /** Undecodable places of the last reading, each read as U+FFFD. */
  readonly replaced: number;
  /** Reads from the beginning, at most about `limit` bytes of it. */
  pieces(limit?: number): AsyncGenerator<TextPiece>;
  /** @throws GatescopeError fileChangedWhileReading when the file is not what it was when opened. */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a source: the given text, else the file at its path.
 * @throws GatescopeError fileMissing, notAFile, fileUnreadable, emptyText, binaryFile.
 */
export async function openSource(source: TextSource, text: string | null): Promise<SourceReader> {
  if (text !== null) return new GivenText(source, text);
  if (source.path === null) throw new GatescopeError('fileMissing', { name: source.name });
  return TextFile.open(source, source.path);
}

class GivenText implements SourceReader {
  readonly encoding = 'utf-8';
  readonly replaced = 0;
  readonly bytes: number;

  constructor(
    source: TextSource,
    private readonly text: string,
  ) {
    if (text.length === 0) throw new GatescopeError('emptyText', { name: source.name });
    const zero = text.indexOf('\0');
    if (zero >= 0) throw new GatescopeError('binaryFile', { name: source.name, offset: zero });
    this.bytes = Buffer.byteLength(text);
  }

  async *pieces(limit = Infinity): AsyncGenerator<TextPiece> {
    const end = Math.min(limit, this.text.length);
    for (let at = 0; at < end;) {
      let next = Math.min(end, at + PIECE_UNITS);
      if (/[\ud800-\udbff]/.test(this.text[next - 1])) next++;
      yield { text: this.text.slice(at, next), fraction: next / this.text.length };
      at = next;
      await new Promise(setImmediate);
    }
  }

  checkUnchanged(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class TextFile implements SourceReader {
  replaced = 0;
  private readonly window: { start: number; end: number } | null;

  private constructor(
    private readonly source: TextSource,
    private readonly file: FileHandle,
    private readonly opened: { size: number; mtimeMs: number },
    private readonly detected: DetectedEncoding,
  ) {
    const { part } = source;
    this.window = part.kind === 'selection' ? { start: part.start, end: part.end } : null;
  }

  static async open(source: TextSource, path: string): Promise<TextFile> {
    const { name } = source;
    const file = await open(path, 'r').catch((error: unknown) => {
      throw fileFailure(error, name);
    });
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new GatescopeError('notAFile', { name });
      if (stat.size === 0) throw new GatescopeError('emptyText', { name });
      const detected = await detectFile(file, stat.size);
      return new TextFile(source, file, { size: stat.size, mtimeMs: stat.mtimeMs }, detected);
    } catch (error) {
      await file.close();
      throw fileFailure(error, name);
    }
  }

  get encoding(): string {
    return this.detected.encoding;
  }

  get bytes(): number {
    const { part } = this.source;
    return part.kind === 'head' ? Math.min(part.bytes, this.opened.size) : this.opened.size;
  }

  async *pieces(limit = Infinity): AsyncGenerator<TextPiece> {
    const decoder = new StreamDecoder(this.detected);
    const total = Math.min(limit, this.bytes);
    let units = 0;
    try {
      for (let at = 0; at < total;) {
        const bytes = await readAt(this.file, at, Math.min(PIECE_BYTES, total - at));
        if (bytes.length === 0) throw new GatescopeError('fileChangedWhileReading', { name: this.source.name });
        at += bytes.length;
        const text = decoder.push(bytes) + (at === total ? decoder.end(total < this.opened.size) : '');
        this.replaced = decoder.replaced;
        yield { text: this.cut(text, units), fraction: at / this.bytes };
        units += text.length;
        if (this.window !== null && units >= this.window.end) return;
      }
    } catch (error) {
      throw fileFailure(error, this.source.name);
    }
  }

  async checkUnchanged(): Promise<void> {
    const { size, mtimeMs } = await this.file.stat();
    if (size !== this.opened.size || mtimeMs !== this.opened.mtimeMs)
      throw new GatescopeError('fileChangedWhileReading', { name: this.source.name });
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Of a piece that begins at `units` of the document, what belongs to the selection. */
  private cut(text: string, units: number): string {
    if (this.window === null) return text;
    return text.slice(Math.max(0, this.window.start - units), Math.max(0, this.window.end - units));
  }
}

/** Detects from the beginning; where that is plain ASCII, from places further on that are not. */
async function detectFile(file: FileHandle, size: number): Promise<DetectedEncoding> {
  const head = await readAt(file, 0, SAMPLE_BYTES);
  const detected = detectEncoding(head, head.length >= size);
  if (detected.encoding !== 'utf-8' || detected.certain) return detected;
  for (let k = 1; k <= PROBES && size > head.length; k++) {
    const at = Math.floor(head.length + ((size - head.length - PROBE_BYTES) * k) / PROBES);
    const probe = afterWhiteSpace(await readAt(file, Math.max(head.length, at), PROBE_BYTES));
    if (probe.some((byte) => byte >= 0x80) && !probe.includes(0)) return detectEncoding(probe, false);
  }
  return detected;
}

/** A probe may begin inside a character; behind a space or line end it does not. */
function afterWhiteSpace(bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((byte) => byte === 0x20 || byte === 0x0a);
  return at < 0 ? bytes.subarray(bytes.length) : bytes.subarray(at);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function fileFailure(error: unknown, name: string): unknown {
  if (error instanceof GatescopeError) return error;
  if (error instanceof UnreadableTextError) {
    const { reason, offset, encoding } = error;
    return reason === 'binary'
      ? new GatescopeError('binaryFile', { name, offset })
      : new GatescopeError('undecodable', { name, encoding, offset });
  }
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new GatescopeError('fileMissing', { name });
  if (code === 'EISDIR') return new GatescopeError('notAFile', { name });
  return new GatescopeError('fileUnreadable', { name, reason: code });
}
