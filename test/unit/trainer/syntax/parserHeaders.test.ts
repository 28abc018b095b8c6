// The parsers that come along say how they were made: their command, CONTRIBUTING's and today's defaults are one plan.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeParser } from '../../../../src/syntax/parser/parserFile';
import { parserHelp, parserTrainOptions } from '../../../../src/trainer/cli/parserOptions';

/** Of a written command what follows `parser train`; files by their names. */
function optionsOf(command: string) {
  const argv = command.replace(/\\\n/g, ' ').trim().split(/\s+/);
  const own = argv.slice(argv.indexOf('train') + 1);
  const { train, dev, ...more } = parserTrainOptions(own.includes('--out') ? own : [...own, '--out', 'parser']);
  const names = (files: string[]) => files.map((file) => path.basename(file));
  return { ...more, train: names(train), dev: names(dev), out: '' };
}

describe('a parser that comes along', () => {
  const contributing = readFileSync('CONTRIBUTING.md', 'utf8');
  for (const language of ['en', 'ko'] as const) {
    const { config, notes } = decodeParser(readFileSync(`media/parser-${language}.safetensors`));

    it(`names the command that made it, which is CONTRIBUTING’s with all its defaults (${language})`, () => {
      const written = contributing
        .split(/^npx gatescope /m)
        .find((part) => part.startsWith(`parser train --lang ${language}`));
      assert.ok(written);
      const [command] = written.split(/\n(?! )/);
      assert.deepEqual(optionsOf(notes.command), optionsOf(command));
    });

    it(`names every option, so that other defaults make no other parser of its command (${language})`, () => {
      const offered = [...parserHelp().matchAll(/^ +(--[a-z-]+) [A-Z]/gm)].map(([, name]) => name);
      const ofTheWeights = offered.filter((option) => !['--out', '--weights'].includes(option));
      assert.ok(ofTheWeights.includes('--slot-dropout'));
      const named = new Set(notes.command.split(' '));
      assert.deepEqual(
        ofTheWeights.filter((option) => !named.has(option)),
        [],
      );
    });

    it(`has the shape and the seed of that command (${language})`, () => {
      const { size, plan } = optionsOf(notes.command);
      const { units, layers, arcWidth, labelWidth, seed } = config;
      assert.deepEqual({ units, layers, arcWidth, labelWidth }, size);
      assert.equal(seed, plan.seed);
      assert.ok(Number(notes.epoch) <= plan.epochs);
    });
  }
});
