// The compiled kernels by name, and which of them compute the same bits.

/** In the order in which they are preferred where the micro-benchmark sees no difference. */
export const WASM_VARIANTS = ['simd', 'relaxed-simd', 'relaxed-simd-wide'] as const;

/**
 * `simd` rounds products and sums separately; `relaxed-simd` fuses them; `relaxed-simd-wide` does the same in tiles
 * twice as wide, for V8's revectorizer (see generateMicrokernel.mjs).
 */
export type WasmVariant = (typeof WASM_VARIANTS)[number];

export type KernelVariant = WasmVariant | 'javascript';

/** Modules compiled by compileKernels.mjs; what is missing is not chosen. */
export type KernelModules = Partial<Record<WasmVariant, Uint8Array>>;

/** Variants of one arithmetic give the same bits on the same machine: tiles do not change the order of any sum. */
export function sameBits(a: string, b: string): boolean {
  const arithmetic = (name: string) => (name === 'relaxed-simd-wide' ? 'relaxed-simd' : name);
  return arithmetic(a) === arithmetic(b);
}
