// Sentences with 공중, “mid-air” or “the public”: which of the two is told by the word behind it, never by those before.
import { SeededChoice } from './seededChoice';

const BEFORE = ['', '어제 ', '그날 ', '드디어 ', '학생이 ', '선생님이 ', '어제 학생이 ', '그날 선생님이 '];
const BEHIND = {
  air: [
    '부양을 연습했다',
    '부양을 보았다',
    '회전을 연습했다',
    '회전을 보았다',
    '제비를 돌았다',
    '곡예를 보았다',
    '그네를 탔다',
  ],
  public: [
    '화장실을 찾았다',
    '화장실을 보았다',
    '위생을 배웠다',
    '도덕을 배웠다',
    '질서를 지켰다',
    '시설을 고쳤다',
    '전화를 찾았다',
  ],
};

/** `label<TAB>sentence`, every one once, in an order that the seed decides. */
export function koreanHomographs(seed: number): string {
  const all = (['air', 'public'] as const).flatMap((label) =>
    BEFORE.flatMap((before) => BEHIND[label].map((behind) => `${label}\t${before}공중 ${behind} .\n`)),
  );
  return new SeededChoice(seed).several(all, all.length).join('');
}
