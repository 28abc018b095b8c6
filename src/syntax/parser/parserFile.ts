// A parser as a file: safetensors with tables of features in 4 bits a number, matrices in 8 and vectors in float32; the words it knows, its
// shape and where it comes from are in the header.
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type NamedTensor,
} from '../../engine/formats/safetensors';
import type { TensorValues } from '../../engine/formats/safetensors';
import {
  recordOfTables,
  tablesOfRecord,
  type FeatureTables,
  type FeatureTablesRecord,
} from '../words/featureVocabulary';
import { headShapes, recurrentConfig, type ParameterShape, type ParserConfig } from './parserConfig';
import type { ParserModel } from './parserModel';
import { parameterShapes } from '../../engine/network/networkConfig';
import { slotsOf } from './readTrees';
import { bytesOfRow, makeSmall, readSmall } from './smallNumbers';

/** What people should know of the weights: command, scores, licence, attribution. */
export type ParserNotes = Record<string, string>;

/** A file that is no parser's, or of another version; the message says why. */
export class ParserFileError extends Error {
  override readonly name = 'ParserFileError';
}

export interface ParserFile {
  config: ParserConfig;
  tables: FeatureTables;
  notes: ParserNotes;
  /** Writes the values of one parameter. */
  read(name: string, into: Float32Array): void;
}

const FORMAT = 'gatescope parser 1';
const OWN = ['format', 'config', 'tables'] as const;

const isTable = (name: string): boolean => name.startsWith('slot.');
const bitsOf = (name: string): 4 | 8 => (isTable(name) ? 4 : 8);

export function encodeParser(model: ParserModel, tables: FeatureTables, notes: ParserNotes): Uint8Array<ArrayBuffer> {
  const tensors = model.all.flatMap(({ name, shape, values }): NamedTensor[] => {
    if (shape.length === 1) return [{ name, shape, values: values.slice() }];
    const [rows, columns] = shape;
    const { numbers, exponents } = makeSmall(values, columns, bitsOf(name));
    return [
      { name, shape: [rows, bytesOfRow(bitsOf(name), columns)], values: numbers },
      { name: `${name}.scale`, shape: [rows], values: exponents },
    ];
  });
  const { slots, ...config } = model.config;
  const own = { format: FORMAT, config: JSON.stringify({ ...config, slots: slots.length }) };
  return encodeSafetensors(tensors, { ...notes, ...own, tables: JSON.stringify(recordOfTables(tables)) });
}

/** @throws ParserFileError for anything but a parser's file that this version reads */
export function decodeParser(bytes: Uint8Array): ParserFile {
  const { tensors, metadata } = decoded(bytes);
  if (metadata.format !== FORMAT) throw new ParserFileError('the file holds no parser');
  const { config, tables } = readHeader(metadata);
  const shapes = parameterShapesOf(config);
  for (const { name, shape } of shapes) {
    const found = tensors.get(name);
    const wanted = shape.length === 1 ? shape : [shape[0], bytesOfRow(bitsOf(name), shape[1])];
    if (found?.shape.join() !== wanted.join())
      throw new ParserFileError(`${name} is [${found?.shape.join(', ') ?? 'missing'}], not [${wanted.join(', ')}]`);
    if (!(found.values instanceof (shape.length === 1 ? Float32Array : Int8Array)))
      throw new ParserFileError(`${name} has another type`);
    if (shape.length > 1 && !(tensors.get(`${name}.scale`)?.values instanceof Int8Array))
      throw new ParserFileError(`${name} has no scales`);
  }
  return {
    config,
    tables,
    notes: Object.fromEntries(Object.entries(metadata).filter(([key]) => !OWN.some((own) => own === key))),
    read(name, into) {
      const shape = shapes.find((each) => each.name === name)?.shape;
      const numbers = tensors.get(name)?.values;
      const exponents = tensors.get(`${name}.scale`)?.values;
      if (numbers instanceof Float32Array) into.set(numbers);
      else if (shape && numbers instanceof Int8Array && exponents instanceof Int8Array)
        readSmall({ bits: bitsOf(name), columns: shape[1], numbers, exponents }, into);
      else throw new ParserFileError(`the file has no ${name}`);
    },
  };
}

function decoded(bytes: Uint8Array): {
  tensors: Map<string, { shape: number[]; values: TensorValues }>;
  metadata: Record<string, string>;
} {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new ParserFileError(error.message);
    throw error;
  }
}

/** The header is this program's own: what it holds is checked by the shapes of the tensors. */
function readHeader(metadata: Record<string, string>): { config: ParserConfig; tables: FeatureTables } {
  try {
    const tables = tablesOfRecord(JSON.parse(metadata.tables) as FeatureTablesRecord);
    const config = JSON.parse(metadata.config) as Omit<ParserConfig, 'slots'>;
    return { tables, config: { ...config, slots: slotsOf(tables) } };
  } catch (error) {
    throw new ParserFileError(error instanceof Error ? error.message : String(error));
  }
}

function parameterShapesOf(config: ParserConfig): ParameterShape[] {
  const recurrent = parameterShapes(recurrentConfig(config, 0)).filter(({ name }) => name !== 'embedding');
  return [...headShapes(config), ...recurrent];
}
