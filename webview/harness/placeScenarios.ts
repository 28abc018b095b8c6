// Pictures of networks of several layers and of both directions.
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { DEFAULT_CONFIG, type RunConfig } from '../../src/protocol/runConfig';
import { state } from './startScenarios';
import { syntheticFrame } from './syntheticFrame';
import { syntheticMetrics, syntheticRecord } from './syntheticRun';

function picture(config: Partial<RunConfig>): ToInspector[] {
  const whole = { ...DEFAULT_CONFIG, ...config };
  const { cell, layers, bidirectional, connections } = whole;
  return [
    state({ run: syntheticRecord({ config: whole }), metrics: syntheticMetrics(2400), cursor: 60 }),
    { kind: 'frame', sequence: 1, frame: syntheticFrame({ cell, layers, bidirectional, connections }) },
  ];
}

export const PLACE_SCENARIOS = {
  stacked: () => picture({ layers: 3, connections: 'residual' }),
  bothWays: () => picture({ cell: 'gru', layers: 2, bidirectional: true }),
  deep: () => picture({ cell: 'vanilla', layers: 8 }),
} satisfies Record<string, () => ToInspector[]>;
