// `npm run agreement -- FILE.conllu …`: how often networks of each cell tell the number of the verb, by attractors in between: sentences of
// the files by cross-validation over documents, and templates epoch by epoch. The README's section and its picture are written with --readme.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { conlluItems } from '../../../src/labs/agreement/conlluItems';
import { NUMBER_TASK } from '../../../src/labs/agreement/numberTask';
import { templateCurve, templateSets } from '../../../src/labs/agreement/templateCurves';
import { CELLS } from '../../../src/protocol/runConfig';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { runSupervised } from '../../../src/trainer/cli/agreementSupervised';
import { readKernelModules } from '../../../src/trainer/kernelsModule';
import { root } from '../../vscode/paths';
import { drawAgreement } from './picture';
import { agreementText, withAgreement, type AgreementReport, type TemplateCurve } from './report';

const PICTURE = 'media/screenshots/agreement.png';
/** Of the templates: at that of the sentences all but the vanilla network have learnt them after an epoch. */
const TEMPLATE_RATE = 2e-3;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ readme: { type: 'boolean' }, json: { type: 'boolean' } },
      ...{ seeds: { type: 'string', default: '3' }, from: { type: 'string' } },
    },
  });
  const report = values.from
    ? (JSON.parse(fs.readFileSync(values.from, 'utf8')) as AgreementReport)
    : await measure(positionals, Number(values.seeds));
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${agreementText(report)}\n`);
  if (!values.readme) return;
  await drawAgreement(report, path.join(root, PICTURE));
  const file = path.join(root, 'README.md');
  fs.writeFileSync(file, withAgreement(fs.readFileSync(file, 'utf8'), report, PICTURE));
}

async function measure(files: string[], count: number): Promise<AgreementReport> {
  if (files.length === 0 || !(count >= 1)) throw new Error('npm run agreement -- FILE.conllu … [--seeds N] [--readme]');
  const modules = readKernelModules(path.join(root, 'dist'));
  const items = files.flatMap((file) => conlluItems(readConllu(fs.readFileSync(file, 'utf8')).trees));
  const seeds = Array.from({ length: count }, (_, k) => k + 1);
  const goOn = () => Promise.resolve(true);
  const supervised = (rareAs: 'tag' | 'unknown') =>
    runSupervised(modules, items, { cells: CELLS, seeds, rareAs }, goOn, (line) =>
      say(`${line}, rare words: ${rareAs}`),
    );
  const tagged = await supervised('tag');
  const unknown = await supervised('unknown');
  const sets = templateSets();
  const curves: TemplateCurve[] = [];
  for (const seed of seeds)
    for (const cell of CELLS) {
      say(`templates: ${cell}, seed ${seed}`);
      const hits = await templateCurve(
        modules,
        { ...NUMBER_TASK, learningRate: TEMPLATE_RATE, cell, seed },
        sets,
        goOn,
      );
      if (hits) curves.push({ cell, seed, hits });
    }
  say('');
  const names = files.map((file) => path.basename(file));
  return { files: names, supervised: { tag: tagged, unknown }, training: sets.training.length, curves };
}

const say = (sentence: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
};

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
