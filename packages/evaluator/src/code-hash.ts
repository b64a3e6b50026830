/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "9114494453d1338b41fa54753869e1ef87a714357588b1d6dd5910790388e610";
