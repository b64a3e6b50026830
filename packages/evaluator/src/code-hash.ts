/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "cc4afae3db0f73bbe3777e3216f58b3d3b441db38bd5b851a9b750ea1b56e705";
