// Reads the annotated sentences of a CoNLL-U file, wherever it is.
import { GatescopeError } from '../../protocol/failures';
import type { TextSource } from '../../protocol/run';
import { readConlluWords, type ConlluSentences } from '../../text/datasets/conlluWords';
import { openSource } from '../sourceReader';
import { naming } from './readDataset';

/** Sentences are held in memory. */
const LARGEST_MEGABYTES = 100;

/** `text` where it is not in a file. @throws GatescopeError as openSource, tooLargeToHold, datasetMalformed with the line where every sentence is broken, datasetUntagged. */
export async function readAnnotated(source: TextSource, text: string | null): Promise<ConlluSentences> {
  const { name } = source;
  const reader = await openSource(source, text);
  try {
    const megabytes = Math.ceil(reader.bytes / 1e6);
    if (megabytes > LARGEST_MEGABYTES)
      throw new GatescopeError('tooLargeToHold', { name, megabytes, limit: LARGEST_MEGABYTES });
    let content = '';
    for await (const piece of reader.pieces()) content += piece.text;
    return naming(name, () => readConlluWords(content));
  } finally {
    await reader.close();
  }
}
