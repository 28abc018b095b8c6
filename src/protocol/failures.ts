// Every failure the trainer can report, as codes; the host turns a code into a sentence in the reader's language.
import type { Failure } from './run';

export const FAILURE_CODES = [
  'emptyText', // args: name
  'bidirectionalLanguage', // no args: refused before the text is read
  'textTooShort', // args: name, tokens, needed
  'oneSymbol', // args: name, symbol
  'datasetMalformed', // args: name, line, reason
  'datasetUnlabelled', // args: name, column: '' or one that was asked for and is not there, found: the columns that are
  'datasetUntagged', // args: name, column: says nothing of any token
  'datasetOneClass', // args: name, label
  'datasetTooFew', // args: name, examples, needed
  'binaryFile', // args: name, offset
  'undecodable', // args: name, encoding, offset
  'notAFile', // args: name
  'fileMissing', // args: name
  'fileUnreadable', // args: name, reason
  'fileChangedWhileReading', // args: name
  'tooLargeToHold', // args: name, megabytes, limit
  'runMissing', // args: id
  'runInUse', // args: id, pid: another process trains it
  'runTrainedElsewhere', // args: id, step: by another process, since it was opened here
  'runDamaged', // args: id, file, reason
  'snapshotDamaged', // args: step, reason
  'storageUnwritable', // args: folder, reason
  'networkTooLarge', // args: needed, megabytes: refused before memory is taken
  'outOfMemory', // args: megabytes
  'trainerCrashed', // args: reason
  'trainerSilent', // args: request, seconds: it lives but does not answer
  'badRequest', // args: reason
  'notReady', // no args: asked for a picture before the model exists
  'torchResetGate', // no args: PyTorch has no GRU whose reset gate acts before the product
  'torchActivation', // no args: PyTorch has no vanilla cell with a logistic activation
  'weightsUnusable', // args: name, reason: not the weights of a network that can be shown
  'torchConnections', // no args: PyTorch has no stack of layers with connections around them
  'weightsBothWays', // args: name, reason: a network that reads both ways is no language model
  'weightsVocabulary', // args: name, size, text, distinct: which token each id stands for is not known
  'parserUnusable', // args: name, reason: the parser's weights are not there or damaged
  'noTrees', // args: name, line, code and what fills it, reason in English: no sentence of a CoNLL-U file has a tree; line 0: it has none
  'treesDamaged', // args: reason: what was kept of an imported file
  'nothingToProbe', // args: name: too few annotated words, or only one class of them
  'notOfTasks', // no args: asked of a network that predicts no next tokens
  'nothingToInspect', // no args: the window holds no token
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** An error that carries a Failure across process borders. */
export class GatescopeError extends Error {
  constructor(
    readonly code: FailureCode,
    readonly args: Failure['args'] = {},
  ) {
    super(`${code} ${JSON.stringify(args)}`);
    this.name = 'GatescopeError';
  }
  get failure(): Failure {
    return { code: this.code, args: this.args };
  }
}
