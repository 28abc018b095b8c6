// `gatescope oracle`: holds the engine, the reference and the fused one, to the numbers that PyTorch wrote into a folder.
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { createFusedOracle } from '../../engine/oracle/fusedOracle';
import { OracleInputError, type OracleCase } from '../../engine/oracle/oracleCase';
import { compareWithOracle } from '../../engine/oracle/oracleComparison';
import type { OracleImplementation } from '../../engine/oracle/oracleImplementation';
import { createReferenceOracle } from '../../engine/oracle/referenceOracle';
import { isPassed, reportAsData, reportAsText, type CaseReport } from '../../engine/oracle/oracleReport';
import { failureOf } from '../failureOf';
import { findCases, readCase } from './oracleFolder';
import {
  EXIT,
  onlyArgument,
  optionLines,
  parseOptions,
  wholeNumber,
  type CommandContext,
  type Subcommand,
} from './subcommand';

const MEMORY_MEGABYTES = 2048;

export interface OracleOptions {
  folder: string;
  memoryMegabytes: number;
  json: boolean;
}

export const oracleCommand: Subcommand = {
  name: 'oracle',
  summary: 'compare the engine with numbers that PyTorch wrote',
  help: () =>
    [
      'gatescope oracle FOLDER [options]',
      '',
      'Reads every case in FOLDER (case.json and tensors.safetensors in PyTorch’s names, float64), runs it through the reference and',
      'the fused engine and tells for each kind of tensor the largest error, relative to the largest magnitude of the tensor; for flow',
      'and cellflow relative to each element above 1e-30, and nothing but 0 where no path leads.',
      '',
      'Options:',
      ...optionLines([
        ['memory MB', `what a case may take, estimated before anything is read; ${MEMORY_MEGABYTES}`],
        ['json', 'print JSON instead of a table'],
        ['help', 'show this'],
      ]),
      '',
      'JSON: { folder, passed, cases: [{ name, passed, implementations: { reference, fused } }] }, each implementation',
      '{ detail, milliseconds, steepSteps, kinds: { loss, losses, output, hidden, cell, gates, grad, flow, cellflow, clipped_norm, adam } },',
      'each kind { error, limit, passed, tensor, at, ours, oracle } of its worst value (error null: not finite, or not 0 without a path).',
      'steepSteps: values of adam stepped with the oracle’s gradient, because float32 rounding decides their sign (|g| about 1e-8).',
      'A case that cannot be used: { name, passed: false, tensor, error }.',
      '',
      'Exit codes: 0 all within their limits (loss 1e-5, flow and cellflow 1e-3, else 1e-4), 1 not all, 2 input that cannot be used.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const options = oracleOptions(argv);
    return () => runOracle(options, context);
  },
};

/** @throws UsageError */
export function oracleOptions(argv: string[]): OracleOptions {
  const { values, positionals } = parseOptions(argv, { json: { type: 'boolean' }, memory: { type: 'string' } });
  return {
    folder: onlyArgument('oracle', 'folder', positionals),
    memoryMegabytes: wholeNumber('memory', values.memory, MEMORY_MEGABYTES, 1),
    json: values.json === true,
  };
}

async function runOracle(options: OracleOptions, { terminal, engine }: CommandContext): Promise<number> {
  const { folder, memoryMegabytes, json } = options;
  const reports: CaseReport[] = [];
  try {
    const cases = findCases(folder);
    const implementations = await bothImplementations(engine().modules);
    for (const each of cases) {
      terminal.progress(`case ${reports.length + 1} of ${cases.length}: ${each.name}`);
      reports.push(await examine(each, memoryMegabytes * 2 ** 20, implementations));
    }
  } catch (error) {
    if (!(error instanceof OracleInputError)) throw error;
    terminal.note(`gatescope: ${error.message}`);
    if (json)
      terminal.print(`${JSON.stringify({ folder, passed: false, error: error.message, cases: [] }, null, 2)}\n`);
    return EXIT.badInput;
  } finally {
    terminal.progress(null);
  }
  terminal.print(json ? `${JSON.stringify(reportAsData(folder, reports), null, 2)}\n` : `${reportAsText(reports)}\n`);
  const unusable = reports.filter((report) => 'error' in report);
  for (const { name, error } of unusable) terminal.note(`gatescope: ${name}: ${error}`);
  if (unusable.some(({ isInput }) => isInput)) return EXIT.badInput;
  return reports.every(isPassed) ? EXIT.done : EXIT.failed;
}

async function bothImplementations(modules: KernelModules): Promise<OracleImplementation[]> {
  const chosen = await selectKernels(modules, 1024);
  const { name } = chosen.kernels;
  chosen.kernels.dispose();
  return [
    createReferenceOracle(),
    createFusedOracle(`${name} kernels`, async (bytes) => (await selectKernels(modules, bytes, name)).kernels),
  ];
}

/** Everything about a case, or why it cannot be used: nothing in between. */
async function examine(
  { name, folder }: { name: string; folder: string },
  memoryBytes: number,
  implementations: OracleImplementation[],
): Promise<CaseReport> {
  try {
    const oracle = readCase(name, folder, memoryBytes);
    const reports = [];
    for (const implementation of implementations) reports.push(await measure(implementation, oracle));
    return { name, implementations: reports };
  } catch (error) {
    if (error instanceof OracleInputError) return { name, tensor: error.tensor, error: error.message, isInput: true };
    const message = error instanceof Error ? error.message : String(error);
    if (failureOf(error, 0).code === 'outOfMemory')
      return { name, tensor: null, error: `there is no memory for it: ${message}`, isInput: true };
    return { name, tensor: null, error: message, isInput: false };
  }
}

async function measure(implementation: OracleImplementation, oracle: OracleCase) {
  const began = performance.now();
  const { results, steepSteps } = await implementation.run(oracle);
  const { name, detail } = implementation;
  const milliseconds = performance.now() - began;
  return { name, detail, kinds: compareWithOracle(oracle, results), steepSteps, milliseconds };
}
