// Finds and reads the oracle's cases in a folder: case.json and tensors.safetensors of each, as make_cases.py writes them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { decodeSafetensors, SafetensorsError } from '../../engine/formats/safetensors';
import {
  caseTensors,
  checkedCase,
  OracleInputError,
  type CaseShape,
  type OracleCase,
} from '../../engine/oracle/oracleCase';
import { caseBytes, tensorBytes } from '../../engine/oracle/oracleMemory';
import { ACTIVATIONS, CELLS, RESET_GATES } from '../../protocol/runConfig';

const DESCRIPTION = 'case.json';
const TENSORS = 'tensors.safetensors';
/** No description is longer; no tensor needs more of a header. */
const LONGEST_DESCRIPTION = 100_000;
const HEADER_PER_TENSOR = 1000;
/** The engine stacks no more. */
const MOST_LAYERS = 8;

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const descriptionSchema = v.strictObject({
  cell: v.picklist(CELLS),
  activation: v.picklist(ACTIVATIONS),
  reset: v.picklist(RESET_GATES),
  carried: v.boolean(),
  layers: v.pipe(size, v.maxValue(MOST_LAYERS)),
  bidirectional: v.boolean(),
  hidden: size,
  embedding: size,
  vocabulary: size,
  timesteps: size,
  batch: size,
  /** What the case was drawn with. */
  seed: v.optional(v.number()),
});

/**
 * Folders of cases by name: every folder in `folder`, or `folder` itself where it is a case.
 * @throws OracleInputError where there is no such folder or nothing in it.
 */
export function findCases(folder: string): { name: string; folder: string }[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) throw new OracleInputError(`${folder} does not exist`);
  if (!found.isDirectory()) throw new OracleInputError(`${folder} is not a folder`);
  if (existsSync(path.join(folder, DESCRIPTION))) return [{ name: path.basename(path.resolve(folder)), folder }];
  const isFolder = (name: string) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory();
  const cases = namesIn(folder)
    .filter((name) => !name.startsWith('.') && isFolder(name))
    .sort()
    .map((name) => ({ name, folder: path.join(folder, name) }));
  if (cases.length === 0) throw new OracleInputError(`${folder} holds no case`);
  return cases;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new OracleInputError(`${folder} cannot be read: ${messageOf(error)}`);
  }
}

/**
 * Reads and checks one case, which may take `memoryBytes` from here to its results.
 * @throws OracleInputError naming the file, the tensor and the place.
 */
export function readCase(name: string, folder: string, memoryBytes: number): OracleCase {
  const shape = readDescription(path.join(folder, DESCRIPTION));
  const needed = caseBytes(shape);
  if (!(needed <= memoryBytes))
    throw new OracleInputError(
      `a network of this shape needs about ${megabytes(needed)} MB, more than the ${megabytes(memoryBytes)} MB allowed`,
    );
  const bytes = readTensors(path.join(folder, TENSORS), shape);
  try {
    return checkedCase(name, shape, decodeSafetensors(bytes).tensors);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new OracleInputError(`${TENSORS}: ${error.message}`, error.tensor);
    throw error;
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

function readDescription(file: string): CaseShape {
  const text = reading(file, LONGEST_DESCRIPTION).toString('utf8');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new OracleInputError(`${DESCRIPTION} is not JSON: ${messageOf(error)}`);
  }
  const parsed = v.safeParse(descriptionSchema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue);
  throw new OracleInputError(`${DESCRIPTION}: ${field === null ? '' : `${field}: `}${issue.message}`);
}

/** The file's bytes, none of which are read where there are more than such a network can have. */
function readTensors(file: string, shape: CaseShape): Buffer {
  return reading(file, tensorBytes(shape) + HEADER_PER_TENSOR * (caseTensors(shape).size + 2));
}

function reading(file: string, mostBytes: number): Buffer {
  const name = path.basename(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new OracleInputError(`${name} is missing`);
  if (!found.isFile()) throw new OracleInputError(`${name} is not a file`);
  if (found.size > mostBytes)
    throw new OracleInputError(`${name} has ${found.size} bytes, at most ${mostBytes} are to be expected`);
  try {
    return readFileSync(file);
  } catch (error) {
    throw new OracleInputError(`${name} cannot be read: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
