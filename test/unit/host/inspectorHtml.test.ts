// The inspector's page allows its own script and style only, and carries translations as inert data.
import assert from 'node:assert/strict';
import { inspectorHtml, newNonce } from '../../../src/host/panel/inspectorHtml';

const page = {
  cspSource: 'https://own.example',
  nonce: 'abc123',
  scriptUri: 'https://own.example/webview.js',
  styleUri: 'https://own.example/webview.css',
  language: 'ko',
  title: 'LSTM 128 · <b>"evil".txt',
  bundle: { 'Say "hi" </main><script>alert(1)</script>': '안녕 & \'잘\' "가"' },
};
const html = inspectorHtml(page);

describe('the page of the inspector', () => {
  const policy =
    /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1].replaceAll('&amp;', '&') ?? '';

  it('forbids everything that is not named', () => {
    assert.ok(policy.startsWith("default-src 'none'; "));
    assert.doesNotMatch(policy, /unsafe|\*|connect-src|frame-src/);
    assert.match(policy, /script-src 'nonce-abc123'(;|$)/);
  });

  it('has one script, with the nonce, and no inline code', () => {
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="abc123" src="https://own.example/webview.js">']);
    assert.doesNotMatch(html, /\son\w+=|<style|style="/);
  });

  it('gives the toolkit its nonce', () => {
    assert.ok(html.includes('<meta property="csp-nonce" content="abc123">'));
  });

  it('lets no text of a file or a translation become markup', () => {
    assert.ok(!html.includes('<b>'));
    assert.ok(!html.includes('alert(1)</script>'));
    const data = /data-bundle="([^"]*)"/.exec(html)?.[1] ?? '';
    const unescaped = data
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    assert.deepEqual(JSON.parse(unescaped), page.bundle);
  });

  it('says its language', () => {
    assert.match(html, /<html lang="ko">/);
    assert.match(html, /data-language="ko"/);
  });

  it('gets a fresh nonce of 128 bits each time', () => {
    const some = new Set(Array.from({ length: 50 }, newNonce));
    assert.equal(some.size, 50);
    for (const nonce of some) assert.match(nonce, /^[0-9a-f]{32}$/);
  });
});
