// Agreement items: by a stated rule from trees, by construction from templates, line by line from files.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { conlluItems, type ConlluItem } from '../../../src/labs/agreement/conlluItems';
import { documentFolds } from '../../../src/labs/agreement/documentFolds';
import { readMinimalPairs } from '../../../src/labs/agreement/minimalPairs';
import { otherForm } from '../../../src/labs/agreement/otherForm';
import { templateItems } from '../../../src/labs/agreement/templateItems';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { root } from '../../vscode/paths';

/** Rows "form upos head relation features": the sentence as CoNLL-U. */
function sentence(...rows: string[]): string {
  const lines = rows.map((row, at) => {
    const [form, upos, head, relation, features = '_'] = row.split(' ');
    return [at + 1, form, form.toLowerCase(), upos, '_', features, head, relation, '_', '_'].join('\t');
  });
  return `${lines.join('\n')}\n\n`;
}

const itemsOf = (content: string): ConlluItem[] => conlluItems(readConllu(content).trees);

const PRESENT = (number: string): string => `Mood=Ind|Number=${number}|Person=3|Tense=Pres|VerbForm=Fin`;
const WRITER = 'writer NOUN 6 nsubj Number=Sing';
const BOOKS = ['of ADP 5 case', 'the DET 5 det', 'books NOUN 2 nmod Number=Plur'];

describe('agreement in trees', () => {
  it('is asked of a noun and the finite verb to its right, with the nouns in between', () => {
    const [item, ...more] = itemsOf(
      sentence('The DET 2 det', WRITER, ...BOOKS, `sleeps VERB 0 root ${PRESENT('Sing')}`),
    );
    assert.equal(more.length, 0);
    const { words, number, subject, attractors, same, verb, text, attached } = item;
    assert.deepEqual(words, ['The', 'writer', 'of', 'the', 'books']);
    assert.deepEqual([number, subject, attractors, same, verb], ['singular', 1, 1, 0, 'sleeps']);
    assert.deepEqual([text, attached], ['The writer of the books', false]);
  });

  it('takes the auxiliary of a predicate for its verb', () => {
    const rows = [
      'keys NOUN 3 nsubj Number=Plur',
      `are AUX 3 aux ${PRESENT('Plur')}`,
      'lying VERB 0 root VerbForm=Part',
    ];
    assert.deepEqual(
      itemsOf(sentence(...rows)).map(({ verb, number }) => [verb, number]),
      [['are', 'plural']],
    );
  });

  it('tells the number of was and were by their form, and leaves out what does not agree', () => {
    const was = (noun: string) => sentence(noun, 'was AUX 3 cop Number=Plur|Tense=Past|VerbForm=Fin', 'old ADJ 0 root');
    assert.equal(itemsOf(was('tree NOUN 3 nsubj Number=Sing')).length, 1);
    assert.equal(itemsOf(was('trees NOUN 3 nsubj Number=Plur')).length, 0);
  });

  it('leaves out subjects with a conjunct, pronouns, verbs without number and verbs to the left', () => {
    const verb = (head: string) => `sleeps VERB ${head} root ${PRESENT('Sing')}`;
    const none = [
      sentence('cat NOUN 4 nsubj Number=Sing', 'and CCONJ 3 cc', 'dog NOUN 1 conj Number=Sing', verb('0')),
      sentence('she PRON 2 nsubj Number=Sing', verb('0')),
      sentence('cat NOUN 2 nsubj Number=Sing', 'slept VERB 0 root Number=Sing|Tense=Past|VerbForm=Fin'),
      sentence('cat NOUN 3 nsubj Number=Sing', 'may AUX 3 aux VerbForm=Fin', 'sleep VERB 0 root VerbForm=Inf'),
      sentence(`is AUX 3 cop ${PRESENT('Sing')}`, 'cat NOUN 3 nsubj Number=Sing', 'old ADJ 0 root'),
    ];
    assert.deepEqual(none.flatMap(itemsOf), []);
  });

  it('is item by item what ../shared/data/agreement holds of EWT and GUM', function () {
    this.timeout(20_000);
    const data = path.join(root, '../shared/data');
    assert.ok(existsSync(data), `this test needs ${data}, which is not part of the project`);
    const files = {
      'UD_English-EWT': ['UD_English-EWT/en_ewt-ud-dev', 'UD_English-EWT/en_ewt-ud-train'],
      'GUM-noNC': ['GUM-noNC/en_gumfree-ud-dev', 'GUM-noNC/en_gumfree-ud-train'],
    };
    for (const [name, parts] of Object.entries(files)) {
      const found = parts.flatMap((part) => itemsOf(readFileSync(path.join(data, 'ud', `${part}.conllu`), 'utf8')));
      const lines = readFileSync(path.join(data, 'agreement', `${name}.jsonl`), 'utf8')
        .trim()
        .split('\n');
      const wanted = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const told = found.map((item) => ({
        ...{
          id: item.sentence,
          n: item.number.charAt(0),
          prefix: item.words.join(' '),
          subj: item.words[item.subject],
        },
        ...{ verb: item.verb, lemma: item.lemma, subj_i: item.subject, verb_i: item.verbAt },
        ...{ dist: item.verbAt - item.subject, attractors: item.attractors, same: item.same, rel: item.clause },
      }));
      assert.equal(told.length, wanted.length);
      told.forEach((item, at) => assert.deepEqual({ ...item, split: wanted[at].split }, wanted[at]));
    }
  });

  it('keeps documents whole where a set is parted, and parts about equally large', () => {
    const documents = Array.from({ length: 300 }, (_, at) => `document ${Math.floor(Math.sqrt(at) * 2)}`);
    const folds = documentFolds(documents, 5, 1);
    const places = new Map<string, Set<number>>();
    documents.forEach((name, at) => places.set(name, (places.get(name) ?? new Set()).add(folds[at])));
    assert.ok([...places.values()].every(({ size }) => size === 1));
    const sizes = [0, 1, 2, 3, 4].map((part) => folds.filter((own) => own === part).length);
    assert.ok(Math.min(...sizes) >= 40 && Math.max(...sizes) <= 80, String(sizes));
    assert.notDeepEqual(documentFolds(documents, 5, 2), folds);
    assert.throws(() => documentFolds(['a', 'b'], 5, 1), RangeError);
  });
});

