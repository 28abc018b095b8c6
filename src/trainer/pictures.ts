// Answers inspections: of the network as it is now, or, in a second one that is kept for it, as it was at a snapshot.
import type { TraceFrame } from '../protocol/traceFrame';
import type { TrainerRequestOf } from '../protocol/trainerMessages';
import { attention } from './attention';
import type { InspectionContext } from './inspectSlice';
import { KeptPicture } from './keptPicture';
import { ModelCopy } from './modelCopy';
import type { EngineOptions, ReadyRun } from './readyRun';
import { inspectExampleSlice } from './tasks/examplePicture';

type Inspect = TrainerRequestOf<'inspect'>;

export class Pictures {
  private copy: Promise<ModelCopy> | null = null;
  /** Step of the snapshot whose weights the copy holds. */
  private loaded: number | null = null;
  private readonly sent = new KeptPicture();

  constructor(
    private readonly ready: Pick<ReadyRun, 'trained' | 'vocabulary' | 'sample' | 'snapshots' | 'reading'>,
    private readonly options: EngineOptions,
    private readonly runId: string,
  ) {}

  /** @throws GatescopeError nothingToInspect, snapshotDamaged */
  inspect(request: Inspect): TraceFrame | Promise<TraceFrame> {
    if (request.rowOnly) attention.begin();
    const { snapshot } = request;
    if (snapshot !== null && snapshot !== undefined) return this.inspectSnapshot(snapshot, request);
    const { trained, vocabulary, sample } = this.ready;
    const { step } = trained.position;
    return this.pictureOf({ model: trained.model, vocabulary, sample, runId: this.runId, step }, request);
  }

  private async inspectSnapshot(step: number, request: Inspect): Promise<TraceFrame> {
    const { vocabulary, sample, snapshots } = this.ready;
    const weights = snapshots.weights(step);
    const copy = await this.ownCopy();
    // From here on nothing is awaited: no other inspection can put its weights in between.
    if (this.loaded !== step) copy.load(weights);
    this.loaded = step;
    return this.pictureOf({ model: copy.model, vocabulary, sample, runId: this.runId, step, snapshot: true }, request);
  }

  private pictureOf(context: InspectionContext, request: Inspect): TraceFrame {
    const { reading } = this.ready;
    // A task has one loss: there is nothing to put off.
    if (reading) return inspectExampleSlice(context, reading, request);
    return this.sent.inspect(context, request);
  }

  /** Made when a snapshot is first looked at. @throws RangeError when there is no memory for it */
  private async ownCopy(): Promise<ModelCopy> {
    const { model } = this.ready.trained;
    this.copy ??= ModelCopy.create(model.config, this.options.kernelsWasm, model.kernels.name);
    try {
      return await this.copy;
    } catch (error) {
      this.copy = null;
      throw error;
    }
  }

  close(): void {
    void this.copy?.then(
      (copy) => copy.dispose(),
      () => undefined,
    );
    this.copy = null;
    this.loaded = null;
  }
}
