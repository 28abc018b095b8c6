// What the joined measure of a run keeps as long as the run is open: imported trees are taken where there are any, else the parser's of the
// text that was trained on.
import type { TextSource } from '../../protocol/run';
import type { JoinedProblem } from '../../protocol/joined';
import type { ParsedLanguage } from '../../protocol/syntax';
import { languageOf } from '../../syntax/words/language';
import type { AnswerContext } from '../answers/answerContext';
import type { KeptTrees } from '../syntax/importedTrees';
import { parserSource, prepareText, treebankSource } from './arcSource';
import { JoinedMeasures } from './joinedMeasures';
import { readRunText } from './runText';

type Asked = Pick<AnswerContext, 'syntax' | 'vocabulary' | 'corpus' | 'tokens' | 'pause'>;
type Found = JoinedMeasures | JoinedProblem;

export class JoinedDesk {
  private kept: { imported: KeptTrees | null; found: Promise<Found> } | null = null;

  /** `source` tells where the text trained on is; `language` which one it is in, where that is not to be found out. */
  constructor(
    private readonly source: () => TextSource,
    private readonly language: ParsedLanguage | null = null,
  ) {}

  /** Begins where trees are others than before. @throws GatescopeError treesDamaged, parserUnusable, runDamaged */
  async measures(asked: Asked): Promise<Found> {
    const imported = asked.syntax.imported.get();
    if (this.kept?.imported === imported) {
      const found = await this.kept.found.catch(() => null);
      if (found !== null) return found;
    }
    const found = imported ? Promise.resolve(ofTrees(imported, asked)) : this.ofParser(asked);
    this.kept = { imported, found };
    return found;
  }

  private async ofParser({ syntax, vocabulary, corpus, tokens, pause }: Asked): Promise<Found> {
    const { text } = await readRunText(this.source(), corpus, tokens(), vocabulary, pause);
    const language = this.language ?? languageOf(text);
    if (language === null) return 'noTrees';
    const prepared = await prepareText(text, vocabulary, language, pause);
    if (prepared.sentences.length === 0) return 'noSentence';
    return new JoinedMeasures(parserSource(prepared, await syntax.parsers.of(language), language));
  }
}

function ofTrees({ name, finder: { trees } }: KeptTrees, { vocabulary }: Asked): JoinedMeasures {
  const language = languageOf(
    trees
      .slice(0, 200)
      .map(({ text }) => text)
      .join(' '),
  );
  return new JoinedMeasures(treebankSource(trees, vocabulary, language, name));
}
