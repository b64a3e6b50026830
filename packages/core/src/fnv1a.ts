/** FNV-1a, 32 bits, over the text's UTF-16 units: spreads short texts evenly; it protects nothing. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
