// The picture that was sent last, kept for the next first look: that is made with the same weights, so that the columns before an edit are
// the same and stay where they are. Every picture crosses two processes, and gates are nearly all of it.
import type { LanguageModel } from '../engine/network/languageModel';
import type { TraceFrame } from '../protocol/traceFrame';
import type { TrainerRequestOf } from '../protocol/trainerMessages';
import { cutWindow, type InspectedWindow } from './inspectedWindow';
import { inspectSlice, type InspectionContext } from './inspectSlice';

/** While somebody types without a rest, weights get no older than this before a first look has the newest ones. */
const OLDEST_MILLISECONDS = 3000;
/** Of larger networks no second set of weights is kept. */
const MOST_PARAMETERS = 4_000_000;

interface Kept extends Pick<InspectedWindow, 'warmUp' | 'ids'> {
  picture: number;
  /** Training step of the weights, by the order of the parameters, and when they were the newest. */
  step: number;
  weights: Float32Array[];
  since: number;
  snapshot: boolean;
}

export class KeptPicture {
  private count = 0;
  private kept: Kept | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The picture that is asked for. @throws GatescopeError nothingToInspect */
  inspect(context: InspectionContext, request: TrainerRequestOf<'inspect'>): TraceFrame {
    const { rowOnly = false, beside } = request;
    const window = cutWindow(context.vocabulary, context.sample, request);
    const { model, step, snapshot = false } = context;
    const picture = ++this.count;
    const { kept } = this;
    this.kept = null;
    const columns = rowOnly && kept && beside === kept.picture ? this.sameColumns(kept, window, context) : 0;
    if (kept === null || columns === 0) {
      const frame = inspectSlice(context, request, { window, rowOnly, picture });
      if (model.parameters.all.reduce((sum, { values }) => sum + values.length, 0) > MOST_PARAMETERS) return frame;
      const weights = model.parameters.all.map(({ values }) => values.slice());
      this.kept = { ...window, picture, step, weights, since: this.now(), snapshot };
      return frame;
    }
    const keeps = { picture: kept.picture, columns };
    const frame = withWeights(model, kept.weights, () =>
      inspectSlice({ ...context, step: kept.step }, request, { window, rowOnly, picture, keeps }),
    );
    this.kept = { ...kept, warmUp: window.warmUp, ids: window.ids, picture };
    return frame;
  }

  /** Columns from the first on whose gates are those of the picture kept; 0 where it is of no use. */
  private sameColumns(
    kept: Kept,
    { warmUp, ids }: InspectedWindow,
    { model, step, snapshot }: InspectionContext,
  ): number {
    // What reads backward knows of an edit in every column.
    if (model.config.bidirectional || kept.snapshot !== (snapshot ?? false)) return 0;
    if (kept.snapshot ? kept.step !== step : this.now() > kept.since + OLDEST_MILLISECONDS) return 0;
    if (warmUp.length !== kept.warmUp.length || warmUp.some((id, t) => id !== kept.warmUp[t])) return 0;
    const most = Math.min(ids.length, kept.ids.length);
    let columns = 0;
    while (columns < most && ids[columns] === kept.ids[columns]) columns++;
    return columns;
  }
}

/** Works with other weights for a moment; training goes on with the same bits. */
function withWeights<Result>(model: LanguageModel, weights: readonly Float32Array[], work: () => Result): Result {
  const parameters = model.parameters.all;
  const own = parameters.map(({ values }) => values.slice());
  try {
    parameters.forEach(({ values }, at) => values.set(weights[at]));
    return work();
  } finally {
    parameters.forEach(({ values }, at) => values.set(own[at]));
  }
}
