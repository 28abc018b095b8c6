// Content-head trees turned to function-word heads: worked out by hand, and a tree in every case.
import assert from 'node:assert/strict';
import { functionHeads } from '../../../webview/geometry/syntaxFunctionHeads';
import { seededRandom } from '../../../webview/harness/syntheticText';

/** "space:obl:study": dependent, relation and head, in the order of the words. */
function turned(sentence: string): string[] {
  const rows = sentence.split(' ').map((word) => word.split('/'));
  const arcs = rows.map(([, head, relation]) => ({
    head: head === '0' ? 0 : rows.findIndex(([form]) => form === head) + 1,
    ...{ relation, marginal: null },
  }));
  return functionHeads(arcs).map(
    ({ head, relation }, k) => `${rows[k][0]}/${head === 0 ? '0' : rows[head - 1][0]}/${relation}`,
  );
}

const CASES: [name: string, before: string, after: string][] = [
  [
    'a preposition takes its noun’s place and the noun becomes its complement',
    'Scientists/study/nsubj study/0/root whales/study/obj from/space/case space/study/obl',
    'Scientists/study/nsubj study/0/root whales/study/obj from/study/obl space/from/comp:obj',
  ],
  [
    'prepositions stand over articles, and adjectives stay with the noun',
    'in/house/case the/house/det old/house/amod house/0/root',
    'in/0/root the/in/comp:obj old/house/amod house/the/comp:det',
  ],
  [
    'the first helping verb becomes the head and takes the subject, the last stands next to the verb',
    'she/seen/nsubj has/seen/aux been/seen/aux:pass seen/0/root twice/seen/advmod',
    'she/has/nsubj has/0/root been/has/comp:aux seen/been/comp:aux twice/seen/advmod',
  ],
  [
    'a copula becomes the head of what it says, and takes the subject even from between the two',
    'is/happy/cop she/happy/nsubj happy/0/root',
    'is/0/root she/is/nsubj happy/is/comp:pred',
  ],
  [
    'a clause marker stands over everything of its clause',
    'left/0/root because/tired/mark he/tired/nsubj was/tired/cop tired/left/advcl',
    'left/0/root because/left/advcl he/was/nsubj was/because/comp:obj tired/was/comp:pred',
  ],
  [
    'a particle behind its noun is promoted as one before it',
    '학교/갔다/obl 에/학교/case 갔다/0/root',
    '학교/에/comp:obj 에/갔다/obl 갔다/0/root',
  ],
  [
    'what stands beyond the promoted word goes over to it',
    'only/space/advmod from/space/case deep/space/amod space/0/root',
    'only/from/advmod from/0/root deep/space/amod space/from/comp:obj',
  ],
];

describe('function words as heads', () => {
  for (const [name, before, after] of CASES)
    it(name, () => {
      assert.deepEqual(turned(before), after.split(' '));
    });

  it('keep the probability of each arc with it', () => {
    const [from, space, study] = functionHeads([
      { head: 2, relation: 'case', marginal: 0.9 },
      { head: 3, relation: 'obl', marginal: 0.6 },
      { head: 0, relation: 'root', marginal: 1 },
    ]);
    assert.deepEqual([from.marginal, space.marginal, study.marginal], [0.6, 0.9, 1]);
  });

  it('leave a tree a tree, whatever its relations', () => {
    const random = seededRandom(12);
    const relations = ['case', 'det', 'cop', 'aux', 'mark', 'clf', 'nsubj', 'obj', 'conj'];
    for (let round = 0; round < 150; round++) {
      const n = 1 + Math.floor(random() * 12);
      const order = Array.from({ length: n }, (_, k) => k).sort(() => random() - 0.5);
      const arcs = order.map(() => ({ head: 0, relation: 'root', marginal: null }));
      order.slice(1).forEach((word, k) => {
        arcs[word].head = order[Math.floor(random() * (k + 1))] + 1;
        arcs[word].relation = relations[Math.floor(random() * relations.length)];
      });
      const result = functionHeads(arcs);
      assert.equal(result.filter(({ head }) => head === 0).length, 1);
      result.forEach((_, word) => {
        let at = word + 1;
        for (let step = 0; at !== 0; step++) {
          assert.ok(step <= n, 'a circle');
          at = result[at - 1].head;
        }
      });
    }
  });

  it('leave sentences without function words as they are', () => {
    const arcs = [
      { head: 2, relation: 'amod', marginal: 0.5 },
      { head: 0, relation: 'root', marginal: 1 },
    ];
    assert.deepEqual(functionHeads(arcs), arcs);
  });
});
