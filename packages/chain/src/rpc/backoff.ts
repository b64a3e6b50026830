const FIRST_MS = 250;
const MOST_MS = 30_000;

/** How long to wait before the nth attempt in a row (0 = the first): doubling, halved at most by chance. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
  return full * (0.5 + random() / 2);
}
