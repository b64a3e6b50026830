/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "0d7b48d22c4ed19006ebd663757e6dbe8edd624bbf683c73ca9704e1bf688129";
