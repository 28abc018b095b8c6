// What is said of relations: the universal ones, subtypes, and names that nobody knows.
import assert from 'node:assert/strict';
import { relationGloss } from '../../../webview/syntaxGlosses';

/** universaldependencies.org/u/dep, version 2. */
const UNIVERSAL =
  `nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse aux cop mark nmod appos nummod acl
  amod det clf case conj cc fixed flat compound list parataxis orphan goeswith reparandum punct root dep`.split(/\s+/);

describe('the gloss of a relation', () => {
  it('is there for each of the 37 universal relations, another one each', () => {
    const glosses = UNIVERSAL.map(relationGloss);
    assert.equal(new Set(glosses).size, 37);
    assert.ok(glosses.every((gloss, k) => gloss !== UNIVERSAL[k]));
  });

  it('of a subtype is its own or that of its relation', () => {
    assert.notEqual(relationGloss('nsubj:pass'), relationGloss('nsubj'));
    assert.equal(relationGloss('nsubj:xyz'), relationGloss('nsubj'));
  });

  it('of an unknown name is the name', () => {
    assert.equal(relationGloss('subject:of'), 'subject:of');
    assert.equal(relationGloss('constructor'), 'constructor');
  });
});
