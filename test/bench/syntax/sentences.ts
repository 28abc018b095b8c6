// How well sentences and words are found in the running text of treebanks: `npx tsx test/bench/syntax/sentences.ts FILE…`
import { existsSync, readFileSync } from 'node:fs';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { languageOf } from '../../../src/syntax/words/language';
import { sentencesOf } from '../../../src/syntax/words/sentences';

interface Place {
  start: number;
  end: number;
}

interface Gold {
  text: string;
  words: Place[];
  sentences: Place[];
}

const key = ({ start, end }: Place): string => `${start}-${end}`;

/** F1 in percent of found places against the treebank's: both ends must be right. */
const f1 = (found: readonly Place[], gold: readonly Place[]): string => {
  const places = new Set(gold.map(key));
  const right = found.filter((place) => places.has(key(place))).length;
  return ((200 * right) / (found.length + gold.length)).toFixed(2);
};

/** The sentences of a treebank as running text: a space between sentences, an empty line between documents. */
const runningText = (content: string): Gold => {
  const gold: Gold = { text: '', words: [], sentences: [] };
  let document: string | null = null;
  for (const tree of readConllu(content).trees) {
    if (gold.text !== '') gold.text += tree.document === document ? ' ' : '\n\n';
    document = tree.document;
    const at = gold.text.length;
    gold.text += tree.text;
    gold.sentences.push({ start: at, end: gold.text.length });
    for (const place of tree.places) if (place) gold.words.push({ start: at + place.start, end: at + place.end });
  }
  return gold;
};

const files = process.argv.slice(2);
const absent = files.filter((file) => !existsSync(file));
if (files.length === 0 || absent.length > 0) {
  console.error(absent.length > 0 ? `no such treebank: ${absent.join(', ')}` : 'name one or more treebanks in CoNLL-U');
  process.exitCode = 1;
} else
  for (const file of files) {
    const { text, words, sentences } = runningText(readFileSync(file, 'utf8'));
    const language = languageOf(text);
    if (language === null) throw new Error(`${file}: neither English nor Korean`);
    const before = performance.now();
    const found = sentencesOf(text, language);
    const seconds = (performance.now() - before) / 1000;
    const foundWords = found.flatMap((sentence) => sentence.words);
    console.log(
      `${file} (${language}): words ${f1(foundWords, words)}, sentences ${f1(found, sentences)}, ` +
        `${Math.round(foundWords.length / seconds)} words/s`,
    );
  }
