// `gatescope parser score`: how well a parser finds the trees of a CoNLL-U file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { GatescopeError } from '../../protocol/failures';
import { decodeParser, ParserFileError } from '../../syntax/parser/parserFile';
import { parserArenaBytes, parserOf, type Parser } from '../../syntax/parser/parseSentences';
import type { Language } from '../../syntax/words/language';
import { counted } from '../../text/counted';
import type { ParserScoreOptions } from './parserOptions';
import { parseGold, parserScores, readGoldTrees } from './parserTrees';
import { EXIT, type CommandContext } from './subcommand';

/** Sentences that are parsed before time is taken. */
const WARM_UP = 20;

export async function scoreParser(options: ParserScoreOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { language, file, json } = options;
  const { trees, leftOut } = await readGoldTrees([file]);
  const weights = path.resolve(options.weights ?? path.join(context.media(), `parser-${language}.safetensors`));
  const parser = await openWeights(weights, language, context.engine().modules);
  // The first sentences compile the kernels; they are not what a parser's speed is.
  parser.parse(trees.slice(0, WARM_UP).map(({ forms }) => forms));
  const before = process.cpuUsage();
  const scores = parserScores(trees, parseGold(parser, trees));
  const { user, system } = process.cpuUsage(before);
  // Of processor time, so that other programs do not count; microseconds.
  const tokensPerSecond = Math.round((1e6 * scores.words) / Math.max(1, user + system));
  parser.dispose();
  const result = { file: path.basename(file), lang: language, weights: path.basename(weights), ...scores };
  if (json) terminal.print(`${JSON.stringify({ ...result, tokensPerSecond, leftOut }, null, 2)}\n`);
  else {
    terminal.print(
      [
        `${result.file}: ${counted(scores.sentences, 'sentence')}, ${counted(scores.words, 'word')}, ${counted(leftOut.length, 'sentence')} left out`,
        `UAS   ${scores.uas.toFixed(2)} %   heads`,
        `LAS   ${scores.las.toFixed(2)} %   heads and relations; with subtypes ${scores.lasWithSubtypes.toFixed(2)} %`,
        `UPOS  ${scores.upos === null ? '–' : `${scores.upos.toFixed(2)} %`}   parts of speech`,
        `${tokensPerSecond} tokens per second of one core`,
        ...leftOut.map(({ line, reason }) => `line ${line}: left out, ${reason}`),
        '',
      ].join('\n'),
    );
  }
  return EXIT.done;
}

/** @throws GatescopeError fileMissing; parserUnusable for what is no parser's file, or of another language */
async function openWeights(file: string, language: Language, modules: KernelModules): Promise<Parser> {
  const name = path.basename(file);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new GatescopeError('fileMissing', { name });
    throw new GatescopeError('fileUnreadable', {
      name,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  try {
    const weights = decodeParser(bytes);
    const own = weights.config.language;
    if (own !== language) throw new ParserFileError(`they are of the other language, ${own}`);
    const { kernels } = await selectKernels(modules, parserArenaBytes(weights));
    return parserOf(weights, kernels);
  } catch (error) {
    if (error instanceof ParserFileError) throw new GatescopeError('parserUnusable', { name, reason: error.message });
    throw error;
  }
}
