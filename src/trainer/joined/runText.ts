// The text that a run was trained on: from its file while that is what it was, else put together again from the tokens that were kept.
import { createHash } from 'node:crypto';
import type { CorpusInfo, TextSource } from '../../protocol/run';
import { joinTokens } from '../../text/spacing';
import type { TokenSource } from '../../text/tokenSource';
import type { Vocabulary } from '../../text/vocabulary';
import { openSource } from '../sourceReader';

/** UTF-16 units of a text that are read for its sentences: its beginning where it is longer. */
export const MOST_UNITS = 3_000_000;
/** Tokens that are put together at once. */
const TOKENS = 1 << 14;

type Pause = () => Promise<void>;

export interface RunText {
  text: string;
  /** The text goes on. */
  isCut: boolean;
}

/** Words that the vocabulary does not know are lost where the file is not what it was. */
export async function readRunText(
  source: TextSource,
  corpus: CorpusInfo,
  tokens: TokenSource,
  vocabulary: Vocabulary,
  pause: Pause,
): Promise<RunText> {
  return (await fromFile(source, corpus.hash, pause)) ?? fromTokens(tokens, vocabulary, pause);
}

/** Null where there is no such file any more, or another text is in it. */
async function fromFile(source: TextSource, hash: string, pause: Pause): Promise<RunText | null> {
  if (source.path === null) return null;
  const reader = await openSource(source, null).catch(() => null);
  if (reader === null) return null;
  const found = createHash('sha256');
  let [text, units] = ['', 0];
  try {
    for await (const piece of reader.pieces()) {
      found.update(piece.text, 'utf8');
      text += piece.text.slice(0, Math.max(0, MOST_UNITS - units));
      units += piece.text.length;
      await pause();
    }
  } catch (error) {
    // Whoever gave the question up wants no text; a file that cannot be read any more is like one that is not there.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  } finally {
    await reader.close();
  }
  return found.digest('hex') === hash ? { text, isCut: units > text.length } : null;
}

async function fromTokens(tokens: TokenSource, vocabulary: Vocabulary, pause: Pause): Promise<RunText> {
  let text = '';
  let previous: number | null = null;
  let at = 0;
  for (; at < tokens.length && text.length < MOST_UNITS; at += TOKENS) {
    const ids = new Uint16Array(Math.min(TOKENS, tokens.length - at));
    tokens.read(at, ids);
    text += joinTokens(vocabulary, ids, previous);
    previous = ids[ids.length - 1];
    await pause();
  }
  return { text, isCut: at < tokens.length };
}
