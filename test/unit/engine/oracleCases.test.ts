// Both implementations of the engine against what PyTorch in float64 says about the networks of test/fixtures/oracle, which
// make_cases.py (basic suite, seed 1) wrote: losses, states, gates, gradients, the flow of every loss to every state, and a step of Adam.
import assert from 'node:assert/strict';
import { createFusedOracle } from '../../../src/engine/oracle/fusedOracle';
import { compareWithOracle } from '../../../src/engine/oracle/oracleComparison';
import { ORACLE_KINDS } from '../../../src/engine/oracle/oracleKinds';
import { createReferenceOracle } from '../../../src/engine/oracle/referenceOracle';
import { findCases, readCase } from '../../../src/trainer/cli/oracleFolder';
import { ALL_VARIANTS, kernelsNamed } from './kernelsUnderTest';

const FIXTURES = 'test/fixtures/oracle';

describe('PyTorch in float64 agrees with', () => {
  const cases = findCases(FIXTURES);
  const implementations = [
    createReferenceOracle(),
    ...ALL_VARIANTS.map((variant) => createFusedOracle(variant, (bytes) => kernelsNamed(variant, bytes))),
  ];

  it('every kind of tensor in some case', () => {
    assert.equal(cases.length, 14);
    const compared = new Set(
      cases.flatMap(({ name, folder }) => readCase(name, folder, Infinity).results.map(({ kind }) => kind)),
    );
    assert.deepEqual([...compared].sort(), [...ORACLE_KINDS].sort());
  });

  for (const implementation of implementations)
    describe(`the ${implementation.name} implementation (${implementation.detail})`, () => {
      for (const { name, folder } of cases)
        it(name, async () => {
          const oracle = readCase(name, folder, Infinity);
          const { results } = await implementation.run(oracle);
          const failed = compareWithOracle(oracle, results).filter(({ passed }) => !passed);
          assert.deepEqual(failed, []);
        });
    });
});
