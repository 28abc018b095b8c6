// The WebAssembly module: fixed-width 128-bit SIMD only, so that it runs without flags wherever VS Code does.
export { arenaStart, multiply, transpose } from './matrixProduct';
export { activate, adamUpdate, softmaxRows } from './elementwise';
