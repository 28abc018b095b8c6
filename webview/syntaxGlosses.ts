// What the relations of Universal Dependencies mean, a line each in plain language, of the dependent as seen from its head.
import * as l10n from '@vscode/l10n';

/** The 37 universal relations (universaldependencies.org/u/dep), subjects and objects first, as there. */
const RELATIONS: Record<string, () => string> = {
  nsubj: () => l10n.t('subject: who or what does it'),
  obj: () => l10n.t('object: whom or what it is done to'),
  iobj: () => l10n.t('indirect object: who gets it'),
  csubj: () => l10n.t('subject that is a clause of its own'),
  ccomp: () => l10n.t('clause that says what is said, known or wanted'),
  xcomp: () => l10n.t('clause or word without a subject of its own that completes the verb'),
  obl: () => l10n.t('where, when, how or with whom: a noun added to a verb'),
  vocative: () => l10n.t('who is spoken to'),
  expl: () => l10n.t('placeholder without a meaning of its own, as “it” in “it rains”'),
  dislocated: () => l10n.t('topic or part put before or after the sentence, taken up again within it'),
  advcl: () => l10n.t('clause that says when, why, how or on what condition'),
  advmod: () => l10n.t('adverb: how, when, how much'),
  discourse: () => l10n.t('interjection or filler: yes, well, oh'),
  aux: () => l10n.t('helping verb: has, will, can'),
  cop: () => l10n.t('“be” between a subject and what it is'),
  mark: () => l10n.t('word that opens a clause: that, if, to'),
  nmod: () => l10n.t('noun that tells more about a noun'),
  appos: () => l10n.t('second name for the same: “Sam, my brother”'),
  nummod: () => l10n.t('number: how many'),
  acl: () => l10n.t('clause that tells more about a noun'),
  amod: () => l10n.t('adjective: what kind of'),
  det: () => l10n.t('article or pointer: the, a, this'),
  clf: () => l10n.t('counting word beside a number'),
  case: () => l10n.t('preposition or particle: of, in, by'),
  conj: () => l10n.t('joined with “and”, “or”, “but”'),
  cc: () => l10n.t('the joining word itself: and, or, but'),
  fixed: () => l10n.t('further word of a set phrase: “as well as”'),
  flat: () => l10n.t('further word of a name or title'),
  compound: () => l10n.t('part of a compound: “phone book”'),
  list: () => l10n.t('next item of a list'),
  parataxis: () => l10n.t('sentence set beside another without a joining word'),
  orphan: () => l10n.t('what is left where the verb is left out'),
  goeswith: () => l10n.t('rest of a word that was written apart'),
  reparandum: () => l10n.t('false start that the speaker corrects'),
  punct: () => l10n.t('punctuation'),
  root: () => l10n.t('main word of the sentence'),
  dep: () => l10n.t('related in a way that no other name fits'),
};

/** Subtypes that mean more than their relation does; others are told by the relation alone. */
const SUBTYPES: Record<string, () => string> = {
  'acl:relcl': () => l10n.t('relative clause: “who came”, “that I saw”'),
  'advcl:relcl': () => l10n.t('relative clause about a whole statement: “which surprised me”'),
  'aux:pass': () => l10n.t('“be” or “get” that makes the passive'),
  'cc:preconj': () => l10n.t('first half of a pair: both … and, either … or'),
  'compound:lvc': () => l10n.t('noun that carries the meaning of an empty verb: “take a walk”'),
  'compound:prt': () => l10n.t('particle of a verb: “give up”'),
  'csubj:outer': () => l10n.t('clause that is the subject of a statement holding a whole clause'),
  'csubj:pass': () => l10n.t('clause that is the subject of a passive'),
  'det:poss': () => l10n.t('whose: my, your, its'),
  'det:predet': () => l10n.t('pointer before an article: “all the”'),
  'flat:foreign': () => l10n.t('further word of a phrase in another language'),
  'flat:name': () => l10n.t('further word of a name'),
  'nmod:desc': () => l10n.t('title or description before a name: “President Lincoln”'),
  'nmod:poss': () => l10n.t('whose: “Sam’s”, “my”'),
  'nmod:unmarked': () => l10n.t('noun beside a noun without a preposition: “10 years old”'),
  'nsubj:outer': () => l10n.t('subject of a statement that holds a whole clause: “The point is that …”'),
  'nsubj:pass': () => l10n.t('subject of a passive: whom or what it is done to'),
  'obl:agent': () => l10n.t('who does it, in a passive: “by the dog”'),
  'obl:npmod': () => l10n.t('how much or how far, without a preposition: “two years”'),
  'obl:tmod': () => l10n.t('when: “last night”'),
  'obl:unmarked': () => l10n.t('when or how much, without a preposition: “last week”'),
};

const GLOSSES = new Map(Object.entries({ ...RELATIONS, ...SUBTYPES }));

/** What a relation means, `acl:relcl` or `acl`; a relation that Universal Dependencies do not know is its own gloss. */
export function relationGloss(relation: string): string {
  const gloss = GLOSSES.get(relation) ?? GLOSSES.get(relation.split(':')[0]);
  return gloss ? gloss() : relation;
}
