// The words of the Korean sample: nouns, people with and without honour, and verbs with the endings the sentences need.

export const THINGS = [
  '등잔', '밧줄', '창문', '사다리', '거울', '종', '해도', '등불', '사슬', '시계', '난로', '주전자', '책', '편지', '덧문',
  '양초', '깃발', '닻', '노', '그물', '바구니', '지도', '신호기', '계단', '망원경', '우산', '열쇠', '의자', '상자', '물통',
]; // prettier-ignore

export const PLACES = [
  '등대', '부두', '마을', '바닷가', '절벽', '마당', '창고', '부엌', '언덕', '우물가', '작업실', '오솔길', '방파제', '다락방',
]; // prettier-ignore

export const SHIPS = [
  '갈매기호', '새벽호', '은하수호', '동백호', '흰구름호', '파랑새호', '보름달호', '해당화호', '솔바람호', '첫눈호', '조약돌호',
  '참나무호', '무지개호', '두루미호',
]; // prettier-ignore

export const CARGOES = ['소금', '쌀', '석탄', '목재', '사과', '기름', '종이', '벽돌', '말린 생선', '유리'];
export const PORTS = ['솔섬', '달개', '바람목', '긴여', '모래말', '검은돌', '다섯물'];
export const ADJECTIVES = [
  '낡은',
  '새',
  '무거운',
  '푸른',
  '녹슨',
  '작은',
  '부서진',
  '밝은',
  '젖은',
  '오래된',
  '가벼운',
];
export const TIMES = [
  '아침마다',
  '저녁에',
  '해가 뜨기 전에',
  '비가 그친 뒤에',
  '물이 빠질 때',
  '점심을 먹고 나서',
  '안개 속에서',
  '일요일에',
  '밤늦게',
];
export const DIRECTIONS = ['동', '서', '남', '북', '남동', '북서', '북동', '남서'];

/** Counting words before a counter, 1 to 12. */
export const NATIVE_NUMBERS = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두'];

export interface KoreanPerson {
  name: string;
  /** Spoken of with 께서 and -시-. */
  honoured: boolean;
}

const plain = (name: string): KoreanPerson => ({ name, honoured: false });
const honoured = (name: string): KoreanPerson => ({ name, honoured: true });

/** The three who keep the watch, in the order of their turns. */
export const WATCH = [plain('미란'), plain('도윤'), plain('하람')];
export const GUESTS = [
  honoured('할머니'),
  honoured('선장님'),
  honoured('선생님'),
  honoured('촌장님'),
  honoured('의사 선생님'),
  plain('어부'),
  plain('목수'),
  plain('집배원'),
  plain('뱃사공'),
  plain('아이들'),
  plain('사촌'),
];

export interface KoreanVerb {
  /** Past, plain: 닦았다. */
  past: string;
  /** Past with honour: 닦으셨다. */
  honouredPast: string;
  /** Present before -고 하다: 닦는다. */
  present: string;
  /** Before a noun: 닦은. */
  adnominal: string;
}

const verb = (past: string, honouredPast: string, present: string, adnominal: string): KoreanVerb => ({
  past,
  honouredPast,
  present,
  adnominal,
});

/** Verbs that take 을/를. */
export const TRANSITIVE = [
  verb('닦았다', '닦으셨다', '닦는다', '닦은'),
  verb('고쳤다', '고치셨다', '고친다', '고친'),
  verb('옮겼다', '옮기셨다', '옮긴다', '옮긴'),
  verb('세었다', '세셨다', '센다', '센'),
  verb('찾았다', '찾으셨다', '찾는다', '찾은'),
  verb('잃어버렸다', '잃어버리셨다', '잃어버린다', '잃어버린'),
  verb('그렸다', '그리셨다', '그린다', '그린'),
  verb('빌렸다', '빌리셨다', '빌린다', '빌린'),
  verb('샀다', '사셨다', '산다', '산'),
  verb('골랐다', '고르셨다', '고른다', '고른'),
  verb('바라보았다', '바라보셨다', '바라본다', '바라본'),
  verb('기억했다', '기억하셨다', '기억한다', '기억한'),
  verb('감추었다', '감추셨다', '감춘다', '감춘'),
  verb('들어 올렸다', '들어 올리셨다', '들어 올린다', '들어 올린'),
];

/** Verbs a place goes with: 에서 …. */
export const INTRANSITIVE = [
  verb('노래했다', '노래하셨다', '노래한다', '노래한'),
  verb('기다렸다', '기다리셨다', '기다린다', '기다린'),
  verb('웃었다', '웃으셨다', '웃는다', '웃은'),
  verb('쉬었다', '쉬셨다', '쉰다', '쉰'),
  verb('이야기했다', '이야기하셨다', '이야기한다', '이야기한'),
  verb('일했다', '일하셨다', '일한다', '일한'),
];

/** What things do, past and with a reason: 흔들렸다, 흔들려서. */
export const STIRRINGS: readonly [past: string, because: string][] = [
  ['흔들렸다', '흔들려서'],
  ['반짝였다', '반짝여서'],
  ['삐걱거렸다', '삐걱거려서'],
  ['기울었다', '기울어서'],
  ['젖었다', '젖어서'],
  ['빛났다', '빛나서'],
  ['멈추었다', '멈추어서'],
  ['사라졌다', '사라져서'],
];
