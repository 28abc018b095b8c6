// Tells the page how far training is, a few times a second at most: every telling is a redraw of the chart, beside which the trainer works.
import type { InspectorState, ToInspector } from '../../protocol/inspectorMessages';
import type { Metric, RunRecord } from '../../protocol/run';
import { Pace } from '../editor/pace';

const APART_MILLISECONDS = 400;

type Tick = Extract<ToInspector, { kind: 'tick' }>;

export class ProgressTicks {
  private readonly pace: Pace;
  private untold: Tick | null = null;

  constructor(tell: (tick: Tick) => void, now?: () => number) {
    this.pace = new Pace(
      () => {
        const { untold } = this;
        this.untold = null;
        if (untold) tell(untold);
      },
      now,
      APART_MILLISECONDS,
    );
  }

  /** Takes note of how things stand now; points of the chart that were not told yet are told with the new ones. */
  went(run: RunRecord, progress: InspectorState['progress'], newMetrics: Metric[], reset: boolean): void {
    const before = this.untold?.run.id === run.id && !reset ? this.untold : null;
    this.untold = {
      ...{ kind: 'tick', run, progress },
      newMetrics: before ? [...before.newMetrics, ...newMetrics] : newMetrics,
      reset: reset || before?.reset === true,
    };
    this.pace.changed();
  }

  /** The page is told everything in another way. */
  clear(): void {
    this.untold = null;
  }

  dispose(): void {
    this.pace.dispose();
  }
}
