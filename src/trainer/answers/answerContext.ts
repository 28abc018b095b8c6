// What answering a question may draw on.
import type { LanguageModel } from '../../engine/network/languageModel';
import type { CorpusInfo } from '../../protocol/run';
import type { TextView } from '../../protocol/trainerMessages';
import type { Vocabulary } from '../../text/vocabulary';
import type { InspectedWindow } from '../inspectedWindow';
import type { JoinedDesk } from '../joined/joinedDesk';
import type { SyntaxDesk } from '../syntax/syntaxDesk';
import type { OpenDataset } from '../tasks/datasetStore';
import type { TaskReading } from '../tasks/examplePicture';
import type { SnapshotSeries } from '../snapshotSeries';
import type { OpenTokens } from '../tokenFile';

export interface AnswerContext {
  /** A copy of the network: its weights stay as they are while training goes on. */
  model: LanguageModel;
  /** Training step of these weights. */
  step: number;
  /** Weights kept at other steps of the training. */
  snapshots: Pick<SnapshotSeries, 'steps' | 'weights'>;
  /** Puts other weights into the copy. @throws RangeError for those of another network */
  load(weights: ReadonlyMap<string, Float32Array>): void;
  /** What was found for earlier questions and holds as long as the run is open, by name. */
  found: Map<string, Float64Array>;
  vocabulary: Vocabulary;
  corpus: CorpusInfo;
  /** The text trained on, as token ids. @throws GatescopeError runDamaged */
  tokens(): OpenTokens;
  /** The examples of a task. @throws GatescopeError runDamaged */
  dataset(): OpenDataset;
  /** The text that is looked at, as the question named it; null where it named none. */
  view: TextView | null;
  /** The beginning of the text trained on, which is looked at where no editor shows the text. */
  sample: string;
  /** Parsers, and trees that were imported. */
  syntax: SyntaxDesk;
  /** How much of the joined measure is known. */
  joined: JoinedDesk;
  /** How examples of a task are read; null for a language model. */
  reading: TaskReading | null;
  /** The window of text, or the example, that is looked at. @throws GatescopeError nothingToInspect where it holds no token. */
  window(): InspectedWindow;
  /**
   * Call between pieces of work of at most 30 ms: training and other requests have their turn. Throws Superseded when a newer
   * question of the same kind has come.
   */
  pause(): Promise<void>;
}
