// The texts of media/sample by file name, as this generator writes them; their seeds and lengths are fixed here.
import { bracketLanguage } from './bracketLanguage';
import { filmReviews } from './filmReviews';
import { koreanHomographs } from './koreanHomographs';
import { koreanLog } from './koreanLog';
import { lighthouseLog } from './lighthouseLog';

/** Name and content of every file in media/sample. */
export function sampleTexts(): Record<string, string> {
  return {
    'the-lighthouse-keepers.txt': lighthouseLog(1887, 360_000),
    '등대지기.txt': koreanLog(1887, 75_000),
    'brackets.txt': bracketLanguage(7, 100_000),
    'film-reviews.tsv': filmReviews(5, 600),
    '공중.tsv': koreanHomographs(3),
  };
}
