// Every sentence of the host exists in Korean, with the same gaps to fill, and the parts of the bundle agree.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const korean = JSON.parse(fs.readFileSync('l10n/parts/host.ko.json', 'utf8')) as Record<string, string>;

/** The texts given to t(…) in the host's sources. */
function textsOfHost(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of fs.readdirSync('src/host', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = fs.readFileSync(path.join('src/host', file), 'utf8');
    for (const [, text] of source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)) texts.set(text.replace(/\\'/g, "'"), file);
  }
  return texts;
}

describe('the Korean of the host', () => {
  const texts = textsOfHost();

  it('covers every sentence', () => {
    assert.ok(texts.size > 100);
    const parts = fs.readdirSync('l10n/parts').map((part) => fs.readFileSync(path.join('l10n/parts', part), 'utf8'));
    const said = new Set(parts.flatMap((part) => Object.keys(JSON.parse(part) as Record<string, string>)));
    for (const [text, file] of texts) assert.ok(said.has(text), `${file}: ${text}`);
  });

  it('holds no sentence that is no longer said', () => {
    assert.deepEqual(
      Object.keys(korean).filter((text) => !texts.has(text)),
      [],
    );
  });

  it('fills the same gaps', () => {
    const gaps = (text: string): string => [...new Set(text.match(/\{\d\}/g))].sort().join();
    for (const [text, translation] of Object.entries(korean)) assert.equal(gaps(translation), gaps(text), text);
  });
});

describe('the parts of the translated bundle', () => {
  it('never translate one text in two ways', () => {
    const seen = new Map<string, string>();
    for (const file of fs.readdirSync('l10n/parts')) {
      const part = JSON.parse(fs.readFileSync(path.join('l10n/parts', file), 'utf8')) as Record<string, string>;
      for (const [text, translation] of Object.entries(part)) {
        assert.equal(seen.get(text) ?? translation, translation, `${file}: ${text}`);
        seen.set(text, translation);
      }
    }
  });
});
