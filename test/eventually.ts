// Waiting for what happens in another process or on another page.

/** Polls until `condition` gives a value other than false, null or undefined; throws `what` after `milliseconds`. */
export async function eventually<T>(
  what: string,
  condition: () => T | Promise<T>,
  milliseconds = 20_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) return value as NonNullable<Exclude<T, false>>;
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
