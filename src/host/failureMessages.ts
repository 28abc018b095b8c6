// Turns failure codes into sentences: what happened, to which file, and a way out.
import { FAILURE_CODES, GatescopeError, type FailureCode } from '../protocol/failures';
import type { Failure } from '../protocol/run';
import { treeReason } from '../protocol/treeReasons';
import type { Translate } from './translate';

type Sentence = (t: Translate, arg: (name: string) => string | number, args: Failure['args']) => string;

const SENTENCES: Record<FailureCode, Sentence> = {
  emptyText: (t, arg) => t('“{0}” is empty. Write or paste some text into it, or choose another file.', arg('name')),
  bidirectionalLanguage: (t) =>
    t(
      'A language model cannot read in both directions: each state would already have read the token it is to predict. Choose the task cloze, which predicts hidden words from both sides, or one direction.',
    ),
  textTooShort: (t, arg) =>
    Number(arg('tokens')) === 1
      ? t(
          '“{0}” holds a single token; training needs at least {1}. Choose a longer text, or a shorter sequence length and a smaller batch under Train with Options.',
          arg('name'),
          arg('needed'),
        )
      : t(
          '“{0}” holds {1} tokens; training needs at least {2}. Choose a longer text, or a shorter sequence length and a smaller batch under Train with Options.',
          arg('name'),
          arg('tokens'),
          arg('needed'),
        ),
  oneSymbol: (t, arg) =>
    t(
      '“{0}” repeats a single symbol ({1}), so there is nothing to predict. Choose a text with at least two different symbols.',
      arg('name'),
      arg('symbol'),
    ),
  datasetMalformed: (t, arg) =>
    t('“{0}”, line {1}: {2}. Mend the line and try again.', arg('name'), arg('line'), arg('reason')),
  datasetUnlabelled: (t, arg) =>
    arg('column') === ''
      ? t(
          '“{0}” has no labels. Give every line a label and a text with a tab between them, or every token a tag, or train a language model on it.',
          arg('name'),
        )
      : t('“{0}” has no column “{1}”. Choose one that it has: {2}.', arg('name'), arg('column'), arg('found')),
  datasetUntagged: (t, arg) =>
    t(
      '“{0}” says nothing in column {1}: it is empty or “_” everywhere. Choose a file whose words are annotated, or train a language model on its text.',
      arg('name'),
      arg('column'),
    ),
  datasetOneClass: (t, arg) =>
    t(
      'Every example of “{0}” has the label “{1}”, so there is nothing to tell apart. Add examples of another one.',
      arg('name'),
      arg('label'),
    ),
  datasetTooFew: (t, arg) =>
    Number(arg('examples')) === 1
      ? t(
          '“{0}” holds a single example; training needs at least {1}. Add some, or choose another file.',
          arg('name'),
          arg('needed'),
        )
      : t(
          '“{0}” holds {1} examples; training needs at least {2}. Add some, or choose another file.',
          arg('name'),
          arg('examples'),
          arg('needed'),
        ),
  binaryFile: (t, arg) =>
    t(
      '“{0}” is not a text: it has binary data at byte {1}. Choose a text file, or save this one as text first.',
      arg('name'),
      arg('offset'),
    ),
  undecodable: (t, arg) =>
    t(
      '“{0}” looks like {1} but cannot be decoded at byte {2}. Save it again as UTF-8 (“Save with Encoding” in the status bar) and train on that.',
      arg('name'),
      arg('encoding'),
      arg('offset'),
    ),
  notAFile: (t, arg) =>
    t(
      '“{0}” is a folder. Choose a text file inside it, or a folder that holds a folder of texts for each label.',
      arg('name'),
    ),
  fileMissing: (t, arg) =>
    t(
      '“{0}” is not there any more. Put it back or choose another file; runs trained on it can still be opened.',
      arg('name'),
    ),
  fileUnreadable: (t, arg) =>
    t(
      '“{0}” cannot be read: {1}. Check its permissions, or copy it to another folder and train on the copy.',
      arg('name'),
      arg('reason'),
    ),
  fileChangedWhileReading: (t, arg) =>
    t(
      '“{0}” changed while it was being read, or since this run began. Retrain to begin again with the text as it is now.',
      arg('name'),
    ),
  tooLargeToHold: (t, arg) =>
    t(
      '“{0}” has {1} MB; from here at most {2} MB can be read. Save it to a local disk, where it is streamed, or train on a selection.',
      arg('name'),
      arg('megabytes'),
      arg('limit'),
    ),
  runMissing: (t, arg) =>
    t('The run {0} is not in storage any more. Choose another under Open Run, or train again.', arg('id')),
  runInUse: (t, arg) =>
    t(
      'The run {0} is being trained in another window (process {1}). Pause or stop it there first. If there is no such window, delete owner.json in the run’s folder.',
      arg('id'),
      arg('pid'),
    ),
  runTrainedElsewhere: (t, arg) =>
    t(
      'The run {0} was trained on in another window, to step {1}, since it was opened here. Reload this window and open it again.',
      arg('id'),
      arg('step'),
    ),
  runDamaged: (t, arg) =>
    t(
      'The run {0} cannot be opened: {1} is damaged ({2}). Delete the run, or train again.',
      arg('id'),
      arg('file'),
      arg('reason'),
    ),
  snapshotDamaged: (t, arg) =>
    t(
      'The snapshot of step {0} cannot be read ({1}) and is left out. The newest weights are shown.',
      arg('step'),
      arg('reason'),
    ),
  storageUnwritable: (t, arg) =>
    t(
      'The run cannot be stored in {0}: {1}. Free some space or check the permissions of that folder.',
      arg('folder'),
      arg('reason'),
    ),
  networkTooLarge: (t, arg) =>
    t(
      'The network needs about {0} MB of memory while it is trained, but may take {1} MB. Choose fewer units, shorter sequences or a smaller batch, or raise gatescope.trainer.memoryMegabytes.',
      arg('needed'),
      arg('megabytes'),
    ),
  outOfMemory: (t, arg) =>
    t(
      'Training needed more than its {0} MB of memory and was ended; the last checkpoint is kept. Choose fewer units or a smaller batch, or raise gatescope.trainer.memoryMegabytes.',
      arg('megabytes'),
    ),
  trainerCrashed: (t, arg) =>
    t(
      'The training process ended unexpectedly ({0}); the last checkpoint is kept. Resume to go on from it; the log says more.',
      arg('reason'),
    ),
  trainerSilent: (t, arg) =>
    t(
      'The training process has not answered within {0} s, but it still runs. Wait a moment and try again, or close other programs that keep the computer busy; the log says more.',
      arg('seconds'),
    ),
  badRequest: (t, arg) =>
    t(
      'The training process could not understand a request ({0}). The log says more; Retrain begins again.',
      arg('reason'),
    ),
  notReady: (t) => t('The model is not built yet. Wait a moment and try again.'),
  torchResetGate: (t) =>
    t(
      'PyTorch’s GRU applies the reset gate after the product, this one before it, so no module of PyTorch computes it. Train with gatescope.training.resetGate set to “after” to export; the run folder holds the weights as they are.',
    ),
  torchActivation: (t) =>
    t(
      'PyTorch’s RNN knows tanh and ReLU, not the logistic function, so no module of PyTorch computes this network. The run folder holds the weights as they are.',
    ),
  weightsUnusable: (t, arg) =>
    t(
      '“{0}” does not hold the weights of a network that can be shown: {1}. Save an embedding, recurrent layers and a linear layer with PyTorch’s names.',
      arg('name'),
      arg('reason'),
    ),
  torchConnections: (t) =>
    t(
      'PyTorch’s stacks of layers have no connections around them and do not sum their directions, so no module of PyTorch computes this network. The run folder holds the weights as they are.',
    ),
  weightsBothWays: (t, arg) =>
    t(
      '“{0}” holds a network that reads both ways ({1}). As a language model it would already have read the token it is to predict; save one that reads from left to right instead.',
      arg('name'),
      arg('reason'),
    ),
  weightsVocabulary: (t, arg) =>
    t(
      '“{0}” knows {1} tokens and does not say which; “{2}” has {3}. Choose the text it was trained on, or save the list of tokens in the file’s metadata under “vocabulary”.',
      arg('name'),
      arg('size'),
      arg('text'),
      arg('distinct'),
    ),
  parserUnusable: (t, arg) =>
    t(
      'The parser’s weights “{0}” cannot be used: {1}. Install Gatescope again; until then trees can be imported from a CoNLL-U file.',
      arg('name'),
      arg('reason'),
    ),
  noTrees: (t, arg, args) =>
    arg('line') === 0
      ? t(
          '“{0}” holds no sentence in CoNLL-U: ten columns separated by tabs, an empty line behind every sentence. Choose another file.',
          arg('name'),
        )
      : t(
          'No sentence of “{0}” has a tree; the first problem is in line {1}: {2}. Mend the file and import it again.',
          arg('name'),
          arg('line'),
          treeReason({ code: String(args.code), args }, t),
        ),
  treesDamaged: (t, arg) =>
    t('The trees that were imported for this run cannot be read ({0}). Import the file again.', arg('reason')),
  nothingToProbe: (t, arg) =>
    t(
      '“{0}” has too few words whose part of speech or number could be told apart. Choose a file with more annotated sentences.',
      arg('name'),
    ),
  notOfTasks: (t) =>
    t('This network was trained for a task and predicts no next tokens. Train a language model on a text to see this.'),
  nothingToInspect: (t) =>
    t('There is no text to inspect at the cursor. Type something or move the cursor into the text.'),
};

function isFailureCode(code: string): code is FailureCode {
  return (FAILURE_CODES as readonly string[]).includes(code);
}

/** The sentence for a failure; an unknown code (from a newer trainer) is shown as it is. */
export function failureMessage(failure: Failure, t: Translate): string {
  if (!isFailureCode(failure.code)) return t('Something went wrong ({0}). The log says more.', failure.code);
  return SENTENCES[failure.code](t, (name) => failure.args[name] ?? '?', failure.args);
}

/** Any thrown value as a Failure; errors without a code count as a crash of the trainer with their message as reason. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GatescopeError) return error.failure;
  return { code: 'trainerCrashed', args: { reason: error instanceof Error ? error.message : String(error) } };
}
