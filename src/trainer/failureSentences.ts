// English sentences for failures, for the command line; inside the editor the host says them in the reader's language.
import type { Failure } from '../protocol/run';
import type { FailureCode } from '../protocol/failures';
import { counted } from '../text/counted';

type Say = (args: Failure['args']) => string;

const SENTENCES: Record<FailureCode, Say> = {
  emptyText: ({ name }) => `${name} is empty.`,
  bidirectionalLanguage: () =>
    'A language model cannot read in both directions: each state would already have read the token it is to predict. Use --task cloze, which predicts hidden words from both sides, or one direction.',
  textTooShort: ({ name, tokens, needed }) =>
    `${name} has ${counted(tokens, 'token')}; training needs at least ${needed}.`,
  oneSymbol: ({ name, symbol }) =>
    `${name} holds only the symbol ${JSON.stringify(symbol)}; there is nothing to learn.`,
  datasetMalformed: ({ name, line, reason }) => `${name}, line ${line}: ${reason}.`,
  datasetUnlabelled: ({ name, column, found }) =>
    column === ''
      ? `${name} has no labels: neither a column of labels beside a text, nor one of tags beside tokens.`
      : `${name} has no column ${column}; it has ${found}.`,
  datasetUntagged: ({ name, column }) => `${name} says nothing in column ${column}: it is empty or “_” everywhere.`,
  datasetOneClass: ({ name, label }) => `${name} knows only the label ${label}; there is nothing to tell apart.`,
  datasetTooFew: ({ name, examples, needed }) =>
    `${name} holds ${counted(examples, 'example')}; training needs at least ${needed}.`,
  binaryFile: ({ name, offset }) => `${name} is not a text: byte ${offset} cannot be part of one.`,
  undecodable: ({ name, encoding, offset }) =>
    `${name} cannot be read as ${encoding}, first at byte ${offset}. Save it as UTF-8 and try again.`,
  notAFile: ({ name }) => `${name} is not a file.`,
  fileMissing: ({ name }) => `${name} does not exist.`,
  fileUnreadable: ({ name, reason }) => `${name} cannot be read: ${reason}.`,
  fileChangedWhileReading: ({ name }) => `${name} changed while it was read. Try again.`,
  tooLargeToHold: ({ name, megabytes, limit }) => `${name} has ${megabytes} MB; at most ${limit} MB can be held.`,
  runMissing: ({ id }) => `There is no run ${id}.`,
  runInUse: ({ id, pid }) =>
    `Run ${id} is being trained by process ${pid}. Pause it there first. If there is no such process of Gatescope, delete owner.json in its folder.`,
  runTrainedElsewhere: ({ id, step }) =>
    `Run ${id} was trained on by another process, to step ${step}, since it was opened here. Open it again.`,
  runDamaged: ({ id, file, reason }) => `Run ${id} is damaged: ${file}: ${reason}.`,
  snapshotDamaged: ({ step, reason }) => `The snapshot of step ${step} cannot be read: ${reason}.`,
  storageUnwritable: ({ folder, reason }) => `${folder} cannot be written: ${reason}.`,
  networkTooLarge: ({ needed, megabytes }) =>
    `The network needs about ${needed} MB, but may take ${megabytes} MB. Use fewer units, shorter sequences or a smaller batch.`,
  outOfMemory: ({ megabytes }) => `More than ${megabytes} MB would be needed. Use fewer units or smaller batches.`,
  trainerCrashed: ({ reason }) => `Training broke off: ${reason}.`,
  trainerSilent: ({ seconds }) => `No answer within ${seconds} s.`,
  badRequest: ({ reason }) => `Not possible: ${reason}.`,
  parserUnusable: ({ name, reason }) => `The parser's weights ${name} cannot be used: ${reason}.`,
  noTrees: ({ name, line, reason }) =>
    line === 0
      ? `${name} holds no sentence in CoNLL-U.`
      : `No sentence of ${name} has a tree; line ${line}: ${reason}.`,
  treesDamaged: ({ reason }) => `The trees that were imported cannot be read: ${reason}. Import the file again.`,
  nothingToProbe: ({ name }) => `${name} has too few words whose part of speech or number could be told apart.`,
  notOfTasks: () => 'The network was trained for a task and predicts no next tokens.',
  notReady: () => 'There is no model yet.',
  torchResetGate: () =>
    'PyTorch’s GRU applies the reset gate after the product, this one before it: no module of PyTorch computes it. Train with --reset-gate after to export.',
  torchActivation: () => 'PyTorch’s RNN knows tanh and relu, not sigmoid: no module of PyTorch computes this network.',
  weightsUnusable: ({ name, reason }) => `${name} does not hold the weights of a network that can be shown: ${reason}.`,
  torchConnections: () =>
    'PyTorch’s stacks of layers have no connections around them and do not sum their directions: no module of PyTorch computes this network.',
  weightsBothWays: ({ name, reason }) =>
    `${name} holds a network that reads both ways (${reason}): as a language model it would already have read what it is to predict.`,
  weightsVocabulary: ({ name, size, text, distinct }) =>
    `${name} knows ${counted(size, 'token')} and does not say which; ${text} has ${distinct}. Use the text it was trained on, or add the metadata “vocabulary”.`,
  nothingToInspect: () => 'There is no text to look at.',
};

/** A sentence for any failure, also one whose code is not known. */
export function failureSentence({ code, args }: Failure): string {
  const say = Object.hasOwn(SENTENCES, code) ? SENTENCES[code as FailureCode] : undefined;
  return say ? say(args) : `${code} ${JSON.stringify(args)}`;
}
