// Which other head of a word makes another reading, by the treebanks' names of arcs.
import assert from 'node:assert/strict';
import { isOtherAttachment } from '../../../src/syntax/trees/attachments';

/** A tree written as `word/TAG/head/relation`; `other` names the arc to another head. */
function asks(tree: string, word: number, head: number, other: string): boolean {
  const rows = tree.split(' ').map((row) => row.split('/'));
  const heads = Int32Array.from(rows, ([, , each]) => Number(each));
  const relation = (of: number, dependent: number) => ({
    relation: dependent === word && of === head ? other : rows[dependent - 1][3],
  });
  return isOtherAttachment({ relation, upos: rows.map(([, tag]) => tag) }, heads, word, head);
}

describe('another head of a word', () => {
  const man = 'I/PRON/2/nsubj saw/VERB/0/root the/DET/4/det man/NOUN/2/obj with/ADP/6/case telescopes/NOUN/2/obl';

  it('is another reading of a phrase that may belong to the verb or to its object', () => {
    assert.ok(asks(man, 6, 4, 'nmod'));
  });

  it('is none of a subject, an object or an article', () => {
    assert.ok(!asks(man, 6, 4, 'obj'));
    assert.ok(!asks(man, 3, 2, 'det'));
    assert.ok(!asks(man, 1, 4, 'nsubj'));
  });

  it('is none of the root, and none that would close a circle', () => {
    assert.ok(!asks(man, 2, 4, 'nmod'));
    const nested = 'saw/VERB/0/root friends/NOUN/1/obl of/ADP/4/case mine/NOUN/2/nmod';
    assert.ok(!asks(nested, 2, 4, 'nmod'));
  });

  it('is none where neither of the two places is below the other', () => {
    const two = 'dogs/NOUN/2/nsubj bark/VERB/0/root at/ADP/4/case cats/NOUN/2/obl';
    assert.ok(!asks('dogs/NOUN/2/nsubj bark/VERB/0/root cats/NOUN/2/obj here/NOUN/3/nmod', 4, 1, 'nmod'));
    assert.ok(asks(two, 4, 1, 'nmod'));
  });

  it('is none of an owner or of a noun without a preposition', () => {
    assert.ok(!asks(man, 6, 4, 'nmod:poss'));
    assert.ok(!asks(man, 6, 4, 'nmod:unmarked'));
  });

  it('is another reading of an adverb between two predicates only', () => {
    const said = 'He/PRON/2/nsubj said/VERB/0/root she/PRON/4/nsubj left/VERB/2/ccomp early/ADV/4/advmod';
    assert.ok(asks(said, 5, 2, 'advmod'));
    const books = 'He/PRON/2/nsubj sold/VERB/0/root books/NOUN/2/obj too/ADV/2/advmod';
    assert.ok(!asks(books, 4, 3, 'advmod'));
  });

  it('is none within a compound, where both halves name one thing', () => {
    const lunch = 'great/ADJ/3/amod lunch/NOUN/3/compound specials/NOUN/0/root';
    assert.ok(!asks(lunch, 1, 2, 'amod'));
  });

  it('is none where the verb says only that something exists', () => {
    const there = 'there/PRON/2/expl are/VERB/0/root cups/NOUN/2/nsubj on/ADP/5/case shelves/NOUN/3/nmod';
    assert.ok(!asks(there, 5, 2, 'obl'));
  });
});
