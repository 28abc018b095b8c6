// Which of the parser's languages a text is written in.

/** The languages there is a parser for, by their ISO 639-1 names. */
export type Language = 'en' | 'ko';
