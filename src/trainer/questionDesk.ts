// Answers questions about one run, one at a time of each kind, from copies of its weights.
import path from 'node:path';
import { GatescopeError } from '../protocol/failures';
import type { Answered, QuestionAbout } from '../protocol/questions';
import type { TrainerRequestOf } from '../protocol/trainerMessages';
import { answerQuestion } from './answers/answerQuestion';
import { cutWindow } from './inspectedWindow';
import { JoinedDesk } from './joined/joinedDesk';
import { ModelCopy } from './modelCopy';
import type { EngineOptions, ReadyRun } from './readyRun';
import { RunFolder } from './runFolder';
import { SyntaxDesk } from './syntax/syntaxDesk';
import { openDataset, type OpenDataset } from './tasks/datasetStore';
import { cutExample } from './tasks/examplePicture';
import { openTokenFile, type OpenTokens } from './tokenFile';
import { nextTurn } from './trainingLoop';

/** Thrown at whoever works on a question that nobody waits for any more. */
class Superseded extends Error {}

export class QuestionDesk {
  /** Copies that nobody uses now; taken for one question at a time. */
  private readonly idle: ModelCopy[] = [];
  private readonly latest = new Map<QuestionAbout, number>();
  private readonly found = new Map<string, Float64Array>();
  private asked = 0;
  private text: OpenTokens | null = null;
  private dataset: OpenDataset | null = null;
  private readonly syntax: SyntaxDesk;
  private readonly joined: JoinedDesk;

  constructor(
    private readonly ready: Omit<ReadyRun, 'pictures' | 'questions'>,
    private readonly options: EngineOptions,
    private readonly tokenPath: string,
  ) {
    const folder = path.dirname(tokenPath);
    this.syntax = new SyntaxDesk(folder, options);
    this.joined = new JoinedDesk(() => new RunFolder(folder).readRecord().source);
  }

  /** Null when a newer question of the same kind came. @throws GatescopeError as the answers do. */
  async ask({ question, view }: TrainerRequestOf<'ask'>): Promise<Answered | null> {
    const turn = ++this.asked;
    this.latest.set(question.about, turn);
    let [worked, since] = [0, performance.now()];
    const pause = async (): Promise<void> => {
      worked += performance.now() - since;
      await nextTurn();
      since = performance.now();
      if (this.latest.get(question.about) !== turn) throw new Superseded();
    };
    const { trained, vocabulary, corpus, sample, snapshots, reading } = this.ready;
    const copy = this.idle.pop() ?? (await this.newCopy());
    try {
      const snapshot = view?.snapshot ?? null;
      const newest = new Map(trained.model.parameters.all.map(({ name, values }) => [name, values]));
      copy.load(snapshot === null ? newest : snapshots.weights(snapshot));
      const step = snapshot ?? trained.position.step;
      const context = {
        ...{ model: copy.model, step, vocabulary, corpus, snapshots, found: this.found, view, pause },
        load: (weights: ReadonlyMap<string, Float32Array>) => copy.load(weights),
        tokens: () => (this.text ??= openTokenFile(this.tokenPath, corpus.tokens)),
        dataset: () => (this.dataset ??= openDataset(new RunFolder(path.dirname(this.tokenPath)))),
        ...{ reading, sample, syntax: this.syntax, joined: this.joined },
        window: () => {
          if (view === null) throw new GatescopeError('nothingToInspect');
          return reading ? cutExample(vocabulary, sample, view, reading) : cutWindow(vocabulary, sample, view);
        },
      };
      const value = await answerQuestion(context, question);
      return { about: question.about, step, value, milliseconds: worked + performance.now() - since };
    } catch (error) {
      if (error instanceof Superseded) return null;
      throw error;
    } finally {
      this.idle.push(copy);
    }
  }

  close(): void {
    this.text?.close();
    this.dataset?.close();
    this.syntax.close();
    for (const copy of this.idle.splice(0)) copy.dispose();
  }

  private newCopy(): Promise<ModelCopy> {
    const { model } = this.ready.trained;
    return ModelCopy.create(model.config, this.options.kernelsWasm, model.kernels.name);
  }
}
