/** Bytes of a word may be summed this often before one of them can overflow: 31 · 8 < 256. */
const WORDS_PER_FLUSH = 31;

/** Bits that are set in all words. */
export function popcount(words: Uint32Array): number {
  return popcountOfBoth(words, words);
}

/**
 * Bits that are set in both a and b: popcount(a AND b), one pass.
 *
 * Each word is folded to four byte counts, the byte counts of up to 31 words are summed before they are read.
 *
 * @param a any number of words.
 * @param b as many.
 */
export function popcountOfBoth(a: Uint32Array, b: Uint32Array): number {
  let total = 0;
  for (let start = 0; start < a.length; start += WORDS_PER_FLUSH) {
    const end = Math.min(a.length, start + WORDS_PER_FLUSH);
    let bytes = 0;
    for (let i = start; i < end; i += 1) bytes = (bytes + bitsByByte((a[i] ?? 0) & (b[i] ?? 0))) | 0;
    total += sumOfBytes(bytes);
  }
  return total;
}

function bitsByByte(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;
}

function sumOfBytes(bytes: number): number {
  const halves = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (halves & 0xffff) + (halves >>> 16);
}
