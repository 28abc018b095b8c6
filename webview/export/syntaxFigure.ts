// The figure of the syntactic arcs with their text, over it or under it as on the page.
import * as l10n from '@vscode/l10n';
import type { Picture } from '../picture';
import { isBelow, isSyntaxOpen, measureSyntax } from '../syntaxMeasures';
import { sourceText } from '../syntaxSentences';
import { syntaxRows } from '../views/syntaxTable';
import type { Figure } from './figures';
import type { Table } from './table';

interface Common {
  picture: Picture;
  common: Pick<Figure, 'run' | 'step'>;
  caption: string;
  tableOf: (make: () => Table) => () => Table;
}

/** Its numbers are known only while the section is open. */
export function syntaxFigures({ picture, common, caption, tableOf }: Common): Figure[] {
  const measures = isSyntaxOpen(picture) ? measureSyntax(picture) : null;
  const source = measures?.answer ? sourceText(measures.answer) : '';
  return [
    {
      ...common,
      id: 'syntax',
      title: l10n.t('Syntactic arcs'),
      home: '.syntax-header',
      parts: isBelow(picture) ? ['.track.text', '.track.syntax'] : ['.track.syntax', '.track.text'],
      notes: ['.syntax-ambiguity', '.syntax-legend'],
      caption: [source, caption].filter((part) => part !== '').join(' · '),
      table: () => (measures && measures.sentences.length > 0 ? tableOf(() => syntaxRows(measures))() : null),
    },
  ];
}
