// The kinds of tensors that the oracle compares, and how far a float32 engine may be from float64.

export const ORACLE_KINDS = [
  'loss',
  'losses',
  'output',
  'hidden',
  'cell',
  'gates',
  'grad',
  'flow',
  'cellflow',
  'clipped_norm',
  'adam',
] as const;
export type OracleKind = (typeof ORACLE_KINDS)[number];

/** Largest error allowed: relative to the tensor's largest magnitude; for flow and cellflow relative to each element. */
export function limitOf(kind: OracleKind): number {
  if (kind === 'loss') return 1e-5;
  return isElementwise(kind) ? 1e-3 : 1e-4;
}

/** Whether small elements count as much as large ones: a vanished gradient must be right too. */
export function isElementwise(kind: OracleKind): boolean {
  return kind === 'flow' || kind === 'cellflow';
}

/** The kind of a tensor by its name in the file: hidden_l0 → hidden, gate_i_l0 → gates, grad.out.bias → grad. */
export function kindOf(tensor: string): OracleKind {
  const [first] = tensor.startsWith('gate_') ? ['gates'] : tensor === 'clipped_norm' ? [tensor] : tensor.split(/[._]/);
  const kind = ORACLE_KINDS.find((known) => known === first);
  if (!kind) throw new Error(`${tensor} is of no known kind`);
  return kind;
}
