/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "2ba97cee1bb41d33ba51184e1a0a8358e51a1372c16ae02ca29198b134b73765";
