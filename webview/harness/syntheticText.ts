// The text of the harness: a few lines written for it, with things to remember in them (quotes, brackets, agreement).

export const HARNESS_TEXT = `The keeper of the lamps who lives above the harbour counts them every night.
She writes "forty lit, two dark" in a book (the book that her mother began),
and the ships, which never read it, come home all the same.
The boys who carry oil for the keeper of the lamps are not afraid of the stairs.
"Who counts the keeper?" they ask; and the sea, [as it must], answers nothing.
`;

/** Wide characters: two columns of a fixed-width font each. */
export const KOREAN_TEXT = `등대지기는 밤마다 등불을 모두 세고, 그 수를 어머니가 쓰기 시작한 책에 적는다.
“마흔 개는 켜졌고 두 개는 꺼졌다”라고 적고 나면 배들이 하나씩 항구로 돌아온다.
`;

/** A generator of numbers in 0…1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
