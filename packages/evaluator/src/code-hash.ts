/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "351c66abbc085c94b2a88c3852fc0ab080c543cb22771505b36b1eb9a0366e62";
