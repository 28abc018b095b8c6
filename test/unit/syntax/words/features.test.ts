// A word's features: hashes with published values, what is known, what words share.
import assert from 'node:assert/strict';
import { buildFeatureTables, recordOfTables, tablesOfRecord } from '../../../../src/syntax/words/featureVocabulary';
import { fnv1a32, hashedRow } from '../../../../src/syntax/words/hashing';
import { jamoOf, withoutParticle } from '../../../../src/syntax/words/koreanParts';
import type { Language } from '../../../../src/syntax/words/language';
import { normalForm } from '../../../../src/syntax/words/normalForm';
import { FEATURE_SLOTS, featureIds, featureRows } from '../../../../src/syntax/words/wordFeatures';

const ENGLISH = [
  ['The', 'dog', 'barked', '.'],
  ['the', 'cat', 'walked', '.'],
  ['A', 'dog', 'slept', '.'],
];
const KOREAN = [
  ['사람이', '학교에', '간다', '.'],
  ['사람이', '집에', '온다', '.'],
];

const slotsShared = (language: Language, a: string, b: string): string[] => {
  const tables = buildFeatureTables(language === 'en' ? ENGLISH : KOREAN, language);
  const [first, second] = [featureIds(a, tables), featureIds(b, tables)];
  return FEATURE_SLOTS[language].filter((_, slot) => first[slot] === second[slot]).map(({ name }) => name);
};

describe('the hash of word parts', () => {
  it("gives FNV-1a's published values", () => {
    assert.equal(fnv1a32(''), 0x811c9dc5);
    assert.equal(fnv1a32('a'), 0xe40c292c);
    assert.equal(fnv1a32('foobar'), 0xbf9cf968);
  });

  it('reads the UTF-8 bytes of a text, surrogate pairs too', () => {
    for (const text of ['é', '가나다', '😀x']) {
      let expected = 0x811c9dc5n;
      for (const byte of new TextEncoder().encode(text))
        expected = ((expected ^ BigInt(byte)) * 16777619n) & 0xffffffffn;
      assert.equal(BigInt(fnv1a32(text)), expected);
    }
  });

  it('stays within its table and parts the tables', () => {
    const rows = ['a', 'b', 'ing', '은'].map((text) => hashedRow('suffix3', text, 64));
    assert.ok(rows.every((row) => row >= 0 && row < 64));
    assert.notEqual(hashedRow('suffix3', 'ing', 2 ** 13), hashedRow('prefix3', 'ing', 2 ** 13));
  });
});

describe('the normal form of a word', () => {
  it('makes digits, quotes, dashes, ellipses and full-width forms alike and keeps case', () => {
    const pairs = {
      2024: '0000',
      '“': '"',
      '’s': "'s",
      '—': '--',
      '–': '-',
      '…': '...',
      ＡＢ: 'AB',
      '!!!!!!': '!!!',
      Dog: 'Dog',
    };
    for (const [form, normal] of Object.entries(pairs)) assert.equal(normalForm(form), normal);
  });

  it('knows addresses and composes letters', () => {
    assert.equal(normalForm('https://example.org/a?b=1'), '<url>');
    assert.equal(normalForm('ann@example.org'), '<mail>');
    assert.equal(normalForm('cafe\u0301'), 'café');
    assert.equal(normalForm('가'.normalize('NFD')), '가');
  });
});

describe("a word's features", () => {
  it('know words seen twice, whatever their case, the frequent ones first', () => {
    const tables = buildFeatureTables(ENGLISH, 'en');
    assert.deepEqual(tables.words, ['.', 'dog', 'the']);
    assert.deepEqual(tables.counts, [3, 2, 2]);
    const word = (form: string): number | undefined => featureIds(form, tables)[0];
    assert.deepEqual([word('.'), word('DOG'), word('the'), word('cat'), word('zebra')], [1, 2, 3, 0, 0]);
  });

  it('lie within their tables for any word', () => {
    for (const language of ['en', 'ko'] as const) {
      const tables = buildFeatureTables(language === 'en' ? ENGLISH : KOREAN, language);
      const rows = featureRows(tables);
      assert.equal(rows.length, FEATURE_SLOTS[language].length);
      for (const form of [
        '',
        'x',
        '.',
        '😀',
        '\ud83d',
        '李源朝가',
        'antidisestablishmentarianism',
        '1,500여년',
        '<url>',
      ])
        featureIds(form, tables).forEach((id, slot) =>
          assert.ok(id >= 0 && id < (rows[slot] ?? 0), `${form}, ${slot}`),
        );
    }
  });

  it('are shared by English words with equal endings, case apart', () => {
    assert.deepEqual(slotsShared('en', 'parked', 'barked').slice(1), [
      'shape',
      'suffix1',
      'suffix2',
      'suffix3',
      'suffix4',
      'suffix5',
    ]);
    assert.deepEqual(
      FEATURE_SLOTS.en.map(({ name }) => name).filter((name) => !slotsShared('en', 'Zebra', 'zebra').includes(name)),
      ['shape', 'cased'],
    );
  });

  it('are shared by a Korean noun under its particles, and by endings that begin within a syllable', () => {
    const noun = slotsShared('ko', '고양이가', '고양이를');
    assert.ok(noun.includes('stem') && noun.includes('prefix2') && !noun.includes('suffix1'));
    const verb = slotsShared('ko', '만난다', '떠난다');
    assert.ok(verb.includes('suffix2'));
    const contracted = slotsShared('ko', '간다', '쓴다');
    assert.ok(contracted.includes('jamo3') && !contracted.includes('suffix2'));
  });

  it('are the same after the tables were kept and read', () => {
    const tables = buildFeatureTables(KOREAN, 'ko');
    const read = tablesOfRecord(JSON.parse(JSON.stringify(recordOfTables(tables))));
    for (const form of ['사람이', '.', '모르는']) assert.deepEqual(featureIds(form, read), featureIds(form, tables));
    assert.throws(() => tablesOfRecord({ ...recordOfTables(tables), version: 0 }), RangeError);
  });
});

describe('parts of an eojeol', () => {
  it('lose the particle that fits the syllable before it', () => {
    const stems = {
      사람은: '사람',
      나는: '나',
      학교에서: '학교',
      집으로: '집',
      사과를: '사과',
      칼가: '칼가',
      이: '이',
    };
    for (const [eojeol, stem] of Object.entries(stems)) assert.equal(withoutParticle(eojeol), stem);
  });

  it('come apart into jamo', () => {
    assert.equal(jamoOf('한'), '\u1112\u1161\u11ab');
  });
});
