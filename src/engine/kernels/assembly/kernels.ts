// The WebAssembly module. Written in 128-bit operations throughout: that runs wherever VS Code does, and V8's revectorizer
// joins neighbouring pairs into 256-bit ones where its flag is set.
export { multiply, multiplyPacked, pack, packedBytes, transpose } from './matrixProduct';
export { activate, crossEntropyRows, softmaxRows } from './elementwise';
export { adamUpdate, momentumUpdate, rmspropUpdate } from './optimizers';
export { addValues, copyValues, dropout, highway, highwayGradient } from './connections';
export { lstmBackward, lstmForward } from './lstmStep';
export { gruBackwardState, gruGatePast, gruReset, gruState } from './gruStep';
export { gruBackwardAfter, gruBackwardBefore } from './gruResetStep';
export { vanillaBackward, vanillaForward } from './vanillaStep';
export {
  fillRows,
  gatherRows,
  scaleValues,
  scatterAddRows,
  storeSumOfSquares,
  sumOfSquares,
  sumRows,
  zeroValues,
} from './rows';
export { addEnded, clearEnded, copyEnded, poolMax, poolMaxGradient, poolMean, poolMeanGradient } from './pooling';
export { constantsEnd, scratchBytes } from './scratch';
export { combinePacked } from './combine';
export { rowSquares, scaleColumns, scaleRows } from './sweep';
export { cellPathRows, lstmRows, measureRows } from './sweepRows';
