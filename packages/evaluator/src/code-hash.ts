/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "1aff2bb9574e8abf214defc2b0179f7ef1dc703deec05e71b5de8d9f6e73fb3e";
