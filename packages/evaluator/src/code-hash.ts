/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "41b89964a075144b71eac381cd0bb121cf1cbeb8f2a2a6f7a9ec75a3290dd1cd";
