// Identifiers of runs: sortable by time, safe as folder names.

/** "20250131-142501-lstm-3f9a": local time, cell and four random hexadecimal digits. */
export function newRunId(now: Date, cell: string, random: () => number = Math.random): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  const tail = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0');
  return `${date}-${time}-${cell}-${tail}`;
}

/** Whether a folder name may be a run's; guards deletion against anything else. */
export function isRunId(name: string): boolean {
  return /^[\w][\w-]{0,80}$/.test(name);
}
