// Which column of a table is the label and which the text: by their names, else by what stands in them.
import { DatasetError } from './examples';

/** Columns given by name or by number from 1; the others are found out. */
export interface WantedColumns {
  label?: string;
  text?: string;
}

export interface ColumnChoice {
  /** From 0. */
  label: number;
  text: number;
  /** Whether the first row holds names. */
  header: boolean;
}

const LABEL_NAMES = /^(label|labels|class|category|sentiment|polarity|target|rating|stars|gold|sense|intent|topic)$/i;
const TEXT_NAMES = /^(text|document|sentence|review|comment|content|body|message|title|tweet|phrase|utterance)$/i;
/** Rows that are looked at. */
const SAMPLE = 2000;
/** A column of labels repeats itself: at most this share of its values are distinct. */
const DISTINCT_SHARE = 0.5;
/** Characters; what is longer is no name of a column. */
const LONGEST_NAME = 40;

/** Throws DatasetError `unlabelled` where no column can be the label, or one that was named is not there. */
export function chooseColumns(rows: readonly string[][], wanted: WantedColumns): ColumnChoice {
  const width = rows[0]?.length ?? 0;
  if (width < 2) throw new DatasetError('unlabelled');
  const names = rows[0].map((cell) => cell.trim());
  const named = (name: string | undefined) => (name === undefined || /^\d+$/.test(name) ? -1 : names.indexOf(name));
  const header =
    named(wanted.label) >= 0 ||
    named(wanted.text) >= 0 ||
    (names.some((name) => LABEL_NAMES.test(name)) && names.some((name) => TEXT_NAMES.test(name)));
  const body = rows.slice(header ? 1 : 0, SAMPLE);
  const statistics = names.map((_, column) => columnStatistics(body.map((cells) => cells[column].trim())));
  const given = { label: givenColumn(wanted.label, names, header), text: givenColumn(wanted.text, names, header) };
  const label = given.label ?? labelColumn(names, statistics, header, given.text);
  const text = given.text ?? textColumn(names, statistics, header, label);
  return { label, text, header };
}

interface ColumnStatistics {
  distinct: number;
  values: number;
  meanLength: number;
}

function columnStatistics(values: readonly string[]): ColumnStatistics {
  const filled = values.filter((value) => value !== '');
  const length = filled.reduce((sum, value) => sum + value.length, 0);
  return { distinct: new Set(filled).size, values: filled.length, meanLength: length / Math.max(1, filled.length) };
}

/** Of a message: what the first row says, or how many columns there are where it seems to hold no names. */
function foundColumns(names: string[], header: boolean): string {
  const areNames =
    header || names.every((name) => name !== '' && name.length <= LONGEST_NAME && !/^[\d.,+-]+$/.test(name));
  return areNames && new Set(names).size === names.length ? names.join(', ') : `1–${names.length}`;
}

function givenColumn(wanted: string | undefined, names: string[], header: boolean): number | null {
  if (wanted === undefined) return null;
  const byName = header ? names.indexOf(wanted) : -1;
  if (byName >= 0) return byName;
  const number = Number(wanted);
  if (Number.isInteger(number) && number >= 1 && number <= names.length) return number - 1;
  throw new DatasetError('unlabelled', { column: wanted, found: foundColumns(names, header) });
}

/** The named one, else the one with the fewest different values, provided that they repeat. */
function labelColumn(names: string[], statistics: ColumnStatistics[], header: boolean, taken: number | null): number {
  const byName = header ? names.findIndex((name, at) => at !== taken && LABEL_NAMES.test(name)) : -1;
  if (byName >= 0) return byName;
  const repeating = statistics
    .map((each, column) => ({ ...each, column }))
    .filter(({ column, distinct, values }) => column !== taken && distinct > 0 && isLabelLike(distinct, values));
  if (repeating.length === 0) throw new DatasetError('unlabelled');
  return repeating.reduce((best, each) => (fewer(each, best) ? each : best)).column;
}

function fewer(a: ColumnStatistics, b: ColumnStatistics): boolean {
  return a.distinct < b.distinct || (a.distinct === b.distinct && a.meanLength < b.meanLength);
}

/** Handfuls of rows may have as many classes as rows. */
function isLabelLike(distinct: number, values: number): boolean {
  return values <= 8 || distinct <= DISTINCT_SHARE * values;
}

/** The named one, else the one with the longest cells. */
function textColumn(names: string[], statistics: ColumnStatistics[], header: boolean, label: number): number {
  const byName = header ? names.findIndex((name, at) => at !== label && TEXT_NAMES.test(name)) : -1;
  if (byName >= 0) return byName;
  const others = statistics.map(({ meanLength }, column) => (column === label ? -1 : meanLength));
  return others.indexOf(Math.max(...others));
}
