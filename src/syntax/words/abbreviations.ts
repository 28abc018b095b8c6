// English abbreviations that keep their full stop as part of the word, and what may follow them.

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Stand before a name or a number: never a sentence's end. Lower case, without the full stop. */
const BEFORE_SOMETHING = list(
  'mr mrs ms dr drs prof rev fr sr hon gen col lt capt maj cmdr sgt cpl gov sen rep reps pres st ft mt messrs mlle mme ' +
    'vs approx ca c cf e.g i.e eg al viz fig figs eq eqs vol vols pp ed eds ch sec dept univ est attn arrv resp ext para ps pvt govt',
);
/** May end a sentence as well. */
const ANYWHERE = list(
  'etc inc co corp ltd bros jr esq u.s u.k u.n e.u a.m p.m b.c a.d d.c ph.d m.d b.a m.a m.sc ave blvd rd a.k.a ' +
    'jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thur thurs fri yrs mins oz lb lbs tel',
);
/** Abbreviations only before a number: "No. 5", but "No." answers. */
const BEFORE_NUMBER = list('no nos p art');

/** Words that begin sentences: after an abbreviation that may end one, they say that it did. */
const SENTENCE_BEGINNERS = list(
  'The A An This That These Those He She It We They I You His Her Its Our Their My In On At For But And So If When ' +
    'While After Before As Since There Here What Why How Who Where However Then Also Not No Yes Some Many Most All To With From By',
);

/** What an abbreviation may do: stand before something only, end a sentence too, or nothing (no abbreviation). */
export const abbreviationKind = (word: string, next: string): 'inner' | 'anywhere' | null => {
  const key = word.toLowerCase();
  if (BEFORE_SOMETHING.has(key)) return 'inner';
  if (BEFORE_NUMBER.has(key)) return /^\s*\d/.test(next) ? 'inner' : null;
  if (key === 'mar' || key === 'sun' || key === 'sat') return /^\s*\d/.test(next) ? 'inner' : null;
  if (ANYWHERE.has(key) || /^\p{L}(?:\.\p{L})+$/u.test(word)) return 'anywhere';
  return /^\p{Lu}$/u.test(word) && word !== 'I' ? 'inner' : null;
};

/** Whether a sentence ends after an abbreviation that may end one, by the word behind it. */
export const beginsSentence = (word: string): boolean => SENTENCE_BEGINNERS.has(word);
