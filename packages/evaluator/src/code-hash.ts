/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "f91a114dd09f1822ef213b874a4fe75ca71bc83cfd5dd3ba9c2d41bf07b3b4fa";
