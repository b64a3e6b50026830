/**
 * SHA-256 over this package's sources, pinned here so that source and build name the same evaluator.
 * `code-hash.test.ts` fails with the new value whenever a source file changes.
 */
export const CODE_HASH = "e67df9fb146baeef4ebb31513b8fe06a4c6e893ef7d390f0d6b4a0fd40894dd4";
