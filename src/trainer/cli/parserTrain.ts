// `gatescope parser train`: trains a parser and keeps the weights of the epoch that does best on the dev files.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { GatescopeError } from '../../protocol/failures';
import { applyTemperature, fitTemperature } from '../../syntax/parser/calibration';
import { newParser } from '../../syntax/parser/newParser';
import { encodeParser } from '../../syntax/parser/parserFile';
import { ParserModel } from '../../syntax/parser/parserModel';
import { parserWith } from '../../syntax/parser/parseSentences';
import { ParserTraining } from '../../syntax/parser/parserTraining';
import { frequenciesOf, goldSentence } from '../../syntax/parser/readTrees';
import { counted } from '../../text/counted';
import { replaceFile } from '../replaceFile';
import type { ParserTrainOptions } from './parserOptions';
import { parseGold, parserScores, readGoldTrees, type GoldTrees, type ParserScores } from './parserTrees';
import { EXIT, type CommandContext } from './subcommand';

/** Of the treebanks that the parsers of the package are trained on; other treebanks bring their own. */
const LICENCE = 'CC BY-SA 4.0 where trained on treebanks of that licence; see parser-LICENSE.txt';

export async function trainParser(options: ParserTrainOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { language, size, plan, out } = options;
  requireWritable(path.dirname(path.resolve(out)));
  const gold = await readGoldTrees(options.train);
  const dev = await readGoldTrees(options.dev);
  for (const part of [gold, dev]) noteLeftOut(part, context);
  const { config, tables, bytes } = newParser(gold.trees, language, size, plan);
  const { kernels, reason } = await selectKernels(context.engine().modules, bytes);
  terminal.note(`kernels: ${kernels.name} (${reason})`);
  const model = new ParserModel(kernels, config, plan.dropout.layers);
  const values = model.all.reduce((sum, { values: { length } }) => sum + length, 0);
  terminal.note(
    `${counted(gold.trees.length, 'sentence')}, ${counted(tables.words.length, 'word')} known, ${counted(values, 'value')}`,
  );
  const examples = gold.trees.map((tree) => goldSentence(tree, tables, config.relations, config.tags));
  const training = new ParserTraining(model, examples, frequenciesOf(tables), plan);
  const notes = { licence: LICENCE, command: commandOf(options), kernels: kernels.name };
  const parser = parserWith(model, tables, notes);
  let best: ParserScores | null = null;
  for (let epoch = 1; epoch <= plan.epochs; epoch++) {
    const started = performance.now();
    let words = 0;
    const losses = training.runEpoch((batch, batches, read) => {
      words += read;
      const speed = Math.round((1000 * words) / (performance.now() - started));
      terminal.progress(`epoch ${epoch} of ${plan.epochs}: batch ${batch} of ${batches}, ${speed} tokens per second`);
    });
    if (!Number.isFinite(losses.heads + losses.relations + losses.tags)) {
      terminal.note(`gatescope: the loss of epoch ${epoch} is not finite; a lower --learning-rate may help.`);
      return EXIT.diverged;
    }
    const scores = training.optimizer.withAverages(() => {
      const parsed = parseGold(parser, dev.trees);
      const found = parserScores(dev.trees, parsed);
      if (best === null || found.las > best.las) {
        best = found;
        const judged = parsed.map(({ n, scores }, at) => ({ n, scores, heads: dev.trees[at].heads }));
        const temperature = fitTemperature(judged);
        // The averages stand in the model for now: what is trained goes on as it was.
        applyTemperature(model, temperature);
        const said = {
          ...notes,
          epoch: String(epoch),
          temperature: temperature.toFixed(3),
          dev: JSON.stringify(found),
        };
        replaceFile(path.resolve(out), encodeParser(model, tables, said));
      }
      return found;
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const [heads, relations, tags] = [losses.heads, losses.relations, losses.tags].map((loss) => loss.toFixed(3));
    terminal.note(
      `epoch ${epoch}: loss ${heads} heads, ${relations} relations, ${tags} tags; dev UAS ${scores.uas}, LAS ${scores.las}, ` +
        `with subtypes ${scores.lasWithSubtypes}, UPOS ${scores.upos ?? '–'}; ${seconds} s`,
    );
  }
  terminal.progress(null);
  terminal.print(`${JSON.stringify({ out, ...(best ?? {}) })}\n`);
  model.dispose();
  return EXIT.done;
}

/** Before an hour of training, not after its first epoch. @throws GatescopeError storageUnwritable */
function requireWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GatescopeError('storageUnwritable', { folder, reason });
  }
}

function noteLeftOut({ leftOut }: GoldTrees, { terminal }: CommandContext): void {
  for (const { file, line, reason } of leftOut) terminal.note(`info: ${file}, line ${line}: left out, ${reason}`);
}

/** What reproduces the weights, without the folders of the one who trained. */
function commandOf({ language, train, dev, size, plan }: ParserTrainOptions): string {
  const of = (option: string, files: string[]) => files.map((file) => `--${option} ${path.basename(file)}`);
  return [
    `gatescope parser train --lang ${language}`,
    ...of('train', train),
    ...of('dev', dev),
    `--epochs ${plan.epochs} --seed ${plan.seed} --units ${size.units} --layers ${size.layers}`,
    `--batch-words ${plan.batchWords} --learning-rate ${plan.learningRate}`,
    `--word-dropout ${plan.dropout.words} --slot-dropout ${plan.dropout.slots}`,
  ].join(' ');
}
