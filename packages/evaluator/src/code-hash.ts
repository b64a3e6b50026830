/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "eaac45051dcda80346f183e7a402017225527b7f9dd2e0a34d16686c988ba511";
