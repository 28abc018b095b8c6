// What the Model section says of runs on a task, where little is as in a language model.
import assert from 'node:assert/strict';
import { defaultsOf } from '../../../src/protocol/taskDefaults';
import type { RunConfig } from '../../../src/protocol/runConfig';
import type { DatasetInfo } from '../../../src/protocol/taskRun';
import { syntheticRecord } from '../../../webview/harness/syntheticRun';
import { modelFacts } from '../../../webview/modelFacts';
import { NumberFormats } from '../../../webview/numberFormats';

const DATASET: DatasetInfo = {
  task: 'classification',
  ...{ source: { files: [] }, labels: ['a', 'b'], columns: [] },
  ...{ training: 80, validation: 10, test: 9 },
  ...{ emptyLines: 0, incomplete: 0, truncated: 0, singletons: 0, unknownShare: 0 },
};

function facts(task: RunConfig['task'], change: Partial<RunConfig> = {}): Record<string, string> {
  const config = { ...defaultsOf(task), ...change };
  const groups = modelFacts(syntheticRecord({ config, dataset: DATASET }), new NumberFormats('en'));
  return Object.fromEntries(
    groups.flatMap((group) => group.facts.map(({ name, code, value, note }) => [name, [code, value, note].join('|')])),
  );
}

describe('the facts of a network', () => {
  it('say what its probabilities are of', () => {
    assert.match(
      facts('classification', { pooling: 'max' }).Output,
      /^softmax\(W_o max_t h\(t\) \+ b_o\)\|\|over the cl/,
    );
    assert.match(facts('classification', { pooling: 'last' }).Output, /h_last/);
    assert.match(facts('tagging').Output, /over the tags/);
    assert.match(facts('cloze').Output, /hidden at t/);
  });

  it('do not say of examples that a state is carried on between them, nor that a short one was cut for want of memory', () => {
    const { Batch, Examples, Text } = facts('classification');
    assert.match(Batch, /at most .* zero state$/);
    assert.equal(Examples, '|80 to train on, 10 to decide when to stop, 9 for the scores|');
    assert.equal(Text, undefined);
  });

  it('claim two orders of evaluation only where there are two', () => {
    assert.match(facts('tagging', { layers: 2, bidirectional: false }).Layers, /step by step/);
    assert.doesNotMatch(facts('tagging', { layers: 2, bidirectional: true }).Layers, /step by step/);
  });
});
