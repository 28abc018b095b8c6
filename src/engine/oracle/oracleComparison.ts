// Holds an implementation's numbers against the oracle's, tensor by tensor, and sums them up by kind.
import { placeOf, type OracleCase } from './oracleCase';
import { isElementwise, limitOf, ORACLE_KINDS, type OracleKind } from './oracleKinds';

/** Results by the oracle's names and in its shapes. */
export type OracleResults = ReadonlyMap<string, ArrayLike<number>>;

/** The worst of one kind. */
export interface KindError {
  kind: OracleKind;
  /** Largest relative error; Infinity where ours is not a finite number, is missing, or is not 0 without a path. */
  error: number;
  limit: number;
  passed: boolean;
  /** The tensor with that error, where in it, and both values there. */
  tensor: string;
  at: string;
  ours: number;
  oracle: number;
}

/** Below this a flow's relative error is not looked at. */
const SMALLEST_FLOW = 1e-30;

/** One entry per kind that the case has, in the order of ORACLE_KINDS. */
export function compareWithOracle({ tensors, results }: OracleCase, ours: OracleResults): KindError[] {
  const worst = new Map<OracleKind, KindError>();
  for (const { name, shape, kind } of results) {
    const oracle = tensors.get(name) ?? new Float64Array(0);
    const values = ours.get(name);
    const found = values?.length === oracle.length ? largestError(values, oracle, isElementwise(kind)) : MISSING;
    const before = worst.get(kind);
    if (before && before.error >= found.error) continue;
    const limit = limitOf(kind);
    worst.set(kind, {
      kind,
      error: found.error,
      limit,
      passed: found.error <= limit,
      tensor: name,
      at: placeOf(found.at, shape),
      ours: values?.[found.at] ?? NaN,
      oracle: oracle[found.at],
    });
  }
  return ORACLE_KINDS.flatMap((kind) => worst.get(kind) ?? []);
}

const MISSING = { error: Infinity, at: 0 };

function largestError(
  ours: ArrayLike<number>,
  oracle: Float64Array,
  elementwise: boolean,
): { error: number; at: number } {
  const largest = oracle.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let found = { error: -1, at: 0 };
  for (let at = 0; at < oracle.length; at++) {
    const difference = Math.abs(ours[at] - oracle[at]);
    let error = elementwise ? flowError(ours[at], oracle[at]) : difference === 0 ? 0 : difference / largest;
    if (Number.isNaN(error)) error = Infinity;
    if (error > found.error) found = { error, at };
  }
  return found;
}

/** Relative error of one norm; where no path leads there only 0 will do, where it has all but vanished anything finite. */
function flowError(ours: number, oracle: number): number {
  if (oracle === 0) return ours === 0 ? 0 : Infinity;
  if (!Number.isFinite(ours)) return Infinity;
  return oracle > SMALLEST_FLOW ? Math.abs(ours - oracle) / oracle : 0;
}
