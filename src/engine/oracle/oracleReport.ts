// What the oracle found, as JSON for programs and as a table for people.
import type { KindError } from './oracleComparison';
import { ORACLE_KINDS } from './oracleKinds';
import type { OracleImplementation } from './oracleImplementation';

/** What one implementation made of a case. */
export interface ImplementationReport {
  name: OracleImplementation['name'];
  detail: string;
  kinds: KindError[];
  steepSteps: number;
  milliseconds: number;
}

/** A case that was computed, or why it could not be: for what it holds (`isInput`) or for a fault of ours. */
export type CaseReport =
  | { name: string; implementations: ImplementationReport[] }
  | { name: string; tensor: string | null; error: string; isInput: boolean };

/** Whether every kind of every case that was computed keeps its limit. */
export function isPassed(report: CaseReport): boolean {
  return (
    'implementations' in report && report.implementations.every(({ kinds }) => kinds.every(({ passed }) => passed))
  );
}

/** Plain data; an error that is no number (a result that is not finite, or not 0 without a path) is null. */
export function reportAsData(folder: string, cases: CaseReport[]): unknown {
  return {
    folder,
    passed: cases.every(isPassed),
    cases: cases.map((report) =>
      'error' in report
        ? { name: report.name, passed: false, tensor: report.tensor, error: report.error }
        : {
            name: report.name,
            passed: isPassed(report),
            implementations: Object.fromEntries(
              report.implementations.map((each) => [each.name, implementation(each)]),
            ),
          },
    ),
  };
}

function implementation({ detail, kinds, steepSteps, milliseconds }: ImplementationReport): unknown {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    detail,
    milliseconds: Math.round(milliseconds),
    steepSteps,
    kinds: Object.fromEntries(
      kinds.map(({ kind, error, limit, passed, tensor, at, ours, oracle }) => [
        kind,
        { error: finite(error), limit, passed, tensor, at, ours: finite(ours), oracle },
      ]),
    ),
  };
}

/** Largest relative errors, one line per case and implementation; then a sentence for each that is too large. */
export function reportAsText(cases: CaseReport[]): string {
  const computed = cases.flatMap((report) =>
    'implementations' in report ? report.implementations.map((each) => ({ ...each, caseName: report.name })) : [],
  );
  const present = ORACLE_KINDS.filter((kind) => computed.some(({ kinds }) => kinds.some((each) => each.kind === kind)));
  const cell = (kinds: KindError[], kind: string): string => {
    const found = kinds.find((each) => each.kind === kind);
    return found ? `${found.error.toExponential(0)}${found.passed ? '' : ' !'}` : '';
  };
  const rows = computed.map(({ caseName, name, kinds }) => [
    caseName,
    name,
    ...present.map((kind) => cell(kinds, kind)),
  ]);
  const details = new Set(computed.map(({ name, detail }) => `${name}: ${detail}`));
  const table = computed.length > 0 ? [...columns([['case', '', ...present], ...rows]), '', ...details] : [];
  return [...table, ...cases.flatMap(complaints), summary(cases)].join('\n');
}

function columns(rows: string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function complaints(report: CaseReport): string[] {
  if ('error' in report) return [`${report.name}: ${report.error}`];
  return report.implementations.flatMap(({ name, kinds }) =>
    kinds
      .filter(({ passed }) => !passed)
      .map(
        ({ tensor, at, ours, oracle, error, limit }) =>
          `${report.name}, ${name}: ${tensor} at ${at} is ${ours}, the oracle says ${oracle} ` +
          `(relative error ${error.toExponential(1)}, allowed ${limit.toExponential(0)})`,
      ),
  );
}

function summary(cases: CaseReport[]): string {
  const failed = cases.filter((report) => !isPassed(report)).length;
  return failed === 0
    ? `All ${cases.length} cases agree with the oracle.`
    : `${failed} of ${cases.length} cases do not.`;
}
