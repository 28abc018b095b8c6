// Which of the parser's languages a text is written in, by its script and its commonest words.
import { CODE_SHARE, codeShare } from './codeShare';

/** The languages there is a parser for, by their ISO 639-1 names. */
export type Language = 'en' | 'ko';

/** Words that hold English sentences together, Shakespeare's among them. */
const ENGLISH: ReadonlySet<string> = new Set(
  (
    'the of and to a in that is was he for it with as his on be at by i this had not are but from or have an they which one you were ' +
    'her all she there would their we him been has when who will more no if out so said what up its about into than them can only ' +
    'other new some could time these two may then do first any my now such like our over man me even most made after also did many ' +
    'before must through back years where much your way well down should because each just those people how too little good very ' +
    'make world still own see men work long get here between both being under never day same another know while last might us great ' +
    'old year off come since against go came right used take three thou thee thy thine hath doth art shall tis sir o let yes hello ' +
    "don't it's i'm isn't can't didn't won't you're that's i've i'll he's she's"
  ).split(' '),
);

/** The same of other languages in Latin script; words that English has as well are left out. */
const OTHERS: readonly ReadonlySet<string>[] = [
  'der die das und ist nicht ein eine einen dem den des ich du er sie es wir ihr mit auf für von zu im auch sich aber wie noch nur bei nach aus wenn oder war sind haben hat wird wurde über kann mich mir guten morgen hallo danke bitte ja nein',
  'le la les des du de et est un une dans que qui ne pas pour par sur avec ce cette il elle nous vous ils je tu se au aux mais ou où sont été être avoir comme plus son sa ses leur chez bonjour merci oui',
  'el la los las de y es un una en que no por con para se su lo como más pero sus le ya este sí porque esta cuando muy sin sobre también hay donde quien desde todo nos eres soy está hola gracias buenos',
  'il lo la gli le di e è un una in che non per con si su come più ma sono ho hai ha anche questo questa della del dei delle nel alla mi ti ci perché quando molto essere ciao grazie buongiorno',
  'o os as um uma de do da dos das em que não por com para se seu sua mais mas como foi ao ele ela são também já está muito eu você isso pelo pela',
  'de het een en van ik te dat die niet zijn hij op aan met als voor er maar om dan zou wat mijn dit zo naar heb ze bij ook wordt worden deze',
  'och att det som en på är av för med den till inte om har de ett jag du vi han hon men kan så från eller när var',
  'og det er en et at på til av for med den som ikke jeg du vi han hun har de kan så fra eller når var blev',
  'ja on ei se että hän oli mutta ovat kun niin myös minä sinä joka tämä olla',
  'i w na nie się że to z jest do jak o po co tak ale za czy był dla od przez tylko jego są',
  'a se na je že to v s z do jsem ale jako by si pro tak byl není jsou ve po',
  've bir bu da için ile de çok ne gibi ama daha değil ben sen o var yok olan olarak',
  'az és nem egy hogy ez van volt csak már meg is de ha mint el ki',
  'si de la cu un o nu pe este sunt care mai din să ce în pentru că dar',
  'dan yang di itu ini dengan untuk tidak dari dalam akan pada juga saya ke karena ada anda kami mereka',
  'et in est non ad cum ut sed qui quae quod ab ex esse sunt si ipsum dolor sit amet',
].map((words) => new Set(words.split(' ').filter((word) => !ENGLISH.has(word) && word.length > 1)));

/** Longer texts are judged by this many UTF-16 units of their beginning. */
const LOOKED_AT = 4000;
/** Share of Hangul in a Korean text's letters that are not Latin: the others are Chinese characters. */
const HANGUL_SHARE = 0.25;
/** Share of words with Hangul from which on a text is Korean. Letters do not tell: of "component를" one in ten is Hangul. */
const KOREAN_SHARE = 0.5;
/** The same where the last word ends as Korean sentences do. */
const KOREAN_SHARE_ENDED = 0.4;
/** Texts with fewer words may do without any of the words that hold sentences together. */
const SHORT = 12;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const HANGUL = /\p{sc=Hang}/u;
/** What is quoted or stands in brackets, and no particle follows it. */
const QUOTED = /(?<![\p{L}\p{N}])["“‘'「『(][^"“”‘’'「」『』()\n]{1,80}["”’'」』)](?![\p{L}\p{N}])/gu;
const ADDRESS = /@|\.\p{L}/u;
const FINAL_ENDING = /[다요까죠네지자라음함임][^\p{L}\p{N}]*$/u;

/** Words between white space, numbers, marks and addresses aside. */
const spacedWords = (text: string): string[] =>
  text.split(/\s+/u).filter((word) => HANGUL.test(word) || (/\p{L}/u.test(word) && !ADDRESS.test(word)));

/** Whether the words around what is quoted are Korean ones: English stems may take Korean particles and endings. */
const isKorean = (text: string): boolean => {
  const frame = spacedWords(text.replace(QUOTED, (quoted) => (HANGUL.test(quoted) ? ' ' : quoted)));
  const words = frame.length > 0 ? frame : spacedWords(text);
  const share = words.filter((word) => HANGUL.test(word)).length / words.length;
  if (FINAL_ENDING.test(words.at(-1) ?? '')) return share >= KOREAN_SHARE_ENDED;
  const holdsEnglish = words.some((word) => ENGLISH.has(word.toLowerCase()));
  return share > KOREAN_SHARE || (share === KOREAN_SHARE && !holdsEnglish);
};

const isEnglish = (text: string): boolean => {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)?/gu) ?? [];
  const hits = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word.replace('’', "'"))).length;
  const english = hits(ENGLISH);
  const other = Math.max(...OTHERS.map(hits));
  const accented = words.filter((word) => /[^\x00-\x7f’]/u.test(word)).length;
  if (english === 0 && other === 0) return words.length < SHORT && accented * 2 < words.length;
  if (other > english) return false;
  return (
    english > other + accented / 2 ||
    (english === other && accented === 0 && words.length < SHORT) ||
    english >= words.length / 5
  );
};

/**
 * The language of a text, or null where there is no parser for it: another language, program code, nothing but marks.
 * Short texts in plain Latin letters that no other language's common words speak against are English.
 */
export const languageOf = (text: string): Language | null => {
  const seen = text.slice(0, LOOKED_AT);
  const letters = count(seen, /\p{L}/gu);
  if (letters === 0) return null;
  const hangul = count(seen, /\p{sc=Hang}/gu);
  const latin = count(seen, /\p{sc=Latn}/gu);
  const prevails = hangul >= (letters - latin) * HANGUL_SHARE && hangul >= count(seen, /[\p{sc=Hira}\p{sc=Kana}]/gu);
  if (hangul > 0 && prevails && isKorean(seen)) return 'ko';
  if (latin === 0 || latin / (letters - hangul) < 0.75) return null;
  if (codeShare(seen) >= CODE_SHARE) return null;
  return isEnglish(seen.replace(/\p{sc=Hang}+|\S{0,80}(?:@|\.\p{L})\S*/gu, ' ')) ? 'en' : null;
};
