/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "6f53f089cc1d5c1658abce84f317c1001d98673e55d55714e91780db123df947";
