// Reads and writes safetensors files (https://huggingface.co/docs/safetensors): 8 bytes little-endian header length,
// a JSON header naming every tensor's dtype, shape and byte range, then the raw values. Typed arrays are taken as
// little-endian, as they are on every platform VS Code runs on.

export type TensorValues = Float32Array | Float64Array | Int32Array | BigInt64Array | Int8Array;

export interface NamedTensor {
  name: string;
  /** Row-major; [] is a single number. */
  shape: number[];
  values: TensorValues;
}

/** A file that is not what a safetensors file has to be; the message says where and how, `tensor` which one is to blame. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';

  constructor(
    message: string,
    readonly tensor: string | null = null,
  ) {
    super(message);
  }
}

const DTYPES = {
  F64: { bytes: 8, view: Float64Array },
  I64: { bytes: 8, view: BigInt64Array },
  F32: { bytes: 4, view: Float32Array },
  I32: { bytes: 4, view: Int32Array },
  I8: { bytes: 1, view: Int8Array },
} as const;
type Dtype = keyof typeof DTYPES;

const METADATA = '__metadata__';
const LENGTH_BYTES = 8;
/** The limit of the format's own library. */
const LONGEST_HEADER = 100_000_000;

const elements = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

function dtypeOf(values: TensorValues): Dtype {
  if (values instanceof Float32Array) return 'F32';
  if (values instanceof Float64Array) return 'F64';
  if (values instanceof Int8Array) return 'I8';
  return values instanceof Int32Array ? 'I32' : 'I64';
}

/**
 * Bytes of a file holding the tensors; longer values come first and the header is padded, so that every tensor lies on
 * a multiple of its element size. Throws SafetensorsError for a name used twice or a shape that does not fit its values.
 */
export function encodeSafetensors(tensors: NamedTensor[], metadata?: Record<string, string>): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort((a, b) => DTYPES[dtypeOf(b.values)].bytes - DTYPES[dtypeOf(a.values)].bytes);
  const entries: [string, unknown][] = metadata ? [[METADATA, metadata]] : [];
  const names = new Set([METADATA]);
  let dataBytes = 0;
  for (const { name, shape, values } of ordered) {
    if (names.has(name)) throw new SafetensorsError(`the name "${name}" cannot be used for a tensor (again)`);
    if (elements(shape) !== values.length)
      throw new SafetensorsError(`"${name}" has shape [${shape.join(', ')}] but ${values.length} values`);
    names.add(name);
    entries.push([name, { dtype: dtypeOf(values), shape, data_offsets: [dataBytes, dataBytes + values.byteLength] }]);
    dataBytes += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  file.set(text, LENGTH_BYTES);
  let position = LENGTH_BYTES + headerBytes;
  for (const { values } of ordered) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return file;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    throw new SafetensorsError(`the file ends after ${bytes.length} bytes, before the length of its header`);
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (declared > BigInt(LONGEST_HEADER)) throw new SafetensorsError(`the header would be ${declared} bytes long`);
  const dataStart = LENGTH_BYTES + Number(declared);
  if (dataStart > bytes.length)
    throw new SafetensorsError(`the header would end at byte ${dataStart}, after the file's ${bytes.length} bytes`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart)));
  } catch (error) {
    throw new SafetensorsError(`the header is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(header)) throw new SafetensorsError('the header is not a JSON object');
  return { header, dataStart };
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new SafetensorsError(`${METADATA} is not a map from text to text`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw new SafetensorsError(`${METADATA} "${key}" is not text`);
      return [key, text];
    }),
  );
}

/** Checks one entry of the header against the data; `dataBytes` is what follows the header. */
function readEntry(name: string, entry: unknown, dataBytes: number) {
  const fail = (problem: string) => new SafetensorsError(`tensor "${name}" ${problem}`, name);
  if (!isRecord(entry)) throw fail('has no description');
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    throw fail(`has dtype ${String(dtype)}; readable are ${Object.keys(DTYPES).join(', ')}`);
  if (!Array.isArray(shape) || !shape.every(isCount)) throw fail('has no valid shape');
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw fail('has no valid data_offsets');
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataBytes)
    throw fail(`lies at bytes ${begin} to ${end}, outside the ${dataBytes} bytes of data`);
  const kind = DTYPES[dtype as Dtype];
  if (elements(shape) * kind.bytes !== end - begin)
    throw fail(`has shape [${shape.join(', ')}] of ${dtype} but ${end - begin} bytes`);
  return { shape: shape as number[], begin, end, view: kind.view };
}

/**
 * Tensors of a file in the order of its header, each a copy of its own, whatever the alignment in the file.
 * Throws SafetensorsError naming the first thing that is wrong, overlaps and gaps between tensors included.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  tensors: Map<string, { shape: number[]; values: TensorValues }>;
  metadata: Record<string, string>;
} {
  const { header, dataStart } = readHeader(bytes);
  const dataBytes = bytes.length - dataStart;
  const { [METADATA]: metadata, ...entries } = header;
  const tensors = new Map<string, { shape: number[]; values: TensorValues }>();
  const ranges: { name: string; begin: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const { shape, begin, end, view } = readEntry(name, entry, dataBytes);
    // Not bytes.slice: on a Buffer of Node that shares memory, and `buffer` would be the whole file.
    const own = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, values: new view(own.buffer) });
    ranges.push({ name, begin, end });
  }
  let covered = 0;
  for (const { name, begin, end } of ranges.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered)
      throw new SafetensorsError(
        `tensor "${name}" begins at byte ${begin}, but the data before it ends at ${covered}`,
        name,
      );
    covered = end;
  }
  if (covered !== dataBytes) throw new SafetensorsError(`${dataBytes - covered} bytes follow the last tensor`);
  return { tensors, metadata: readMetadata(metadata) };
}
