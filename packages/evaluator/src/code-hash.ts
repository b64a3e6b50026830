/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "a1b74e1723d219e79df3bc2201f2968f1584cc5097e83859306ff94646df0e29";
