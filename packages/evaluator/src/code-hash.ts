/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "86991875d13ff291ef23edd164c0096700ef017bcf2375b10fc3db3c27ac05e8";
