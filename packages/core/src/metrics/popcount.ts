/** Triples of words summed before the bytes are read: 10 · 3 · 8 < 256, so that none overflows. */
const WORDS_PER_FLUSH = 30;

/** Bits that are set in all words. */
export function popcount(words: Uint32Array): number {
  return popcountOfBoth(words, words);
}

/**
 * Bits that are set in both a and b: popcount(a AND b), one pass.
 *
 * Three words at a time are added bit by bit into a sum and a carry, both counted within nibbles and then bytes; the byte
 * counts of ten triples are summed before they are read.
 *
 * @param a any number of words.
 * @param b as many.
 */
export function popcountOfBoth(a: Uint32Array, b: Uint32Array): number {
  const whole = a.length - (a.length % 3);
  let total = 0;
  for (let start = 0; start < whole; start += WORDS_PER_FLUSH) {
    const end = Math.min(whole, start + WORDS_PER_FLUSH);
    let bytes = 0;
    for (let i = start; i < end; i += 3) {
      const x = (a[i] ?? 0) & (b[i] ?? 0);
      const y = (a[i + 1] ?? 0) & (b[i + 1] ?? 0);
      const z = (a[i + 2] ?? 0) & (b[i + 2] ?? 0);
      bytes = (bytes + bitsByByte(x, y, z)) | 0;
    }
    total += sumOfBytes(bytes);
  }
  for (let i = whole; i < a.length; i += 1) total += sumOfBytes(bitsByByte((a[i] ?? 0) & (b[i] ?? 0), 0, 0));
  return total;
}

/** The bits of three words, counted by byte position: each byte at most 24. */
function bitsByByte(x: number, y: number, z: number): number {
  const half = x ^ y;
  const sum = half ^ z;
  const carry = (x & y) | (half & z);
  const nibbles = bitsByNibble(sum) + (bitsByNibble(carry) << 1);
  return (nibbles & 0x0f0f0f0f) + ((nibbles >>> 4) & 0x0f0f0f0f);
}

function bitsByNibble(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}

function sumOfBytes(bytes: number): number {
  const halves = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (halves & 0xffff) + (halves >>> 16);
}
