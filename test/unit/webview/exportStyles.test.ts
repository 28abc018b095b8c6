// Colours and fonts of a saved figure mean the same outside the page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { plainColour } from '../../../webview/export/plainColour';
import { MATH_FONT_FACE, plainFonts } from '../../../webview/export/plainFonts';

describe('colours of a saved figure', () => {
  it('are hexadecimal with an opacity apart', () => {
    assert.deepEqual(plainColour('rgb(31, 31, 31)'), { hex: '#1f1f1f', opacity: 1 });
    assert.deepEqual(plainColour('rgba(255, 0, 0, 0.25)'), { hex: '#ff0000', opacity: 0.25 });
    assert.deepEqual(plainColour('color(srgb 0.8 0.8 0.8 / 0.5)'), { hex: '#cccccc', opacity: 0.5 });
    assert.deepEqual(plainColour('color(srgb 1.2 -0.1 0)'), { hex: '#ff0000', opacity: 1 });
  });

  it('are not made up where there is none', () => {
    assert.equal(plainColour('none'), null);
    assert.equal(plainColour('url("#hatch")'), null);
  });
});

describe('fonts of a saved figure', () => {
  it('name the fonts behind the alias for mathematical signs before the generic family', () => {
    assert.equal(
      plainFonts('"Gatescope Math", "Segoe UI", system-ui, sans-serif'),
      '"Gatescope Math", "Segoe UI", "DejaVu Sans", "Segoe UI Symbol", "Apple Symbols", system-ui, sans-serif',
    );
    assert.equal(plainFonts('Menlo, monospace'), 'Menlo, monospace');
  });

  it('declare the alias as the page does', () => {
    const page = /@font-face \{[^}]*\}/.exec(fs.readFileSync('webview/styles/shell.css', 'utf8'))?.[0] ?? '';
    const plain = (css: string): string => css.replace(/\s+/g, ' ').replace(/;\s*\}/, ' }');
    assert.equal(plain(MATH_FONT_FACE), plain(page));
  });
});