describe('agreement templates', () => {
  const everything = templateItems({ seed: 5, each: 60, attractors: [0, 1, 2, 3, 4, 5], mixed: true });
  /** By the endings and a list, not by what made them. */
  const isPlural = (word: string): boolean => /s$/.test(word) || ['men', 'women', 'children'].includes(word);
  const NOT_NOUNS =
    /^(the|that|of|with|near|behind|beside|by|above|under|old|young|small|quiet|tired|famous|strange|honest)$/;
  const VERBS = /^(know|love|hate|help|follow|call|visit|see|like|find|paint|watch|want|keep)(s|es)?$/;

  it('have as many nouns of the other number in between as they say', () => {
    for (const { words, subject, number, attractors, same } of everything) {
      const nouns = words.slice(subject + 1).filter((word) => !NOT_NOUNS.test(word) && !VERBS.test(word));
      const others = nouns.filter((word) => isPlural(word) !== (number === 'plural')).length;
      assert.deepEqual([others, nouns.length - others], [attractors, same], words.join(' '));
      assert.equal(isPlural(words[subject]), number === 'plural', words.join(' '));
    }
  });

  it('are the same for the same seed, half singular, of every construction and wording', () => {
    const again = templateItems({ seed: 5, each: 60, attractors: [0, 1, 2, 3, 4, 5], mixed: true });
    assert.deepEqual(again, everything);
    assert.equal(everything.filter(({ number }) => number === 'plural').length, everything.length / 2);
    const kinds = new Set(everything.map(({ construction, wording }) => `${construction} ${wording}`));
    assert.equal(kinds.size, 10);
    assert.notDeepEqual(templateItems({ seed: 6, each: 60, attractors: [0] }), everything.slice(0, 120));
  });

  it('are all of the strict curve unless they are to be mixed', () => {
    assert.ok(templateItems({ seed: 5, each: 40, attractors: [3] }).every(({ same }) => same === 0));
    assert.throws(() => templateItems({ seed: 5, each: 1, attractors: [6] }), RangeError);
  });
});

describe('minimal pairs in a file', () => {
  it('are read from BLiMP’s and from LM_syneval’s lines, and lines that hold none are named', () => {
    const content = [
      '\ufeff{"sentence_good": "Cats sleep.", "sentence_bad": "Cats sleeps.", "UID": "agreement", "pairID": "0"}',
      '{"cond": "sing_MS_MV", "good": "the cat sleeps", "bad": "the cat sleep"}',
      '',
      '{"good": "the cat sleeps"',
      '{"good": "the cat sleeps"}',
      '{"good": "the same", "bad": "the same"}',
      '[1, 2]',
    ].join('\r\n');
    const { pairs, problems } = readMinimalPairs(content);
    assert.deepEqual(pairs, [
      { good: 'Cats sleep.', bad: 'Cats sleeps.', condition: 'agreement', line: 1 },
      { good: 'the cat sleeps', bad: 'the cat sleep', condition: 'sing_MS_MV', line: 2 },
    ]);
    assert.deepEqual(
      problems.map(({ line, reason }) => `${line} ${reason}`),
      ['4 notJson', '5 noSentences', '6 sameSentences', '7 notJson'],
    );
  });
});

describe('the other form of a verb', () => {
  it('is that of the other number, in its case', () => {
    const singular = [
      ...[
        ['is', 'be', 'are'],
        ['Was', 'be', 'Were'],
        ['HAS', 'have', 'HAVE'],
        ['goes', 'go', 'go'],
        ['says', 'say', 'say'],
      ],
      ...[
        ['carries', 'carry', 'carry'],
        ['watches', '_', 'watch'],
        ['lies', 'lie', 'lie'],
        ["'s", 'be', "'re"],
      ],
    ];
    for (const [verb, lemma, other] of singular) assert.equal(otherForm(verb, lemma, 'singular'), other);
    const plural = [
      ...[
        ['are', 'is'],
        ['were', 'was'],
        ['have', 'has'],
        ['do', 'does'],
        ['carry', 'carries'],
        ['say', 'says'],
      ],
      ...[
        ['pass', 'passes'],
        ['take', 'takes'],
      ],
    ];
    for (const [verb, other] of plural) assert.equal(otherForm(verb, '_', 'plural'), other);
    assert.equal(otherForm('are', 'be', 'singular'), null);
    assert.equal(otherForm('`s', 'be', 'plural'), null);
  });
});
