// The WebAssembly module. Written in 128-bit operations throughout: that runs wherever VS Code does, and V8's revectorizer
// joins neighbouring pairs into 256-bit ones where its flag is set.
export { arenaStart, multiply, multiplyPacked, pack, packedBytes, transpose } from './matrixProduct';
export { activate, adamUpdate, softmaxRows } from './elementwise';
export { lstmBackward, lstmForward } from './lstmStep';
export { gruBackwardState, gruGatePast, gruReset, gruState } from './gruStep';
export { gruBackwardAfter, gruBackwardBefore } from './gruResetStep';
export { vanillaBackward, vanillaForward } from './vanillaStep';
export { gatherRows, scaleValues, scatterAddRows, sumOfSquares, sumRows } from './rows';
export { rowSquares, scaleColumns, scaleRows, weightedRowSum } from './sweep';
