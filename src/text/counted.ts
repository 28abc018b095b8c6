// A count with its noun, for sentences in English: "1 column", "3 columns".

/** `noun` is in the singular and takes an s in the plural. */
export function counted(count: number | string, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
}
